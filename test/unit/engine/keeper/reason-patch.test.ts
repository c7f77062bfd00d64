// Whether a PC is patched for a shield's reason: by the catalogue that is shipped, and PCs as they are described.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeReasonInForce } from '../../../../main/engine/keeper/reason-patch';
import type { Host } from '../../../../main/host/host';
import type { PcForPatch } from '../../../../main/model/advisory';
import type { Known, Serving } from '../../../../main/model/facts';
import { verbatim } from '../../../../main/model/message';
import { bundledCatalogue, debian, linux, server, windows } from '../../patch/bundled';
import { fakeHost } from '../fake-host';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bw-reason-'));
  const catalogue = { schema: 'breakwater/catalogue@1', ...bundledCatalogue() };
  writeFileSync(join(folder, 'advisories.json'), JSON.stringify(catalogue));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface More {
  readonly stale?: readonly string[] | Error;
  readonly elsewhere?: readonly string[];
  readonly now?: string;
  /** Takes the names of the facts that are read. */
  readonly asked?: string[];
  readonly catalogue?: string;
  readonly facts?: object;
  readonly state?: string;
  /** A simulated PC has the catalogue of its day: its clock is never behind it. */
  readonly isReal?: boolean;
}

const judge = async (...asked: Parameters<typeof judgeInForce>) => (await judgeInForce(...asked)).patch;

const servingLike = (stale: readonly string[] | Error, elsewhere: readonly string[]): Known<Serving> =>
  stale instanceof Error
    ? { state: 'unknown', why: verbatim(stale.message) }
    : { state: 'known', value: { replaced: stale, elsewhere, unsure: [], pids: [812], foreignModule: null } };

function judgeInForce(reason: string | null, pc: PcForPatch | Error, more: More = {}) {
  const { stale = [], elsewhere = [], now = '2026-11-25T12:00:00.000Z' } = more;
  const fake = fakeHost(folder);
  const source = { kind: 'file', name: 'x' } as const;
  const host: Host = {
    ...fake,
    ...(more.isReal ? { simulated: null, stateFolder: more.state ?? join(folder, 'state') } : {}),
    now: () => new Date(now),
    readFacts: async (wanted) => {
      for (const name of wanted) more.asked?.push(name);
      if (pc instanceof Error) throw pc;
      const software =
        pc.software?.kind === 'linux' ? { ...pc.software, serving: servingLike(stale, elsewhere) } : pc.software;
      const patch = software
        ? { state: 'known', value: software, source, at: now }
        : { state: 'failed', why: pc.why ?? '', source, at: now };
      const unasked = { state: 'not-asked', why: '', source, at: now };
      return { patch, listeners: unasked, servers: unasked, ...more.facts } as never;
    },
  };
  return judgeReasonInForce(host, join(more.catalogue ?? folder, 'helper.js'), reason);
}
const other = 'smbd (process 812, /opt/samba/sbin/smbd)';
const fixedSamba = '2:4.17.12+dfsg-0+deb12u1';
const olderSamba = '2:4.17.9+dfsg-0+deb12u3';

describe('a shield for an advisory', () => {
  it.each([
    ['CVE-2023-3961', debian('12', fixedSamba), 'patched'],
    ['cve-2023-3961', debian('12', fixedSamba), 'patched'],
    ['CVE-2023-3961', debian('12', olderSamba), 'vulnerable'],
    ['CVE-2023-3961', linux('debian', '12', { samba: null }), 'not-affected'],
    ['CVE-2023-3961', linux('slackware', '15.0', { samba: '4.17.11-1own' }), 'unknown'],
    // A greater version of another line is no patch, so background protection does not lift on it.
    ['CVE-2026-4480', debian('12', '2:4.22.6+dfsg-0+deb13u1~bpo12+1'), 'vulnerable'],
    ['CVE-2026-4480', debian('12', '2:4.22.4+dfsg-1~deb13u1'), 'vulnerable'],
    ['CVE-2026-4480', linux('ubuntu', '22.04', { samba: '2:4.20.4+dfsg-1~ubuntu22.04~ppa1' }), 'unknown'],
    ['CVE-2026-4480', linux('debian', '12', { samba: '2:4.22.9+dfsg-0+deb12u1.sernet1' }), 'unknown'],
    ['CVE-2020-0796', debian('12', fixedSamba), 'not-affected'],
    ['CVE-1999-0001', debian('12', fixedSamba), 'unknown'],
    ['MS17-010', debian('12', fixedSamba), 'not-affected'],
    ['MS17-010', windows('14393.953'), 'patched'],
    ['MS17-010', server('14393.952'), 'vulnerable'],
    ['MS17-999', windows('14393.953'), 'unknown'],
  ] as const)('%s on %j: %s', async (reason, pc, state) => {
    const patch = await judge(reason, pc);
    expect(patch.state).toBe(state);
    expect(patch.because.join('')).not.toBe('');
  });

  it('names every hole of a bulletin', async () => {
    const { because } = await judge('MS17-010', server('14393.952'));
    for (const last of [3, 4, 5, 6, 7, 8]) expect(because.join(' ')).toContain(`CVE-2017-014${last}: `);
  });

  it('is unknown where nothing was named, read, or is there to judge by', async () => {
    expect(await judge(null, debian('12', fixedSamba))).toMatchObject({ state: 'unknown' });
    expect(await judge('CVE-2023-3961', { software: null, why: verbatim('locked'), features: {} })).toMatchObject({
      state: 'unknown',
      because: [expect.stringContaining('locked')],
    });
    expect(await judge('CVE-2023-3961', new Error('no more files'))).toMatchObject({
      state: 'unknown',
      because: [expect.stringContaining('no more files')],
    });
    expect(await judge('CVE-2023-3961', debian('12', fixedSamba), { catalogue: '/nowhere' })).toMatchObject({
      state: 'unknown',
      because: [expect.stringContaining('/nowhere/advisories.json')],
    });
  });

  it('is unknown by a clock that is behind the catalogue', async () => {
    const more = { now: '2020-01-01T00:00:00.000Z', isReal: true };
    expect(await judge('CVE-2023-3961', debian('12', fixedSamba), more)).toMatchObject({
      state: 'unknown',
      because: [expect.stringContaining('clock')],
    });
  });

  it('is not patched while the server runs as it was before', async () => {
    const pc = debian('12', fixedSamba);
    expect(await judge('CVE-2023-3961', pc, { stale: ['smbd (process 812)'] })).toMatchObject({
      state: 'vulnerable',
      because: [expect.stringContaining('smbd (process 812) still runs as before')],
    });
    expect(await judge('CVE-2023-3961', pc, { stale: new Error('not permitted') })).toMatchObject({ state: 'unknown' });
  });

  it('is judged by what serves at the door only where packages tell what is installed', async () => {
    const asked = async (pc: PcForPatch) => {
      const names: string[] = [];
      await judge('CVE-2023-3961', pc, { asked: names });
      return names;
    };
    expect(await asked(windows('14393.953'))).toEqual(['patch']);
    expect(await asked(debian('12', fixedSamba))).toEqual(['patch', 'servers', 'listeners']);
  });

  it.each([
    ['is fixed', debian('12', fixedSamba)],
    ['never had the hole', debian('11', '2:4.13.13+dfsg-1~deb11u5')],
    ['is not there', linux('debian', '12', { samba: null })],
  ])('is not known where the server that runs is another one than the installed, which %s', async (_, pc) => {
    expect((await judge('CVE-2023-3961', pc)).state).toMatch(/^(patched|not-affected)$/);
    const { patch, others } = await judgeInForce('CVE-2023-3961', pc, { elsewhere: [other] });
    expect(patch.state).toBe('unknown');
    expect(patch.because.join(' ')).toContain(`${other} is not what is installed`);
    expect(others).toEqual([other]);
  });

  it('of another system is not, whatever runs', async () => {
    const { patch, others } = await judgeInForce('MS17-010', debian('12', fixedSamba), { elsewhere: [other] });
    expect([patch.state, others]).toEqual(['not-affected', null]);
  });

  it('is not known where an older server runs on than what is installed, and never had the hole', async () => {
    const more = { stale: ['smbd (process 812)'] };
    expect(await judge('CVE-2023-3961', debian('11', '2:4.13.13+dfsg-1~deb11u5'), more)).toMatchObject({
      state: 'unknown',
    });
  });

  it('tells of other servers also where what is installed is vulnerable, and of none where it can not look', async () => {
    const pc = debian('12', olderSamba);
    expect(await judgeInForce('CVE-2023-3961', pc, { elsewhere: [other] })).toMatchObject({
      patch: { state: 'vulnerable' },
      others: [other],
    });
    expect(await judgeInForce('CVE-2023-3961', pc)).toMatchObject({ others: [] });
    expect(await judgeInForce('CVE-2023-3961', pc, { stale: new Error('not permitted') })).toMatchObject({
      patch: { state: 'vulnerable' },
      others: null,
    });
  });

  it('without the package is unknown where a server waits at the door, or whether one does could not be read', async () => {
    const pc = linux('debian', '12', { samba: null });
    const known = (value: readonly object[]) => ({ state: 'known', value });
    const failed = { state: 'failed', why: 'too many open files' };
    const waits = { protocol: 'tcp', port: 445, address: '0.0.0.0', family: 'ipv4', owner: null };
    const at = (facts: object) => judgeInForce('CVE-2023-3961', pc, { facts });
    expect(await at({ listeners: known([]), servers: known([]) })).toMatchObject({
      patch: { state: 'not-affected' },
      others: [],
    });
    expect(await at({ listeners: known([waits]), servers: known([]) })).toMatchObject({
      patch: { state: 'unknown' },
      others: ['an SMB server is here that no package of this distribution brought'],
    });
    for (const facts of [
      { listeners: failed, servers: known([]) },
      { listeners: known([]), servers: failed },
      { listeners: failed, servers: failed },
    ])
      expect(await at(facts)).toMatchObject({
        patch: { state: 'unknown', because: [expect.stringContaining('too many open files')] },
      });
  });

  it('is unknown where an update of the catalogue is there and can not be used', async () => {
    const state = mkdtempSync(join(tmpdir(), 'bw-reason-state-'));
    const update = join(state, 'advisories.json');
    try {
      for (const [text, mode] of [
        ['{"schema":"breakwater/records@2","rec', 0o644],
        ['{"schema":"breakwater/records@9","records":[]}', 0o644],
        ['{"schema":"breakwater/records@2","made":"2026-11-01T00:00:00.000Z","from":"x","records":[]}', 0o664],
      ] as const) {
        writeFileSync(update, text);
        chmodSync(update, mode);
        const patch = await judge('CVE-2023-3961', debian('12', fixedSamba), { isReal: true, state });
        expect(patch).toMatchObject({ state: 'unknown', because: [expect.stringContaining('passed over')] });
      }
      rmSync(update);
      const patch = await judge('CVE-2023-3961', debian('12', fixedSamba), { isReal: true, state });
      expect(patch.state).toBe('patched');
    } finally {
      rmSync(state, { recursive: true });
    }
  });
});
