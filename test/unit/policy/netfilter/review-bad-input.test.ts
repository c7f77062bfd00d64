// Whatever text comes in: an answer in bounded work, never a throw, never "closed" by accident.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toNetworks } from '../../../../main/policy/address-sets';
import { evaluate, noEffects } from '../../../../main/policy/netfilter/evaluate';
import type { Journey } from '../../../../main/policy/netfilter/packet';
import { prepare } from '../../../../main/policy/netfilter/prepare';
import type { BaseChain, Chain, Rule } from '../../../../main/policy/netfilter/program';
import { reviewLinux } from '../../../../main/policy/netfilter/review';
import { accept, bare, drop, from, jump, listing, port445, reachOf, review, table } from './ruleset-builder';

const closed = listing(table([{ name: 'in', hook: 'input', policy: 'drop', rules: [[from('10.0.0.1'), accept]] }]));
const query = { proto: 'tcp', port: 445 } as const;

describe('bad input', () => {
  it('cut short anywhere is unknown, and reaches everybody', () => {
    for (let length = 0; length < closed.length; length += 7) {
      const cut = reviewLinux({ ...bare, rulesetJson: closed.slice(0, length) }, query);
      expect(cut.verdict).toBe('unknown');
      expect(reachOf(cut)).toBe('0.0.0.0/0 | ::/0');
    }
  });

  it('of another schema, or not there, is unknown', () => {
    expect(
      reviewLinux({ ...bare, rulesetJson: closed.replace('"json_schema_version":1', '"json_schema_version":2') }, query)
        .verdict,
    ).toBe('unknown');
    expect(reviewLinux(bare, query).verdict).toBe('unknown');
  });

  it('of a listing cut short costs exactness, never safety', () => {
    const folder = new URL('../../../fixtures/linux/firewalld-public/', import.meta.url);
    const [rulesetJson, text] = ['ruleset.json', 'ruleset.nft'].map((name) =>
      readFileSync(new URL(name, folder), 'utf8'),
    );
    for (let length = 0; length < (text ?? '').length; length += 997)
      expect(
        reviewLinux({ ...bare, rulesetJson: rulesetJson ?? null, rulesetText: (text ?? '').slice(0, length) }, query)
          .verdict,
      ).toBe('closed');
  });

  it('of any shape never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 5 }), fc.string(), (expressions, text) => {
        const objects = table([{ name: 'in', hook: 'input', policy: 'drop', rules: [expressions] }]);
        expect(['open', 'partly', 'closed']).toContain(
          review(objects, { rulesetText: text, iptablesSave: text, ipset: text }).verdict,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('with any value in place of one that was meant is never closed where the port was not', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const rule = [{ match: { op: '==', left: value, right: 445 } }, drop];
        expect(review(table([{ name: 'in', hook: 'input', rules: [rule] }])).verdict).toBe('open');
      }),
      { numRuns: 200 },
    );
  });

  it('with an object of a newer kind says that it was not judged', () => {
    expect(review([{ wormhole: { family: 'inet', table: 't', name: 'w' } }]).unsure).toMatchObject([
      { rule: 'wormhole' },
    ]);
  });

  it('with chains that call each other in a circle is unsure and open', () => {
    const found = review(
      table([
        { name: 'a', rules: [[jump('b')]] },
        { name: 'b', rules: [[jump('a')]] },
        { name: 'in', hook: 'input', policy: 'drop', rules: [[jump('a')]] },
      ]),
    );
    expect(found).toMatchObject({ verdict: 'open', unsure: [{ why: expect.stringContaining('deeper') }] });
  });
});

describe('work', () => {
  const journey: Journey = {
    family: 'ipv4',
    protocol: 6,
    asked: 'source',
    port: 445,
    sourcePort: null,
    in: { kind: 'named', name: 'eth0' },
    out: null,
    bridges: null,
    routes: null,
    flags: ['syn'],
    redirect: { kind: 'own' },
    own: null,
    local: null,
    knownMark: 0,
  };
  const inputOf = (chain: Chain): BaseChain => ({
    hook: 'input',
    priority: 0,
    type: 'filter',
    families: ['ipv4'],
    devices: null,
    policy: 'drop',
    chain,
  });

  it('is bounded where chains branch without end: given up, named, and open', () => {
    let below: Chain = { name: 'inet t leaf', rules: [] };
    for (let depth = 0; depth < 15; depth++) {
      const to = below;
      const rule = (): Rule => ({
        text: 'jump',
        where: 't',
        steps: [{ kind: 'verdict', verdict: { kind: 'jump', to } }],
      });
      below = {
        name: `inet t ${depth}`,
        rules: [...Array.from({ length: 6 }, rule), { text: 'counter', where: 't', steps: [] }],
      };
    }
    const prepared = prepare([{ language: 'nftables', baseChains: [inputOf(below)], unsure: [] }]);
    const found = evaluate(
      prepared,
      journey,
      { kind: 'own' },
      { atPort: true, ports: [], complete: false },
      noEffects(),
    );
    expect(toNetworks({ family: 'ipv4', edges: found.open })).toEqual(['0.0.0.0/0']);
    expect(found.doubts).toMatchObject([{ why: { code: 'netfilter.too-many-branches' } }]);
  });

  it('on a set of a million addresses is one pass, also when ten rules ask for it', () => {
    const elem = Array.from({ length: 1_000_000 }, (_, i) => `${11 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}.7`);
    const rules = Array.from({ length: 10 }, () => [from('@big'), port445, accept]);
    const found = review(
      table([{ name: 'in', hook: 'input', policy: 'drop', rules }], 'inet', 't', [
        { set: { name: 'big', type: 'ipv4_addr', elem } },
      ]),
    );
    expect(found.reach[0]?.ipv4).toHaveLength(1_000_000);
    expect(found.because.map(({ effect }) => effect).filter((effect) => effect === 'allow')).toHaveLength(1);
  }, 60_000);
});
