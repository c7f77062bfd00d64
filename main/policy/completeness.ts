// What of a policy was not saved, and what that makes of its review: nothing is closed by a part alone. Pure.
import type { NotSaved, Review } from '../model/review';
import { verdictOf } from './reach';

/**
 * The review of a policy of which these parts are missing; each could let somebody in. `complete`: somebody's word that they are not
 * there, which is named in the answer. `reach` stays what the saved parts give.
 */
export function withMissing(review: Review, missing: readonly NotSaved[], complete: boolean): Review {
  const named = missing.map(({ code, what, save, inUse }) => ({
    rule: what,
    why:
      code === 'one-moment'
        ? `they changed while they were listed, so only what nft alone tells of one moment counts; read them again: ${save}`
        : inUse
          ? `it is in use and could not be read: it can let others in, and keep out who gets in by the rest. On that PC: ${save}`
          : complete
            ? 'it was not saved; by --complete it counts as not there'
            : `it was not saved, and it can let others in. Save it on that PC: ${save}`,
  }));
  const counted = missing.filter(({ inUse }) => inUse || !complete);
  return {
    ...review,
    verdict: review.verdict === 'closed' ? verdictOf(review.reach, counted) : review.verdict,
    unsure: [...review.unsure, ...named],
    ...(counted.length > 0 ? { missing: counted } : {}),
    ...(complete ? { complete } : {}),
  };
}
