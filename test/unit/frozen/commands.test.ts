// What every command prints, byte for byte: on simulated PCs, on saved ones, its help, and what it says of wrong words.
// A sentence that changes shows as a difference of a stored file; "vitest -u" renews them.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commandNames } from '../../../main/cli/commands';
import { run } from '../../../main/cli/run';
import type { Engine } from '../../../main/engine/engine';
import { openEngine, openSaved } from '../../../main/engine/open';
import { simulatedNames } from '../../../main/host/simulated/catalogue';
import { bench } from '../cli/fakes';
import { bundledCatalogue, bundledRecords } from '../patch/bundled';

vi.mock('../../../main/engine/shield/shield-identity', () => ({ newShieldId: () => '7f3a9c1e' }));

const clock = new Date('2026-02-01T12:00:00.000Z');
let place: string;
let helper: string;

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: clock });
  place = mkdtempSync(join(tmpdir(), 'bw-frozen-'));
  vi.stubEnv('XDG_STATE_HOME', join(place, 'state'));
  helper = join(place, 'helper.js');
  const stored = { schema: 'breakwater/records@2', made: '2026-01-01T00:00:00.000Z', from: 'test' };
  writeFileSync(join(place, 'records.json'), JSON.stringify({ ...stored, records: bundledRecords().records }));
  const catalogue = { schema: 'breakwater/catalogue@1', ...bundledCatalogue() };
  writeFileSync(join(place, 'advisories.json'), JSON.stringify(catalogue));
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true, force: true });
});

/** What one command says: on stdout, on stderr, and its exit code. What differs from run to run has a name in its place. */
async function said(words: readonly string[], answers: readonly string[] = []): Promise<string> {
  const at = words.indexOf('--simulate');
  let opened: Promise<Engine> | null = null;
  const left = [...answers];
  const { surroundings, stdout, stderr } = bench({
    desk: {
      openEngine: () => {
        // Where no simulated PC is named, one stands in for this one, and is not named either.
        opened ??=
          at < 0
            ? openEngine({ simulate: 'patched-laptop', helper }).then((engine) => ({ ...engine, simulated: null }))
            : openEngine({ simulate: words[at + 1] ?? '', helper });
        return opened;
      },
      openSaved: (pc) => openSaved(pc, { helper }),
      ask: answers.length === 0 ? null : async () => left.shift() ?? null,
    },
  });
  const code = await run(words, { ...surroundings, simulations: simulatedNames });
  return [`$ breakwater ${words.join(' ')}`, stdout(), stderr(), `= ${code}`, '']
    .join('\n')
    .replaceAll(place, '/place');
}

async function frozen(name: string, all: readonly (readonly string[])[]): Promise<void> {
  const texts: string[] = [];
  for (const words of all) texts.push(await said(words));
  await expect(texts.join('\n')).toMatchFileSnapshot(`stored/${name}.txt`);
}

describe.each(simulatedNames.map(({ name }) => name))('on the simulated PC %s', (name) => {
  const here = (...words: string[]): readonly string[] => [...words, '--simulate', name];

  it('everything that looks', () =>
    frozen(`${name}-looks`, [
      here('inspect'),
      here('inspect', '--json'),
      here('inspect', '--only', 'patch'),
      here('inspect', '--only', 'shield'),
      here('review'),
      here('review', '--json'),
      here('review', '--port', '139'),
      here('status'),
      here('status', '--json'),
      here('advisories', 'check'),
      here('advisories', 'check', '--json'),
      here('advisories', 'list'),
      here('advisories', 'show', 'CVE-2017-0144'),
      here('advisories', 'show', 'CVE-2017-7494', '--json'),
      here('probe', '192.168.1.10'),
      here('collect', '--out', join(place, 'out')),
    ]));

  it('a shield from its plan to its end', () =>
    frozen(`${name}-shield`, [
      here('shield', '--dry-run'),
      here('shield', '--dry-run', '--json', '--reason', 'CVE-2020-0796', '--until', '7d', '--allow', '192.168.1.20'),
      here('shield', '--dry-run', '--outbound', '--until', '2026-02-03', '--at-end', 'lift'),
      here('shield', '--reason', 'CVE-2020-0796', '--allow', '192.168.1.0/24'),
      here('status'),
      here('status', '--json'),
      here('inspect'),
      here('lift', '--dry-run'),
      here('lift', '--dry-run', '--json'),
      here('lift'),
      here('status'),
      here('lift', '--json'),
    ]));

  it('the guided fix and the self-test', async () => {
    const guided = await said(here('guide'), ['yes', 'yes', 'no', 'yes', 'yes', 'yes']);
    const tested = await said(here('self-test', '--yes', '--out', join(place, `${name}.json`)));
    await expect(`${guided}\n${tested}`).toMatchFileSnapshot(`stored/${name}-guided.txt`);
    await said(here('lift'));
  });
});

/** A copy whose files are of one time, since that is told. */
function copied(from: string): string {
  const to = join(place, from.replaceAll('/', '-'));
  cpSync(from, to, { recursive: true });
  const names = [to, ...readdirSync(to, { recursive: true, encoding: 'utf8' }).map((one) => join(to, one))];
  for (const name of names) utimesSync(name, clock, clock);
  return to;
}

describe('saved PCs', () => {
  it.each([
    ...['docker-like', 'firewalld-home-samba', 'firewalld-rich', 'ufw-default', 'ufw-samba-lan', 'nft-maps-data'],
    ...['iptables-limit', 'legacy-only', 'nft-redirect-445', 'fail2ban-nft', 'redirect-rootless', 'nft-libvirt-like'],
  ])('of Linux: %s', (name) => {
    const from = copied(`test/fixtures/linux/${name}`);
    return frozen(`linux-${name}`, [
      ['review', '--from', from],
      ['review', '--from', from, '--complete', '--json'],
      ['inspect', '--from', from],
    ]);
  });

  it.each(['win10-1903-x64', 'win7sp1-x86', 'win11-v2.33-modified', 'gpo'])('of Windows: %s', (name) => {
    const from = copied(`test/fixtures/windows/${name}`);
    return frozen(`windows-${name}`, [
      ['review', '--from', from],
      ['review', '--from', from, '--complete', '--profile', 'public'],
      ['review', '--from', from, '--json', '--subnet', '192.168.1.0/24'],
      ['inspect', '--from', from],
      ['inspect', '--from', from, '--json'],
    ]);
  });

  it('described in a file', () => {
    const file = (name: string, value: object): string => {
      mkdirSync(join(place, 'pcs'), { recursive: true });
      writeFileSync(join(place, 'pcs', name), JSON.stringify(value));
      return join(place, 'pcs', name);
    };
    const debian = { os: 'linux', distro: 'debian', release: '12', packages: { samba: '2:4.17.12+dfsg-0+deb12u1' } };
    const windows = { os: 'windows', build: '10.0.19045.3086', installationType: 'Client', arch: 'x64' };
    return frozen('described', [
      ['advisories', 'check', '--host', file('debian.json', debian)],
      ['advisories', 'check', '--host', file('windows.json', windows), '--json'],
    ]);
  });
});

it('help', () => frozen('help', [['--help'], ...commandNames.map((name) => [name, '--help'] as const)]));

it('wrong words', () =>
  frozen('wrong-words', [
    [],
    ['inspekt'],
    ['inspect', '--frob'],
    ['inspect', 'x'],
    ['inspect', '--only', 'x'],
    ['inspect', '--complete'],
    ['inspect', '--from', '/nowhere'],
    ['inspect', '--simulate', 'nobody'],
    ['review', '--port', '0'],
    ['review', '--proto', 'x'],
    ['review', '--profile', 'home'],
    ['review', '--subnet', 'x'],
    ['shield', '--until', 'yesterday', '--simulate', 'patched-laptop'],
    ['shield', '--until', '2020-01-01', '--simulate', 'patched-laptop'],
    ['shield', '--allow', '10.0.0.0/99', '--simulate', 'patched-laptop'],
    ['shield', '--allow', '0.0.0.0/0', '--simulate', 'patched-laptop'],
    ['shield', '--reason', 'a b', '--simulate', 'patched-laptop'],
    ['shield', '--at-end', 'lift', '--simulate', 'patched-laptop'],
    ['shield', '--workaround', 'x', '--simulate', 'patched-laptop'],
    ['shield', '--workaround', 'server-off', '--simulate', 'windows-office'],
    ['probe'],
    ['probe', 'a', 'b'],
    ['collect'],
    ['advisories'],
    ['advisories', 'chek'],
    ['advisories', 'show'],
    ['advisories', 'show', 'CVE-1999-0001', '--simulate', 'patched-laptop'],
    ['advisories', 'update', '/nowhere', '--simulate', 'patched-laptop'],
    ['self-test', '--simulate', 'patched-laptop'],
    ['lift', '--json', '--json'],
    ['inspect', '--json=yes'],
    ['report'],
  ]));
