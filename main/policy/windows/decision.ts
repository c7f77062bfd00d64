// What the rules that count on an interface make of its traffic: whom they let in, and which of them had a part in it. Pure.
import { difference, union, unionAll } from '../address-sets';
import type { CountedRule } from './counted-rules';
import { allSources, coversFamily, eachFamily, interfaceCondition, noSources, overlap, type Sources } from './match';
import type { View } from './views';

/** What the rules that count on an interface make of it. */
export interface Decision {
  readonly rules: readonly CountedRule[];
  readonly isAllowed: boolean;
  readonly open: Sources;
  readonly blocked: Sources;
  readonly effective: readonly CountedRule[];
  readonly shadowed: readonly CountedRule[];
  /** Those whose doubts matter to the answer. */
  readonly doubtful: readonly CountedRule[];
}

/** `isAllowed`: whether those that no rule is about are let in. `made`: the decisions so far; a new one is added. */
export function decisionOn(
  counted: readonly CountedRule[],
  made: Decision[],
  view: View,
  isAllowed: boolean,
): Decision {
  const rules: CountedRule[] = [];
  // By number: a process that has just started walks an iterator slowly, and rules are thousands in each of these loops.
  for (let i = 0; i < counted.length; i++) {
    const rule = counted[i] as CountedRule;
    const placed = rule.profiles.has(view.profile) ? placeOn(rule, view) : null;
    if (placed !== null) rules.push(placed);
  }
  // Most rules are for every profile and every interface, so profiles often have the same.
  const same = (one: Decision): boolean => one.isAllowed === isAllowed && isSameList(one.rules, rules);
  const known = made.find(same);
  if (known) return known;
  const decision = decide(rules, isAllowed);
  made.push(decision);
  return decision;
}

/** Bypass over block over allow over default [technet cc755191; MS-FASP 2.2.34]; all of a class act alike, so their order does not matter. */
function decide(rules: readonly CountedRule[], isAllowed: boolean): Decision {
  const of = (effect: CountedRule['effect'], which: 'possible' | 'sure'): Sources => {
    const chosen = rules.filter((rule) => rule.effect === effect);
    return eachFamily((family) =>
      unionAll(
        family,
        chosen.map(({ match }) => match[which][family]),
      ),
    );
  };
  const allowed = isAllowed ? allSources : of('allow', 'possible');
  const blocked = of('block', 'sure');
  const bypassing = of('bypass', 'possible');
  const open = eachFamily((family) => union(difference(allowed[family], blocked[family]), bypassing[family]));
  const effective: CountedRule[] = [];
  const shadowed: CountedRule[] = [];
  const doubtful: CountedRule[] = [];
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i] as CountedRule;
    const { possible, sure, doubts } = rule.match;
    const isOpening = (rule.effect !== 'block' || doubts.length > 0) && overlap(possible, open);
    if (rule.effect !== 'block') (isOpening ? effective : shadowed).push(rule);
    else if (overlap(sure, allowed) || coversFamily(sure)) effective.push(rule);
    if (doubts.length > 0 && isOpening) doubtful.push(rule);
  }
  return { rules, isAllowed, open, blocked, effective, shadowed, doubtful };
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** null where the rule is for other interfaces. */
function placeOn(rule: CountedRule, view: View): CountedRule | null {
  const { about, match } = rule;
  if (about === null || about.interfaces.length + about.interfaceTypes.length === 0) return rule;
  const answer = interfaceCondition(about, view);
  if (typeof answer === 'boolean') return answer ? rule : null;
  return { ...rule, match: { ...match, sure: noSources, doubts: [...match.doubts, answer] } };
}
