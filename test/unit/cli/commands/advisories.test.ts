// The command `advisories`: what it prints, and how it ends.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { exitForPatches } from '../../../../main/cli/exit-codes';
import { run } from '../../../../main/cli/run';
import { NotUpdated } from '../../../../main/engine/advisories/catalogue-update';
import type { Engine } from '../../../../main/engine/engine';
import type { PcForPatch } from '../../../../main/model/advisory';
import { verbatim } from '../../../../main/model/message';
import { judgePatches } from '../../../../main/patch/judge/judge';
import { bundledCatalogue, debian, linux, windows } from '../../patch/bundled';
import { bench, engine } from '../fakes';

const catalogue = bundledCatalogue();
const now = new Date('2026-09-01T00:00:00.000Z');
const thisPc = debian('12', '2:4.17.12+dfsg-0+deb12u4', {
  packages: { samba: '2:4.17.12+dfsg-0+deb12u4', linux: '6.1.192-2' },
});

function talk(more: Partial<Engine> = {}) {
  return bench({
    engine: engine({
      now: () => now,
      advisories: async () => ({ catalogue }),
      checkAdvisories: async (pc) => judgePatches(catalogue, pc ?? thisPc, now),
      ...more,
    }),
  });
}

function hostFile(content: object | string): string {
  const folder = mkdtempSync(join(tmpdir(), 'breakwater-host-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'host.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const windowsHost = { os: 'windows', build: '10.0.19045.3086', installationType: 'Client', arch: 'x64', smb1: false };

describe('check', () => {
  test('--json is one document of the promised shape', async () => {
    const { surroundings, stdout, stderr } = talk();
    expect(await run(['advisories', 'check', '--json', '--host', hostFile(windowsHost)], surroundings)).toBe(1);
    const document = JSON.parse(stdout());
    expect(Object.keys(document).slice(0, 2)).toEqual(['schema', 'at']);
    expect(document).toMatchObject({ schema: 'breakwater/advisories@1', at: now.toISOString() });
    expect(document.verdicts).toHaveLength(catalogue.advisories.length);
    for (const verdict of document.verdicts) {
      expect(Object.keys(verdict).slice(0, 5)).toEqual(['id', 'state', 'because', 'fixedIn', 'knownExploited']);
      expect(['patched', 'vulnerable', 'not-affected', 'unknown']).toContain(verdict.state);
    }
    expect(document.verdicts.find((verdict: { id: string }) => verdict.id === 'CVE-2025-33073')).toMatchObject({
      state: 'vulnerable',
      fixedIn: '10.0.19045.5965',
      knownExploited: true,
    });
    expect(stderr()).toBe('');
  });

  test('says what is not patched, why, what to install and whether a shield helps', async () => {
    const { surroundings, stdout } = talk();
    expect(await run(['advisories', 'check', '--host', hostFile(windowsHost)], surroundings)).toBe(1);
    const text = stdout().replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/^VULNERABLE: the described PC is not patched for 3 of 36 known holes\./);
    expect(text).toContain('VULNERABLE CVE-2025-58726');
    expect(text).toContain('10.0.19045.3086 is installed; fixed from 10.0.19045.6456 on.');
    expect(text).toContain('Install: Windows build 19045.6456 or later');
    expect(text).toContain("Reached through this PC's own TCP 445, so a shield shuts this door.");
    expect(text).toContain('Known to be exploited (CISA).');
  });

  test('of this PC needs no file', async () => {
    const { surroundings, stdout } = talk();
    expect(await run(['advisories', 'check'], surroundings)).toBe(0);
    expect(stdout()).toMatch(/^(?:PATCHED|NOT KNOWN)/);
  });

  test.each([
    ['{', /is not JSON/],
    ['{"os":"windows"}', /"build"/],
    [{ os: 'beos' }, /"os" must be "windows" or "linux"/],
  ])('a description that is none ends with 2 and one line: %j', async (content, why) => {
    const { surroundings, stdout, stderr } = talk();
    expect(await run(['advisories', 'check', '--json', '--host', hostFile(content)], surroundings)).toBe(2);
    expect(stdout()).toBe('');
    expect(stderr()).toMatch(why);
    expect(stderr().trim().split('\n')).toHaveLength(1);
  });

  test('a file that is not there ends with 2, and what is not used in one is told', async () => {
    const first = talk();
    expect(await run(['advisories', 'check', '--host', '/nowhere/host.json'], first.surroundings)).toBe(2);
    expect(first.stderr()).toContain("can't be read");
    const second = talk();
    await run(
      ['advisories', 'check', '--json', '--host', hostFile({ ...windowsHost, smb_1: false })],
      second.surroundings,
    );
    expect(second.stderr()).toContain('"smb_1"');
    expect(() => JSON.parse(second.stdout())).not.toThrow();
  });

  test('--host and --simulate exclude each other, and --host is for check alone', async () => {
    const { surroundings, stderr } = talk();
    expect(await run(['advisories', 'list', '--host', 'x'], surroundings)).toBe(2);
    expect(stderr()).toContain('--host is for "advisories check"');
  });
});

describe('the exit code', () => {
  const code = (pc: PcForPatch): number => exitForPatches(judgePatches(catalogue, pc, now));

  test('is 1 where one hole is not patched, whatever the others are', () => {
    expect(code(windows('19045.3086'))).toBe(1);
    expect(code(debian('12', '2:4.17.12+dfsg-0+deb12u1'))).toBe(1);
  });

  test('is 0 where all is patched or not affected; a hole of another program decides nothing', () => {
    expect(code(windows('26200.7000'))).toBe(0);
    expect(code(windows('19045.6456'))).toBe(0);
  });

  test('is 6 where it can not be told of a hole that is reached through the door', () => {
    expect(code(windows('27934.1000'))).toBe(6);
    expect(code(debian('14', '2:4.24.0+dfsg-1'))).toBe(6);
    expect(code({ software: null, why: verbatim('test'), features: {} })).toBe(6);
    expect(exitForPatches(judgePatches(null, thisPc, now))).toBe(6);
    expect(exitForPatches(null)).toBe(6);
  });

  test('is 0 where what is not known is behind a door that is closed', () => {
    const pc = linux('arch', '', { samba: null }, { kernel: '6.12.0-1-own' });
    expect(code(pc)).toBe(6);
    expect(code({ ...pc, features: { ksmbd: { on: false, because: verbatim('ksmbd is not loaded.') } } })).toBe(0);
  });
});

describe('list and show', () => {
  test('list names every hole, and how old the catalogue is', async () => {
    const { surroundings, stdout } = talk();
    expect(await run(['advisories', 'list'], surroundings)).toBe(0);
    expect(stdout()).toMatch(/^36 advisories; the newest record is of 2026-08-26, 5 days ago\./);
    for (const { id } of catalogue.advisories) expect(stdout()).toContain(id);
  });

  test('list says when the catalogue is too old to trust', async () => {
    const { surroundings, stdout } = talk({ now: () => new Date('2027-01-01T00:00:00.000Z') });
    await run(['advisories', 'list'], surroundings);
    expect(stdout().replaceAll(/\s+/g, ' ')).toContain('too old to trust');
  });

  test('show tells of one hole all that is known', async () => {
    const { surroundings, stdout } = talk();
    expect(await run(['advisories', 'show', 'cve-2017-0144'], surroundings)).toBe(0);
    for (const part of [
      'EternalBlue',
      '10.0.14393.953',
      'KB4012212 or KB4012215',
      'Disable SMBv1',
      'known to be exploited',
      '2022-02-10',
      'to mend it: 2022-08-10.',
      'Ransomware uses it.',
    ])
      expect(stdout().replaceAll(/\s+/g, ' ')).toContain(part);
  });

  test('show has a row for what the same version fixes in the same release, not one for each of its packages', async () => {
    const { surroundings, stdout } = talk();
    await run(['advisories', 'show', 'CVE-2023-3961'], surroundings);
    expect(stdout()).toMatch(/^ {2}AlmaLinux 9 samba and 33 others +4\.18\.6-101\.el9_3\.alma\.1$/m);
    expect(stdout()).toMatch(/^ {2}Red Hat 6 samba, samba4 +never affected$/m);
    expect(stdout()).not.toContain('samba-winexe');
  });

  test('show says on which day there was no fix', async () => {
    const { surroundings, stdout } = talk();
    await run(['advisories', 'show', 'CVE-2025-37899'], surroundings);
    expect(stdout()).toMatch(/^ {2}Ubuntu 24\.04 LTS linux and 24 others +not fixed by 2025-10-01$/m);
    expect(stdout()).toMatch(/^ {2}Ubuntu 25\.04 linux +6\.14\.0-24\.24$/m);
  });

  test('show --json is one document', async () => {
    const { surroundings, stdout } = talk();
    await run(['advisories', 'show', 'CVE-2020-0796', '--json'], surroundings);
    expect(JSON.parse(stdout())).toMatchObject({ schema: 'breakwater/advisory@1', advisory: { id: 'CVE-2020-0796' } });
  });

  test('an id that is not there ends with 2', async () => {
    const { surroundings, stderr } = talk();
    expect(await run(['advisories', 'show', 'CVE-1999-0001'], surroundings)).toBe(2);
    expect(stderr()).toContain('there is no advisory "CVE-1999-0001"');
  });

  test('without a catalogue nothing is told, and nothing is changed: 4', async () => {
    const { surroundings, stderr } = talk({ advisories: async () => ({ catalogue: null, why: 'It is damaged.' }) });
    expect(await run(['advisories', 'list'], surroundings)).toBe(4);
    expect(stderr()).toContain('It is damaged.');
  });
});

describe('update', () => {
  const updated = {
    from: 'x',
    scope: 'user',
    path: '/home/somebody/advisories.json',
    added: ['CVE-2026-0001'],
    replaced: [],
    kept: 3,
    heldBack: [],
    refused: [{ name: 'bad.json', why: 'it is not JSON' }],
    withdrawn: [],
  } as const;

  test('says what was taken in, for whom, and what was refused by name', async () => {
    const { surroundings, stdout } = talk({ updateAdvisories: async () => updated });
    // What it refused is not in the catalogue: that is a doubt.
    expect(await run(['advisories', 'update', 'x'], surroundings)).toBe(6);
    const text = stdout().replaceAll(/\s+/g, ' ');
    expect(text).toContain('DONE: 1 added, 0 replaced.');
    expect(text).toContain('for you alone');
    expect(text).toContain('bad.json: it is not JSON');
  });

  test('names what is held back, ends with 6 then, and takes it in with --yes', async () => {
    const heldBack = [{ name: 'CVE-2026-0002', why: 'samba of Debian:12 never had it' }];
    const asked: (boolean | undefined)[] = [];
    const updateAdvisories = async (_from: string, options?: { readonly agreed?: boolean }) => {
      asked.push(options?.agreed);
      return options?.agreed ? { ...updated, refused: [] } : { ...updated, refused: [], heldBack };
    };
    const first = talk({ updateAdvisories });
    expect(await run(['advisories', 'update', 'x'], first.surroundings)).toBe(6);
    expect(first.stdout()).toContain('CVE-2026-0002: samba of Debian:12 never had it');
    expect(first.stdout()).toContain('--yes');
    const second = talk({ updateAdvisories });
    expect(await run(['advisories', 'update', 'x', '--yes', '--json'], second.surroundings)).toBe(0);
    expect(JSON.parse(second.stdout())).toMatchObject({ heldBack: [] });
    expect(asked).toEqual([false, true]);
    expect(await run(['advisories', 'list', '--yes'], talk().surroundings)).toBe(2);
  });

  test.each([
    [new NotUpdated('"x" holds nothing that can be used.', true), 2],
    [new NotUpdated('/var/lib/breakwater/advisories.json could not be written: no space left.'), 4],
  ])('that is not taken in ends with 2 or 4: %s', async (problem, code) => {
    const { surroundings, stderr } = talk({
      updateAdvisories: async () => {
        throw problem;
      },
    });
    expect(await run(['advisories', 'update', 'x'], surroundings)).toBe(code);
    expect(stderr()).toContain(problem.message);
  });
});
