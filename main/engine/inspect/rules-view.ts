// Judges rules that were read once only once, however often they are asked about while facts arrive.
import type { FirewallPolicy, Judging } from '../../host/host';
import type { Ruleset } from '../../model/facts';
import type { Review } from '../../model/review';

/** Judges as `host` does; the same ruleset is judged once for each question. */
export function rememberingView(host: Judging): Judging {
  const remember = <T>(read: (ruleset: Ruleset) => T): ((ruleset: Ruleset) => T) => {
    const kept = new WeakMap<Ruleset, { readonly value: T }>();
    return (ruleset) => {
      const value = kept.get(ruleset) ?? { value: read(ruleset) };
      kept.set(ruleset, value);
      return value.value;
    };
  };
  return {
    platform: host.platform,
    now: host.now,
    rulesExpire: host.rulesExpire,
    findShield: remember(host.findShield),
    passesOn: remember(host.passesOn),
    review: rememberingReview(host),
  };
}

/** Judging many rules takes a while: the same ones on the same PC are judged once for each port. */
function rememberingReview(host: Judging): Judging['review'] {
  const kept = new WeakMap<Ruleset, { policy: FirewallPolicy; readonly reviews: Map<string, Review | null> }>();
  return (policy, query) => {
    const before = kept.get(policy.ruleset);
    const isSame = before?.policy.network === policy.network && before.policy.listeners === policy.listeners;
    const mine = before && isSame ? before : { policy, reviews: new Map<string, Review | null>() };
    kept.set(policy.ruleset, mine);
    const key = `${query.proto} ${query.port} ${query.onlyLed ?? false}`;
    const known = mine.reviews.get(key);
    if (known !== undefined) return known;
    const review = host.review(policy, query);
    mine.reviews.set(key, review);
    return review;
  };
}
