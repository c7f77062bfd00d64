// Rules swept together, held against the plain reading of a chain: each address belongs to the first rule that is about it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidr, complement, holds, setOf, setOfRange } from '../../../../main/policy/address-sets';
import { prepare } from '../../../../main/policy/netfilter/prepare';
import type { Chain, Condition, FilterProgram, Rule } from '../../../../main/policy/netfilter/program';
import { reviewPrepared } from '../../../../main/policy/netfilter/review';

const addressOf = (n: number): string => `10.0.0.${n}`;
const universe = Array.from({ length: 48 }, (_, n) => n);
const interfaces = ['eth0', 'wlan0'] as const;

interface Drawn {
  readonly first: number;
  readonly size: number;
  readonly negated: boolean;
  readonly everybody: boolean;
  readonly on: { readonly name: string; readonly negated: boolean } | null;
  readonly port: 445 | 139;
  readonly accepts: boolean;
  /** Makes the rule one that is not swept, though it holds for everybody. */
  readonly walked: boolean;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  first: fc.integer({ min: 0, max: 40 }),
  size: fc.integer({ min: 1, max: 12 }),
  negated: fc.boolean(),
  everybody: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  on: fc.option(fc.record({ name: fc.constantFrom('eth0', 'wl*'), negated: fc.boolean() }), { freq: 3 }),
  port: fc.constantFrom(445, 445, 445, 139),
  accepts: fc.boolean(),
  walked: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});

function ruleOf(rule: Drawn, index: number): Rule {
  const range = setOfRange(addressOf(rule.first), addressOf(rule.first + rule.size - 1));
  if (!range) throw new Error('no range');
  const set = rule.negated ? complement(range) : range;
  const source: Condition = { kind: 'source', family: 'ipv4', may: set, must: set, why: null };
  const port: Condition = {
    kind: 'port',
    side: 'destination',
    protocols: [6],
    ranges: [[rule.port, rule.port]],
    negated: false,
    original: false,
  };
  const on: Condition | null = rule.on && {
    kind: 'interface',
    side: 'in',
    names: [rule.on.name],
    negated: rule.on.negated,
  };
  const state: Condition = { kind: 'state', states: ['new'], negated: false };
  const verdict = { kind: rule.accepts ? 'accept' : 'drop' } as const;
  return {
    text: `rule ${index}`,
    where: `inet t input handle ${index}`,
    steps: [
      ...(on ? [on] : []),
      ...(rule.everybody ? [] : [source]),
      ...(rule.walked ? [state] : []),
      port,
      { kind: 'verdict', verdict },
    ],
  };
}

const isAbout = (rule: Drawn, address: number, name: string): boolean =>
  rule.port === 445 &&
  (rule.everybody || (rule.first <= address && address < rule.first + rule.size) !== rule.negated) &&
  (rule.on === null || (rule.on.name === 'eth0' ? name === 'eth0' : name === 'wlan0') !== rule.on.negated);

const programOf = (rules: readonly Rule[], policy: 'accept' | 'drop'): FilterProgram => {
  const chain: Chain = { name: 'inet t input', rules };
  return {
    language: 'nftables',
    unsure: [],
    baseChains: [
      { hook: 'input', priority: 0, type: 'filter', families: ['ipv4', 'ipv6'], devices: null, policy, chain },
    ],
  };
};

const host = { interfaces: { eth0: ['192.0.2.1/24'], wlan0: ['192.0.2.2/24'] } };

describe('rules that only ask for addresses', () => {
  it('decide as if each were asked in its turn', () => {
    fc.assert(
      fc.property(
        fc.array(drawn, { maxLength: 24 }),
        fc.constantFrom('accept' as const, 'drop' as const),
        (drawnRules, policy) => {
          const { reach, unsure } = reviewPrepared(
            { prepared: prepare([programOf(drawnRules.map(ruleOf), policy)]), unsure: [] },
            host,
            {
              proto: 'tcp',
              port: 445,
            },
          );
          expect(unsure).toEqual([]);
          for (const name of interfaces) {
            const own = reach.filter(
              (entry) => entry.interface === name || (name === 'wlan0' && entry.interface === 'wl*'),
            );
            const entries = own.length > 0 ? own : reach.filter((entry) => entry.interface === '*');
            const reached = universe.filter((n) =>
              entries.some((entry) => holds(setOf('ipv4', entry.ipv4), addressOf(n))),
            );
            const expected = universe.filter((n) => {
              const first = drawnRules.find((rule) => isAbout(rule, n, name));
              return first ? first.accepts : policy === 'accept';
            });
            expect(reached).toEqual(expected);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are named by whether somebody came to them', () => {
    const rule = (index: number, from: string, accepts: boolean): Rule => {
      const set = setOf('ipv4', [cidr(from)]);
      return {
        text: `rule ${index}`,
        where: `inet t input handle ${index}`,
        steps: [
          { kind: 'source', family: 'ipv4', may: set, must: set, why: null },
          { kind: 'verdict', verdict: { kind: accepts ? 'accept' : 'drop' } },
        ],
      };
    };
    const rules = [
      rule(1, '10.0.0.0/24', true),
      rule(2, '10.0.0.0/25', false),
      rule(3, '10.0.0.0/23', false),
      rule(4, '10.0.1.7/32', true),
      rule(5, '10.0.2.0/24', true),
    ];
    const { because } = reviewPrepared({ prepared: prepare([programOf(rules, 'drop')]), unsure: [] }, host, {
      proto: 'tcp',
      port: 445,
    });
    expect(because.map(({ effect, rule: text }) => `${effect} ${text}`)).toEqual([
      'allow rule 1',
      'allow rule 5',
      'block rule 3',
      'default policy drop',
      'shadowed rule 2',
      'shadowed rule 4',
    ]);
  });
});
