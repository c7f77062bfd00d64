// The simulated PCs: steady facts, a shield that outlives the process, and failures that are really failures.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Host, HostFactName } from '../../../../main/host/host';
import { simulatedNames } from '../../../../main/host/simulated/catalogue';
import { simulatedHost } from '../../../../main/host/simulated/simulated-host';
import { windowsHost } from '../../../../main/host/windows/windows-host';
import type { Ruleset } from '../../../../main/model/facts';
import type { Shield } from '../../../../main/model/shield';
import { cidr, isWithin, parseNetwork, setOf } from '../../../../main/policy/address-sets';
import { inEnglish } from '../../../../test/unit/in-english';
import { spoken } from '../../in-english';

const everything = new Set<HostFactName>([
  'system',
  'network',
  'listeners',
  'sessions',
  'smb',
  'servers',
  'managers',
  'patch',
  'ruleset',
]);

let root: string;
const from = new Date('2020-03-13T09:30:00.000Z');
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'breakwater-simulated-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function shield(more: Partial<Shield> = {}): Shield {
  return {
    id: '0badcafe',
    since: '2020-03-13T09:30:00.000Z',
    until: null,
    atEnd: 'lift',
    allow: { ipv4: [], ipv6: [] },
    outbound: false,
    rules: true,
    workarounds: [],
    reason: null,
    ...more,
  };
}

async function rulesOf(host: Host): Promise<Ruleset> {
  return host.administration.readShield();
}

describe.each(simulatedNames)('$name', ({ name }) => {
  test('answers every question, at its own fixed time, and says that it is simulated', async () => {
    const host = simulatedHost(name, root);
    const arrived: string[] = [];
    const facts = await host.readFacts(everything, (fact) => arrived.push(fact));
    expect(new Set(arrived)).toEqual(everything);
    for (const fact of Object.values(facts)) {
      expect(fact.source).toEqual({ kind: 'simulated', name: `simulated PC "${name}"` });
      expect(fact.at).toBe(host.now().toISOString());
      expect(fact.state === 'known' || inEnglish(fact.why).includes('simulated')).toBe(true);
    }
    expect(host.simulated).toBe(name);
  });

  test('is the same each time it is asked', async () => {
    const [first, second] = await Promise.all(
      [simulatedHost(name, root), simulatedHost(name, root)].map((host) => host.readFacts(everything, () => undefined)),
    );
    expect(first).toEqual(second);
  });

  test('has addresses that lie in the networks next to them, in canonical form', async () => {
    const { network } = await simulatedHost(name, root).readFacts(everything, () => undefined);
    if (network.state !== 'known') throw new Error('its network is known');
    for (const { addresses } of network.value.interfaces)
      for (const { address, family, subnet } of addresses) {
        expect(parseNetwork(subnet)).toEqual({ kind: 'network', family, network: subnet });
        expect(isWithin(setOf(family, [cidr(address)]), setOf(family, [subnet]))).toBe(true);
      }
  });

  test('leaves no file behind when it is only read', async () => {
    const host = simulatedHost(name, root);
    await host.readFacts(everything, () => undefined);
    await host.readShieldRules();
    expect(readdirSync(root)).toEqual([]);
  });

  test('describes its changes as simulated', () => {
    for (const change of simulatedHost(name, root).describeShield(shield()))
      expect(change.what).toMatch(/^\(simulated\)/);
  });
});

test('a name that no simulated PC has is refused with the names there are', () => {
  expect(() => simulatedHost('../../etc', root)).toThrow(/no simulated PC "..\/..\/etc".*windows-public-wifi/);
});

test('whose rules only an administrator may read shows everybody that its shield has a keeper', async () => {
  const host = simulatedHost('debian-fileserver', root);
  expect(await host.keeping.find('')).toEqual({ state: 'absent' });
  await host.administration.putUp(shield(), null, from);
  expect((await host.readShieldRules()).state).toBe('not-permitted');
  expect(await host.keeping.find('')).toEqual({ state: 'whole' });
  await host.administration.takeDown();
  expect(await host.keeping.find('')).toEqual({ state: 'absent' });
});

test('facts that were not wanted are not asked', async () => {
  const facts = await simulatedHost('patched-laptop', root).readFacts(new Set(['system']), () => undefined);
  expect(facts.system.state).toBe('known');
  expect(facts.smb.state).toBe('not-asked');
});

test('stopped in the middle, what has not arrived is failed and says so', async () => {
  const stop = new AbortController();
  const host = simulatedHost('patched-laptop', root, { unhurried: true });
  const reading = host.readFacts(everything, () => stop.abort(), stop.signal);
  const facts = await reading;
  expect(facts.system.state).toBe('known');
  expect(facts.smb).toMatchObject({ state: 'failed', why: { code: 'simulated.stopped' } });
});

describe('a shield on a simulated PC', () => {
  test('stays up for the next process, judged closed by its rules', async () => {
    await simulatedHost('windows-public-wifi', root).administration.putUp(shield(), null, from);
    const later = simulatedHost('windows-public-wifi', root);
    const found = later.findShield(await rulesOf(later));
    expect(found).toMatchObject({ state: 'ours', id: '0badcafe' });
    expect(found.judge(shield()).state).toBe('closed');
  });

  test('does not hold for a wish that lets in less', async () => {
    const host = simulatedHost('windows-public-wifi', root);
    await host.administration.putUp(shield({ allow: { ipv4: [cidr('10.0.0.0/8')], ipv6: [] } }), null, from);
    const judgement = spoken(host.findShield(await rulesOf(host)).judge(shield()));
    expect(judgement).toEqual({
      state: 'not-closed',
      lines: ['TCP 139', 'TCP 445', 'UDP 137', 'UDP 138'].map(
        (port) => `(simulated) ${port} is let through for 10.0.0.0/8.`,
      ),
    });
  });

  test('has expired once its end is past', async () => {
    const host = simulatedHost('windows-public-wifi', root);
    const over = shield({ until: '2020-03-13T09:00:00.000Z' });
    await host.administration.putUp(over, null, from);
    expect(host.findShield(await rulesOf(host)).judge(over).state).toBe('expired');
  });

  test('counts those who knock: exceptions as let through, all others as turned away', async () => {
    const host = simulatedHost('windows-public-wifi', root);
    await host.administration.putUp(shield({ allow: { ipv4: [cidr('10.20.29.117')], ipv6: [] } }), null, from);
    expect(host.findShield(await rulesOf(host)).counted).toMatchObject({
      blocked: 6,
      allowed: 9,
      attempts: [
        { address: '10.20.31.6', packets: 4 },
        { address: '2001:db8:20:30::bad', packets: 2 },
      ],
    });
  });

  test('goes on from what was counted before', async () => {
    const host = simulatedHost('windows-public-wifi', root);
    const carried = { blocked: 1000, allowed: 7, outboundBlocked: 0, attempts: [] };
    await host.administration.putUp(shield(), carried, from);
    expect(host.findShield(await rulesOf(host)).counted).toEqual(carried);
  });

  test('is gone after it was taken down, and taking down nothing is harmless', async () => {
    const host = simulatedHost('debian-fileserver', root);
    await host.administration.takeDown();
    expect(readdirSync(root)).toEqual([]);
    await host.administration.putUp(shield(), null, from);
    await host.administration.takeDown();
    expect(host.findShield(await rulesOf(host)).state).toBe('absent');
  });

  test('leaves just the one state file, whole', async () => {
    const host = simulatedHost('debian-fileserver', root);
    await host.administration.putUp(shield(), null, from);
    expect(readdirSync(host.stateFolder)).toEqual(['state.json']);
    expect(JSON.parse(readFileSync(join(host.stateFolder, 'state.json'), 'utf8'))).toMatchObject({
      schema: 'breakwater/simulated-state@1',
      shield: { id: '0badcafe' },
    });
  });

  test.each([
    ['no JSON', '{"schema"'],
    ['another schema', '{"schema":"x","shield":null,"counted":null}'],
    [
      'a network that is none',
      JSON.stringify({
        schema: 'breakwater/simulated-state@1',
        shield: { ...shield(), allow: { ipv4: ['10.0.0.1/8'], ipv6: [] } },
        counted: null,
      }),
    ],
    ['a count below nothing', '{"schema":"breakwater/simulated-state@1","shield":null,"counted":{"blocked":-1}}'],
  ])('a state file with %s is an error that names it, never "no shield"', async (_, text) => {
    const host = simulatedHost('windows-office', root);
    await mkdir(host.stateFolder, { recursive: true });
    writeFileSync(join(host.stateFolder, 'state.json'), text);
    await expect(rulesOf(host)).rejects.toThrow(/state\.json is damaged .*Remove the folder/);
    expect(await host.readShieldRules()).toMatchObject({ state: 'failed' });
  });
});

describe('what would be typed on Windows', () => {
  const commands = (more: Partial<Shield>): string[] =>
    simulatedHost('windows-public-wifi', root)
      .describeShield(shield(more))
      .map(({ command }) => command);

  test.each([
    ['nobody is excepted', {}],
    ['some are excepted', { allow: { ipv4: [cidr('10.0.0.0/24')], ipv6: [cidr('fd00::/64')] } }],
    ['the way out is blocked, too', { outbound: true }],
  ] satisfies [string, Partial<Shield>][])('is what the real Windows host runs, where %s', (_, more) => {
    expect(commands(more)).toEqual(windowsHost.describeShield(shield(more)).map(({ command }) => command));
    expect(commands(more).length).toBeGreaterThan(1);
  });

  test('exceptions are what the blocked ranges leave out, and IPv6 is blocked along with them', () => {
    expect(commands({ allow: { ipv4: [cidr('10.0.0.0/24')], ipv6: [] } })[0]).toContain(
      ' remoteip=0.0.0.1-9.255.255.255,10.0.1.0-126.255.255.255,128.0.0.0-255.255.255.254,::2-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ',
    );
  });

  test('lifting names exactly the rules that were put up', async () => {
    const host = simulatedHost('windows-public-wifi', root);
    expect(host.describeLift()).toEqual([]);
    await host.administration.putUp(shield({ outbound: true }), null, from);
    expect(host.describeLift().map(({ command }) => command)).toEqual(
      ['tcp-in', 'udp-in', 'tcp-out'].map(
        (part) => `netsh advfirewall firewall delete rule name=Breakwater-0badcafe-${part}`,
      ),
    );
  });
});

describe('PCs that fail', () => {
  test('locked-down denies permission before any program could be run', () => {
    const { elevation } = simulatedHost('locked-down', root);
    expect(elevation?.isAdministrator()).toBe(false);
    expect(() => elevation?.node).toThrow(/Permission was not given \(simulated/);
  });

  test('locked-down changes nothing even when its administration is called', async () => {
    await expect(simulatedHost('locked-down', root).administration.putUp(shield(), null, from)).rejects.toThrow(
      /simulated/,
    );
    expect(readdirSync(root)).toEqual([]);
  });

  test('on flaky-proof new rules do not appear', async () => {
    const host = simulatedHost('flaky-proof', root);
    await host.administration.putUp(shield(), null, from);
    expect(host.findShield(await rulesOf(host)).state).toBe('absent');
  });

  test('on stuck-rules half of the rules appear, and stay', async () => {
    const host = simulatedHost('stuck-rules', root);
    await host.administration.putUp(shield(), null, from);
    expect(host.findShield(await rulesOf(host)).judge(shield()).state).toBe('not-closed');
    await expect(host.administration.takeDown()).rejects.toThrow(/does not let go/);
  });
});

describe('who may connect to a simulated PC', () => {
  const reviewed = async (name: string, more?: Partial<Shield>, port = 445) => {
    const host = simulatedHost(name, root);
    if (more) await host.administration.putUp(shield(more), null, from);
    return host.review({ ruleset: await rulesOf(host), network: null, listeners: null }, { proto: 'tcp', port });
  };

  test.each([
    ['windows-public-wifi', 'open', 'windows-firewall'],
    ['windows-office', 'partly', 'windows-firewall'],
    ['patched-laptop', 'closed', 'windows-firewall'],
    ['debian-fileserver', 'open', 'nftables'],
  ])('%s is %s', async (name, verdict, source) => {
    expect(await reviewed(name)).toMatchObject({ verdict, source });
  });

  test('a shield turns everybody away but its exceptions, and opens nothing', async () => {
    expect(await reviewed('windows-public-wifi', {})).toMatchObject({
      verdict: 'closed',
      reach: [{ ipv4: [], ipv6: [] }],
    });
    const allow = { ipv4: ['10.77.4.0/24', '192.168.1.0/24'].map(cidr), ipv6: [cidr('fd00::/8')] };
    expect(await reviewed('windows-office', { allow })).toMatchObject({
      verdict: 'partly',
      reach: [{ ipv4: ['10.77.4.0/24'], ipv6: [] }],
      because: [{ effect: 'block', rule: 'shield 0badcafe' }, { effect: 'allow' }, { effect: 'default' }],
    });
  });

  test('a shield whose time is over turns nobody away', async () => {
    expect(await reviewed('windows-public-wifi', { until: '2020-01-01T00:00:00.000Z' })).toMatchObject({
      verdict: 'open',
    });
  });

  test('of ports that its scene does not tell of nothing is said', async () => {
    expect(await reviewed('windows-public-wifi', {}, 3389)).toBeNull();
  });
});

test("a real PC's rules are never judged by a simulated one", () => {
  const real: Ruleset = {
    kind: 'nftables',
    whole: true,
    json: '{}',
    shieldText: null,
    legacyTables: [],
    beside: null,
    torn: false,
  };
  const host = simulatedHost('windows-office', root);
  expect(() => host.findShield(real)).toThrow(/real PC/);
  expect(() => host.review({ ruleset: real, network: null, listeners: null }, { proto: 'tcp', port: 445 })).toThrow(
    /real PC/,
  );
  expect(() => host.passesOn(real)).toThrow(/real PC/);
});
