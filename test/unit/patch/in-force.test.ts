// What is installed counts only where it is what runs: each state of the servers, on what says safe and on what does not.
import { describe, expect, it } from 'vitest';
import type { AdvisoryVerdict, PcForPatch } from '../../../main/model/advisory';
import type { Known, Listener, Serving } from '../../../main/model/facts';
import { verbatim } from '../../../main/model/message';
import { judgeAdvisory } from '../../../main/patch/judge/judge';
import { pcOf } from '../../../main/patch/pc';
import { inEnglish } from '../in-english';
import { bundledCatalogue, debian, linux } from './bundled';

const catalogue = bundledCatalogue();
const none: Serving = { replaced: [], elsewhere: [], unsure: [], pids: [20], foreignModule: null };
const known = (more: Partial<Serving> = {}): Known<Serving> => ({ state: 'known', value: { ...none, ...more } });

const [fixed, older, never] = [
  debian('12', '2:4.17.12+dfsg-0+deb12u1'),
  debian('12', '2:4.17.9+dfsg-0+deb12u3'),
  debian('11', '2:4.13.13+dfsg-1~deb11u5'),
];

function softwareOf({ software }: PcForPatch) {
  if (software?.kind !== 'linux') throw new Error('not as described');
  return software;
}

function on(pc: PcForPatch, serving: Known<Serving>, id = 'CVE-2023-3961'): AdvisoryVerdict {
  const verdict = judgeAdvisory(catalogue, id, { ...pc, software: { ...softwareOf(pc), serving } });
  if (!verdict) throw new Error(`no ${id}`);
  return verdict;
}

it.each([
  ['as installed', known(), 'patched', 'fixed', 'not-affected', 'not-affected'],
  [
    'from before',
    known({ replaced: ['smbd (process 20)'] }),
    'vulnerable',
    'not-running-yet',
    'unknown',
    'other-server',
  ],
  [
    'from elsewhere',
    known({ elsewhere: ['smbd (process 20, /opt/smbd)'] }),
    'unknown',
    'other-server',
    'unknown',
    'other-server',
  ],
  [
    'not to be told',
    known({ unsure: ['smbd (process 20)'] }),
    'unknown',
    'running-unknown',
    'unknown',
    'running-unknown',
  ],
  [
    'not read',
    { state: 'unknown', why: verbatim('it was not read') },
    'unknown',
    'running-unknown',
    'unknown',
    'running-unknown',
  ],
] as const)('what runs is %s', (_what, serving, ofFixed, code, ofNever, codeOfNever) => {
  expect(on(fixed, serving)).toMatchObject({ state: ofFixed, code });
  expect(on(never, serving)).toMatchObject({ state: ofNever, code: codeOfNever });
  // What is vulnerable by what is installed stays so, and holes of other systems do not concern it.
  expect(on(older, serving)).toMatchObject({ state: 'vulnerable', code: 'below-fix' });
  expect(on(fixed, serving, 'CVE-2020-0796').state).toBe('not-affected');
});

it('of a PC that is described nobody asks what runs', () => {
  expect(judgeAdvisory(catalogue, 'CVE-2023-3961', fixed)).toMatchObject({ state: 'patched', code: 'fixed' });
});

it('tells to restart the server, where the patch is there and the server is from before', () => {
  const { remedy, because } = on(fixed, known({ replaced: ['smbd (process 20)'] }));
  expect(remedy).toEqual({ code: 'remedy.restart-server', params: {} });
  expect(inEnglish(because)).toContain('systemctl restart smbd');
});

describe('whoever else holds the door', () => {
  const pcWith = (serving: Serving, ...door: readonly Partial<Listener>[]): PcForPatch => {
    const at = { source: { kind: 'file', name: 'x' }, at: '2026-12-01T00:00:00.000Z' } as const;
    const listeners = door.map(
      (more): Listener =>
        ({ protocol: 'tcp', port: 445, address: '0.0.0.0', family: 'ipv4', owner: null, ...more }) as Listener,
    );
    return pcOf({
      patch: { state: 'known', value: { ...softwareOf(fixed), serving: { state: 'known', value: serving } }, ...at },
      servers: { state: 'known', value: [], ...at },
      listeners: { state: 'known', value: listeners, ...at },
    });
  };
  const codeOf = (pc: PcForPatch) => judgeAdvisory(catalogue, 'CVE-2023-3961', pc)?.code;

  it.each([
    ['the installed server', none, { owner: { name: 'smbd', pid: 20 } }, 'fixed'],
    ["a container's proxy", none, { owner: { name: 'docker-proxy', pid: 900 } }, 'other-server'],
    ['a server of an ordinary user', none, { owner: { name: 'smbd', pid: 901 } }, 'other-server'],
    ['somebody who is not seen, beside the installed server', none, {}, 'fixed'],
    ['somebody who is not seen, and no server is', { ...none, pids: [] }, {}, 'running-unknown'],
    ['a program that is no server of Samba', none, { owner: { name: 'python3', pid: 903 } }, 'fixed'],
    ['another program at another port', none, { port: 8080, owner: { name: 'node', pid: 902 } }, 'fixed'],
  ])('%s', (_what, serving, listener, code) => {
    expect(codeOf(pcWith(serving, listener))).toBe(code);
  });
});

it("a module of the kernel's server that did not come with the kernel has versions of its own", () => {
  const kernel = linux('debian', '12', { samba: null, linux: '6.1.37-1' });
  expect(on(kernel, known(), 'CVE-2023-32250')).toMatchObject({ state: 'patched' });
  expect(on(kernel, known({ foreignModule: 'ksmbd' }), 'CVE-2023-32250')).toMatchObject({ code: 'other-server' });
});
