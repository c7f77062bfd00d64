// Whether a PC is patched for a shield's reason: by the catalogue that is shipped, and PCs as they are described.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeReasonInForce } from '../../../main/engine/reason-patch';
import type { Host } from '../../../main/host/host';
import type { PcForPatch } from '../../../main/model/advisory';
import { bundledCatalogue, debian, linux, server, windows } from '../patch/bundled';
import { fakeHost } from './fake-host';

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
  /** A simulated PC has the catalogue of its day: its clock is never behind it. */
  readonly isReal?: boolean;
}

function judge(reason: string | null, pc: PcForPatch | Error, more: More = {}) {
  const { stale = [], elsewhere = [], now = '2026-11-25T12:00:00.000Z' } = more;
  const fake = fakeHost(folder);
  const source = { kind: 'file', name: 'x' } as const;
  const host: Host = {
    ...fake,
    ...(more.isReal ? { simulated: null, stateFolder: join(folder, 'state') } : {}),
    now: () => new Date(now),
    readFacts: async (wanted) => {
      for (const name of wanted) more.asked?.push(name);
      if (pc instanceof Error) throw pc;
      const patch = pc.software
        ? { state: 'known', value: pc.software, source, at: now }
        : { state: 'failed', why: pc.why ?? '', source, at: now };
      const unasked = { state: 'not-asked', why: '', source, at: now };
      return { patch, listeners: unasked, servers: unasked } as never;
    },
    administration: {
      ...fake.administration,
      staleServers: async () => {
        if (stale instanceof Error) throw stale;
        return { replaced: stale, elsewhere };
      },
    },
  };
  return judgeReasonInForce(host, join(more.catalogue ?? folder, 'helper.js'), reason);
}
const fixedSamba = '2:4.17.12+dfsg-0+deb12u1';
const olderSamba = '2:4.17.9+dfsg-0+deb12u3';

describe('a shield for an advisory', () => {
  it.each([
    ['CVE-2023-3961', debian('12', fixedSamba), 'patched'],
    ['cve-2023-3961', debian('12', fixedSamba), 'patched'],
    ['CVE-2023-3961', debian('12', olderSamba), 'vulnerable'],
    ['CVE-2023-3961', linux('debian', '12', { samba: null }), 'not-affected'],
    ['CVE-2023-3961', linux('slackware', '15.0', { samba: fixedSamba }), 'unknown'],
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
    expect(await judge('CVE-2023-3961', { software: null, why: 'locked', features: {} })).toMatchObject({
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

  it('is not known where the server that runs is another one than the installed', async () => {
    const more = { elsewhere: ['smbd (process 812, /opt/samba/sbin/smbd)'] };
    expect(await judge('CVE-2023-3961', debian('12', fixedSamba), more)).toMatchObject({
      state: 'unknown',
      because: [expect.stringContaining('smbd (process 812, /opt/samba/sbin/smbd) is not what is installed')],
    });
  });
});
