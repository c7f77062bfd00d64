// What of a firewall's rules crosses to the window: who gets in as one sentence, and nothing that grows with the number of rules.
import { describe, expect, it } from 'vitest';
import { showFacts, showReview } from '../../../../main/app/ipc/show-firewall';
import type { Cidr, NetworkFact, Reach, Review } from '../../../../preload/contract';
import { reachSentence } from '../../../../renderer/firewall/reach-words';
import { facts, known, reviews } from '../../../window/fake-doorway';

const nets = (...texts: readonly string[]): readonly Cidr[] => texts as readonly Cidr[];
const at = (name: string, ipv4: readonly Cidr[], ipv6: readonly Cidr[] = []): Reach => ({
  interface: name,
  profile: null,
  ipv4,
  ipv6,
});
const judged = (...reach: readonly Reach[]): Review => ({ ...reviews.open, verdict: 'partly', reach });
const network: NetworkFact | null = facts.network.state === 'known' ? facts.network.value : null;
const sentenceOf = (review: Review, on: NetworkFact | null): string | null => {
  const { said } = showReview(review, on);
  return said && reachSentence(said);
};

describe('the sentence', () => {
  it.each([
    ['open', "The firewall's rules let everybody in."],
    ['closed', "The firewall's rules let nobody in."],
    ['partly', "The firewall's rules let in only your own network: 10.0.0.0/24."],
    ['unknown', null],
  ] as const)('%s', (name, sentence) => {
    expect(sentenceOf(reviews[name], network)).toBe(sentence);
  });

  it('names a few addresses, and how many more there are', () => {
    const many = nets('192.0.2.1/32', '192.0.2.3/32', '192.0.2.5/32', '192.0.2.7/32', '192.0.2.9/32', '192.0.2.11/32');
    expect(sentenceOf(judged(at('*', many)), network)).toBe(
      "The firewall's rules let in only these addresses: 192.0.2.1/32, 192.0.2.3/32, 192.0.2.5/32, 192.0.2.7/32 and 2 more.",
    );
  });

  it('never claims nobody where somebody gets in over a connection without an address', () => {
    expect(sentenceOf(judged(at('d1', nets(), nets('fd00::/8')), at('*', [])), { interfaces: [], routes: [] })).toMatch(
      /fd00/,
    );
    const bare = { name: 'd1', kind: 'wired', profile: null, addresses: [] } as const;
    const one = { interfaces: [bare], routes: [] };
    expect(sentenceOf(judged(at('d1', nets('192.0.2.0/24'))), one)).toMatch(/let some addresses in/);
  });

  it('says everybody where the whole Internet may enter, even if one private network may not', () => {
    const all = judged(
      at(
        '*',
        nets(
          '0.0.0.0/5',
          '8.0.0.0/7',
          '11.0.0.0/8',
          '12.0.0.0/6',
          '16.0.0.0/4',
          '32.0.0.0/3',
          '64.0.0.0/2',
          '128.0.0.0/1',
        ),
      ),
    );
    expect(sentenceOf(all, network)).toBe("The firewall's rules let everybody in.");
  });
});

describe('what grows with the number of rules', () => {
  const many = Array.from({ length: 30_000 }, (_, index) => `10.${index >> 7}.${(index & 127) * 2}.0/24`);
  const interfaces = Array.from({ length: 300 }, (_, index) => `veth${index}`);

  it('is cut in the picture, and counted', () => {
    const [wide, ...narrow] = interfaces;
    const reach = [at(wide!, nets(...many)), ...narrow.map((name) => at(name, nets('192.168.7.0/24'))), at('*', [])];
    const { lanes, moreLanes } = showReview(judged(...reach), null);
    expect(lanes).toHaveLength(200);
    expect(moreLanes).toBe(402);
    expect(lanes.find((one) => one.interface === wide && one.family === 'ipv4')?.cells[1]?.names).toEqual({
      first: many.slice(0, 3),
      more: many.length - 3,
    });
    expect(JSON.stringify(lanes).length).toBeLessThan(200_000);
  });

  it('is cut in the ruleset, whose other facts stay', () => {
    const json = `{"nftables": [${' '.repeat(1_000_000)}]}`;
    const beside = {
      rulesetText: json,
      rulesetBytecode: null,
      iptablesSave: json,
      ip6tablesSave: null,
      iptablesLegacy: null,
      ip6tablesLegacy: null,
      ipset: null,
    };
    const ruleset = known({
      kind: 'nftables',
      whole: true,
      json,
      shieldText: null,
      legacyTables: ['filter'],
      beside,
      torn: false,
    } as const);
    const shown = showFacts({ ...facts, ruleset });
    expect(shown).toEqual({
      ...facts,
      ruleset: known({
        kind: 'nftables',
        whole: true,
        json: { text: json.slice(0, 20_000), rest: json.length - 20_000 },
        shieldText: null,
        legacyTables: ['filter'],
        torn: false,
      }),
    });
  });
});
