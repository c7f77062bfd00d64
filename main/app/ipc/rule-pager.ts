// All rules of the last review, kept where they were judged: the window asks for a page of them at a time, and searches them here.
import type { Because, Review, RuleList, RuleQuery, Ruleset, RulesFound, ShownRule } from '../../../preload/contract';
import { english } from '../../text/en';
import { sayIn, wordsIn } from '../../text/render';
import { cut, pageBegin, wordsOf } from './paging';

/** How many rules of a list are on one page, and characters of a rule and of its reason on the page. */
export const pageSize = 50;
const mostCharacters = 2000;

/** The window's language. */
const words = wordsIn(sayIn(english));

/** A rule in full. */
interface ShelvedRule extends Pick<ShownRule, 'effect' | 'says' | 'where' | 'advice'> {
  /** As its owner writes it. */
  readonly text: string;
}

export type ShelvedRules = Readonly<Record<RuleList, readonly ShelvedRule[]>>;

export interface RuleShelf {
  /** Puts the rules of another review in place of the last one's, and gives its number. `ruleset` null = what it names only. */
  put(review: Review, ruleset: Ruleset | null): Pick<RuleQuery, 'review'> & Pick<RulesFound, 'counts'>;
  /** null = that review is not the last one. */
  find(query: RuleQuery): RulesFound | null;
}

/** `number` of the first review. */
export function createRuleShelf(number: number): RuleShelf {
  let last = number - 1;
  let rules: ShelvedRules | null = null;
  let found: { readonly words: string; readonly rules: ShelvedRules } | null = null;

  /** Turning pages does not search again. */
  const search = (all: ShelvedRules, text: string): ShelvedRules => {
    const wanted = wordsOf(text);
    const words = wanted.join(' ');
    if (found?.words !== words) found = { words, rules: wanted.length === 0 ? all : containing(all, wanted) };
    return found.rules;
  };

  return {
    put(review, ruleset) {
      last++;
      rules = rulesOf(review, ruleset);
      found = null;
      return { review: last, counts: eachList((list) => rules?.[list].length ?? 0) };
    },
    find({ review, text, first }) {
      if (review !== last || rules === null) return null;
      const hits = search(rules, text);
      const begins = eachList((list) => pageBegin(first[list], hits[list].length, pageSize));
      return {
        counts: eachList((list) => hits[list].length),
        first: begins,
        pages: eachList((list) => hits[list].slice(begins[list], begins[list] + pageSize).map(show)),
      };
    },
  };
}

/** `ruleset` null = only what the review names. */
export function rulesOf({ because, unsure }: Review, ruleset: Ruleset | null): ShelvedRules {
  const named = because.map(
    ({ effect, rule, says, where, advice }: Because): ShelvedRule => ({
      effect,
      text: words(rule),
      says: says === null ? null : words(says),
      where: words(where),
      advice: advice === null ? null : words(advice),
    }),
  );
  return {
    deciding: named.filter(({ effect }) => effect !== 'shadowed'),
    unsure: unsure.map(({ rule, why }) => ({
      effect: 'unsure',
      text: words(rule),
      says: words(why),
      where: null,
      advice: null,
    })),
    shadowed: named.filter(({ effect }) => effect === 'shadowed'),
    listed: ruleset?.kind === 'nftables' ? listedRules(ruleset) : [],
  };
}

/** The lines of the plain listings; where nft's was not needed, the rules of its JSON, as they stand there. */
function listedRules({ json, beside }: Extract<Ruleset, { kind: 'nftables' }>): readonly ShelvedRule[] {
  const lines = (text: string | null, name: string): readonly ShelvedRule[] =>
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

const listed = (text: string, where: string): ShelvedRule => ({
  effect: 'listed',
  text,
  says: null,
  where,
  advice: null,
});

/** Cut where nft begins each rule. */
function jsonRules(json: string): readonly ShelvedRule[] {
  const [, ...rules] = json.split('{"rule": {');
  return rules.map((rest) => {
    const end = rest.lastIndexOf('}}');
    return listed(`{"rule": {${rest.slice(0, end < 0 ? rest.length : end + 2)}`, 'nft -j list ruleset');
  });
}

/** The rules in which every one of the words (in small letters) stands. */
function containing(rules: ShelvedRules, words: readonly string[]): ShelvedRules {
  const has = ({ says, text, where }: ShelvedRule): boolean => {
    const line = `${says ?? ''}\n${text}\n${where ?? ''}`.toLowerCase();
    return words.every((word) => line.includes(word));
  };
  return eachList((list) => rules[list].filter(has));
}

function show({ text, says, ...rest }: ShelvedRule): ShownRule {
  return { ...rest, ...cut(text, mostCharacters), says: says === null ? null : cut(says, mostCharacters).text };
}

const eachList = <T>(of: (list: RuleList) => T): Readonly<Record<RuleList, T>> => ({
  deciding: of('deciding'),
  unsure: of('unsure'),
  shadowed: of('shadowed'),
  listed: of('listed'),
});
