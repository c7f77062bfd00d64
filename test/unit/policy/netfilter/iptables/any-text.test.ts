// Text of any kind: an answer each time, never a throw, also of much text.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageError } from '../../../../../main/model/message-error';
import { readIptablesSave } from '../../../../../main/policy/netfilter/iptables/read';
import { baseChain, filter, read } from './reading';

const folder = 'test/fixtures/linux';
const real = ['ufw-range/iptables-save.txt', 'docker-like/iptables-save.txt', 'iptables-ipset/ip6tables-save.txt'].map(
  (name) => readFileSync(`${folder}/${name}`, 'utf8'),
);
const ipset = readFileSync(`${folder}/iptables-ipset/ipset.txt`, 'utf8');
const words = [
  ...new Set(real.flatMap((text) => text.split(/\s+/))),
  ...[
    '!',
    '"',
    '\\',
    '\0',
    '-m',
    '-j',
    '-g',
    '--match-set',
    'desk',
    'src',
    '[',
    '*nat',
    'COMMIT',
    '\n',
    '999999999999',
    '/',
    ',',
    ':',
    '-',
    '',
  ],
];

const answers = (text: string, sets: string | null): void => {
  for (const family of ['ipv4', 'ipv6'] as const)
    expect(['program', 'bad']).toContain(readIptablesSave(text, family, { legacy: false, ipset: sets }).kind);
};

describe('any text gives an answer', () => {
  it('of any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 100 }), answers), {
      seed: 445,
    });
  });

  it('of the words of real rules', () => {
    const text = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(text, text, (line, sets) => answers(filter([line.replaceAll('\n', ' ')]), sets)),
      { seed: 445, numRuns: 500 },
    );
    fc.assert(fc.property(text, text, answers), { seed: 445, numRuns: 300 });
  });

  it('of real rules with a piece cut out, doubled or replaced', () => {
    const change = fc.record({
      text: fc.constantFrom(...real),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(60),
      put: fc.oneof(fc.constant(''), fc.constantFrom(...words), fc.string({ maxLength: 5 })),
    });
    fc.assert(
      fc.property(change, ({ text, at, length, put }) => {
        const start = Math.floor(at * text.length);
        answers(text.slice(0, start) + put + text.slice(start + length), ipset);
      }),
      { seed: 445, numRuns: 500 },
    );
  });

  it('a text that breaks off anywhere inside a table is refused', () => {
    const [text = ''] = real;
    const last = text.lastIndexOf('COMMIT');
    for (let end = text.indexOf('*') + 1; end < last; end += 7)
      if (!/COMMIT\n?$/.test(text.slice(0, end)))
        expect(readIptablesSave(text.slice(0, end), 'ipv4', { legacy: false, ipset: null }).kind).toBe('bad');
  });

  it('each rule line is one rule, whatever it says', () => {
    const line = fc.array(fc.constantFrom(...words.filter((word) => !/["\n\0]/.test(word))), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const result = readIptablesSave(filter(lines.map((list) => list.join(' '))), 'ipv4', { legacy: false, ipset });
        if (result.kind === 'bad') throw new MessageError(result.why);
        expect(baseChain(result.program.baseChains, 'input').chain.rules).toHaveLength(lines.length);
      }),
      { seed: 445, numRuns: 300 },
    );
  });
});

describe('much text', () => {
  it('a hundred thousand rules are all read', () => {
    const rule = (n: number): string =>
      `-s 10.${n % 200}.${n % 251}.0/24 -i eth0 -p tcp -m tcp --dport ${n % 60000} -m comment --comment "rule ${n}" -j DROP`;
    const text = filter(Array.from({ length: 100_000 }, (_, n) => rule(n)));
    expect(baseChain(read(text).program.baseChains, 'input').chain.rules).toHaveLength(100_000);
  });

  it('long lines, many quotations and ones that never end give an answer', () => {
    const long = filter([`-m comment --comment "${'a'.repeat(2_000_000)}" -j DROP`, '-j ACCEPT']);
    const quotes = filter([`${'"" '.repeat(300_000)}-j DROP`]);
    const open = filter(Array.from({ length: 50_000 }, () => '-m comment --comment "a')).replaceAll('COMMIT', '');
    const spaces = filter([`${' '.repeat(2_000_000)}-j DROP`]);
    for (const text of [long, quotes, open, spaces]) answers(text, null);
  });

  it('a set of half a million addresses is worked out once for all the rules that name it', () => {
    const entries = Array.from(
      { length: 500_000 },
      (_, n) => `add big 10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`,
    );
    const sets = ['create big hash:ip family inet hashsize 1024 maxelem 9999999', ...entries, ''].join('\n');
    const text = filter(Array.from({ length: 1000 }, () => '-m set --match-set big src -j DROP'));
    const { rules } = baseChain(read(text, 'ipv4', sets).program.baseChains, 'input').chain;
    const addresses = rules.map(({ steps: [first] }) => (first?.kind === 'source' ? first.may : null));
    expect(rules).toHaveLength(1000);
    expect(addresses[0]).toBeTruthy();
    expect(new Set(addresses).size).toBe(1);
  });
});
