// The rules that a review names, as one list that can be searched. Pure.
import type { Because, Review, Ruleset } from '../../preload/contract';

/** unsure = could not be judged, and so counts as letting through; listed = as the firewall lists it, about this door or not. */
export interface Rule {
  readonly effect: Because['effect'] | 'unsure' | 'listed';
  /** As its owner writes it. */
  readonly text: string;
  /** In the owner's terms, or why it could not be judged. */
  readonly says: string | null;
  readonly where: string | null;
  readonly advice: string | null;
}

/** `listed` are all the firewall's rules. */
export type Rules = Readonly<Record<'deciding' | 'unsure' | 'shadowed' | 'listed', readonly Rule[]>>;

export const countOf = (rules: Rules): number => Object.values(rules).reduce((sum, list) => sum + list.length, 0);

/** `ruleset` null = only what the review names. */
export function rulesOf({ because, unsure }: Review, ruleset: Ruleset | null): Rules {
  const named = because.map(
    ({ effect, rule, says, where, advice }): Rule => ({ effect, text: rule, says, where, advice }),
  );
  return {
    deciding: named.filter(({ effect }) => effect !== 'shadowed'),
    unsure: unsure.map(
      ({ rule, why }): Rule => ({ effect: 'unsure', text: rule, says: why, where: null, advice: null }),
    ),
    shadowed: named.filter(({ effect }) => effect === 'shadowed'),
    listed: ruleset?.kind === 'nftables' ? listedRules(ruleset) : [],
  };
}

/** The lines of the plain listings; where nft's was not needed, the rules of its JSON, as they stand there. */
function listedRules({ json, beside }: Extract<Ruleset, { kind: 'nftables' }>): readonly Rule[] {
  const lines = (text: string | null, name: string): readonly Rule[] =>
    (text ?? '').split('\n').flatMap((line, index) => {
      const trimmed = line.trim();
      return trimmed === '' || trimmed === '}' ? [] : [listed(trimmed, `${name}, line ${index + 1}`)];
    });
  return [
    ...(beside?.rulesetText ? lines(beside.rulesetText, 'nft list ruleset') : jsonRules(json)),
    ...lines(beside?.iptablesSave ?? null, 'iptables-save'),
    ...lines(beside?.ip6tablesSave ?? null, 'ip6tables-save'),
    ...lines(beside?.iptablesLegacy ?? null, 'iptables-legacy-save'),
    ...lines(beside?.ip6tablesLegacy ?? null, 'ip6tables-legacy-save'),
    ...lines(beside?.ipset ?? null, 'ipset save'),
  ];
}

const listed = (text: string, where: string): Rule => ({ effect: 'listed', text, says: null, where, advice: null });

/** Cut where nft begins each rule: reading the JSON itself would hold the window up where there are many. */
function jsonRules(json: string): readonly Rule[] {
  const [, ...rules] = json.split('{"rule": {');
  return rules.map((rest) => {
    const end = rest.lastIndexOf('}}');
    return listed(`{"rule": {${rest.slice(0, end < 0 ? rest.length : end + 2)}`, 'nft -j list ruleset');
  });
}

/**
 * The rules in which every word of the text stands, whatever the case; looks at `atOnce` rules at a time, so that whoever asks can
 * do other things in between.
 */
export function* searchRules(rules: Rules, text: string, atOnce: number): Generator<undefined, Rules> {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = { deciding: [] as Rule[], unsure: [] as Rule[], shadowed: [] as Rule[], listed: [] as Rule[] };
  let seen = 0;
  for (const list of ['deciding', 'unsure', 'shadowed', 'listed'] as const)
    for (const rule of rules[list]) {
      const line = `${rule.says ?? ''}\n${rule.text}\n${rule.where ?? ''}`.toLowerCase();
      if (wanted.every((word) => line.includes(word))) found[list].push(rule);
      if (++seen % atOnce === 0) yield;
    }
  return found;
}
