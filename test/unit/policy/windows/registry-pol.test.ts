// registry.pol, as a group policy object carries it: read whole or not at all, and never all of a PC's group policy.
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRegistry } from '../../../../main/policy/windows/read-registry';
import { numberAt, subkeysOf, textAt, valueAt } from '../../../../main/policy/windows/registry';
import { isRegistryPol, readRegistryPol } from '../../../../main/policy/windows/registry-pol';
import { readRegistryText } from '../../../../main/policy/windows/registry-text';
import { reviewWindows } from '../../../../main/policy/windows/review';
import { type Set as PolSet, pol, settingsOfQuery } from './registry-pol-writing';

const firewall = 'SOFTWARE\\Policies\\Microsoft\\WindowsFirewall';
const rules = `${firewall}\\FirewallRules`;
const published = settingsOfQuery(readFileSync('test/fixtures/windows/gpo/nsacyber-windows-firewall-gpo.txt', 'utf8'));
const block: PolSet = {
  key: rules,
  name: '{B}',
  type: 1,
  data: 'v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=445|Name=b|',
};

const textOf = (bytes: Uint8Array): string => {
  const read = readRegistryPol(bytes);
  if (read.kind === 'bad') throw new Error(read.why);
  return read.text;
};
const registryOf = (settings: readonly PolSet[]) => readRegistryText(textOf(pol(settings))).registry;

describe('a registry.pol', () => {
  it('says the same as what "reg query" printed of a published policy', () => {
    expect(published.length).toBe(24);
    const registry = registryOf(published);
    for (const { key, name, type, data } of published) {
      const path = `HKLM\\${key}`;
      if (type === 4) expect(numberAt(registry, path, name)).toBe(data);
      else expect(textAt(registry, path, name)).toBe(data);
    }
  });

  it('has all types, names of every language, and the last of two settings', () => {
    const registry = registryOf([
      { key: firewall, name: 'PolicyVersion', type: 4, data: 1 },
      { key: firewall.toLowerCase(), name: 'policyversion', type: 4, data: 541 },
      { key: rules, name: 'Größe "漢"', type: 1, data: 'a|Name=漢\\"b|' },
      { key: `${firewall}\\PublicProfile`, name: 'x', type: 3, data: new Uint8Array([1, 2, 255]) },
      { key: 'SOFTWARE\\Policies\\Microsoft\\Other', name: 'x', type: 4, data: 1 },
    ]);
    expect(numberAt(registry, `HKLM\\${firewall}`, 'PolicyVersion')).toBe(541);
    expect(textAt(registry, `HKLM\\${rules}`, 'Größe "漢"')).toBe('a|Name=漢\\"b|');
    expect(valueAt(registry, `HKLM\\${firewall}\\PublicProfile`, 'x')).toMatchObject({ type: 'REG_BINARY' });
    expect(subkeysOf(registry, 'HKLM\\SOFTWARE\\Policies\\Microsoft')).toEqual(['WindowsFirewall']);
  });

  const set: PolSet = { key: rules, name: 'a', type: 1, data: 'x' };
  const names = (settings: readonly PolSet[]): readonly string[] =>
    [...(registryOf(settings).keys.get(`HKEY_LOCAL_MACHINE\\${rules}`.toUpperCase())?.values.keys() ?? [])].sort();
  it.each<[string, PolSet, readonly string[]]>([
    ['one value', { key: rules, name: '**del.A', type: 1, data: ' ' }, ['B', 'C']],
    ['all values of a key', { key: rules, name: '**delvals.', type: 1, data: ' ' }, []],
    ['listed values', { key: rules, name: '**DeleteValues', type: 1, data: 'a;c' }, ['B']],
    ['listed keys', { key: firewall, name: '**DeleteKeys', type: 1, data: 'Logging;FirewallRules' }, []],
    ['nothing by a word about security', { key: rules, name: '**SecureKey', type: 4, data: 1 }, ['A', 'B', 'C']],
  ])('takes away %s', (_what, command, left) => {
    const all = ['a', 'b', 'c'].map((name) => ({ ...set, name }));
    expect(names([...all, command, { ...set, key: firewall }])).toEqual(left);
    // What is set afterwards is there.
    expect(names([...all, command, { ...set, name: 'z' }])).toContain('Z');
  });

  it('that ends anywhere before its end is cut short, and read at no other place', () => {
    const whole = pol([...published.slice(0, 6), block]);
    const ends = new Set([
      8,
      ...[0, 1, 2, 3, 4, 5, 6].map((count) => pol([...published.slice(0, 6), block].slice(0, count)).length),
    ]);
    for (let length = 0; length < whole.length; length++)
      if (!ends.has(length))
        expect([length, readRegistryPol(whole.subarray(0, length))]).toEqual([
          length,
          { kind: 'bad', why: 'cut-short' },
        ]);
  });

  it('of other bytes is refused, and nothing is thrown', () => {
    const head = [...Buffer.from('PReg'), 1, 0, 0, 0];
    void fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, hasHead) => {
        const all = Uint8Array.from(hasHead ? [...head, ...bytes] : bytes);
        expect(['settings', 'bad']).toContain(readRegistryPol(all).kind);
        if (!hasHead && all[0] !== head[0]) expect(isRegistryPol(all)).toBe(false);
      }),
    );
    const damaged = pol([block]);
    damaged[8] = 0x40;
    expect(readRegistryPol(damaged)).toEqual({ kind: 'bad', why: 'malformed' });
    expect(readRegistryPol(Uint8Array.from([...Buffer.from('PReg'), 2, 0, 0, 0]))).toEqual({
      kind: 'bad',
      why: 'version',
    });
    const oddNumber: PolSet = { key: firewall, name: 'PolicyVersion', type: 4, data: new Uint8Array([1]) };
    expect(readRegistryPol(pol([oddNumber]))).toEqual({ kind: 'bad', why: 'malformed' });
  });
});

describe('what a group policy object sets', () => {
  const parts = ['FirewallRules', 'DomainProfile', 'PrivateProfile', 'PublicProfile', 'StandardProfile'];
  const whole = [block, ...parts.map((part) => ({ key: `${firewall}\\${part}`, name: 'x', type: 4, data: 0 }))];
  const source = (settings: readonly PolSet[]) =>
    ({ name: 'registry.pol', text: textOf(pol(settings)), isPolicyFile: true }) as const;
  const local = {
    name: 'full.reg',
    text: readFileSync('test/fixtures/windows-parts/full-without-service.reg', 'utf16le').replace(/^\ufeff/, ''),
  };

  it('closes nothing by itself, whatever is in it', () => {
    const review = reviewWindows({ registry: [source(whole)], host: null }, { proto: 'tcp', port: 445 });
    expect(review.verdict).not.toBe('closed');
    expect(review.missing?.map(({ code }) => code)).toContain('other-policies');
  });

  it('counts beside the local policy, and others may apply', () => {
    const ask = (complete: boolean) =>
      reviewWindows(
        { registry: [local, source(whole)], host: { interfaces: {}, otherFirewalls: [] }, complete },
        { proto: 'tcp', port: 445 },
      );
    expect(ask(false).verdict).not.toBe('closed');
    expect(ask(false).missing?.map(({ code }) => code)).toContain('other-policies');
    expect(ask(true)).toMatchObject({ verdict: 'closed' });
  });

  it('has no parts that are known not to be there', () => {
    const read = readRegistry([local, source([{ key: firewall, name: 'PolicyVersion', type: 4, data: 541 }])], null);
    expect(read.kind === 'registry' && read.moments[0]?.missing.map(({ code }) => code)).toContain('other-policies');
    const review = reviewWindows(
      { registry: [source([{ key: firewall, name: 'PolicyVersion', type: 4, data: 541 }])], host: null },
      { proto: 'tcp', port: 445 },
    );
    expect(review.missing?.map(({ code }) => code)).toContain('group-policy');
  });
});
