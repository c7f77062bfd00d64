// What of a policy was not saved, and what that makes of its review: nothing is closed by a part alone. Pure.
import { type Message, message } from '../model/message';
import type { NotSaved, Review } from '../model/review';
import { verdictOf } from './reach';

/** What is there was not taken whole from a PC, which no word about the rest changes. */
const isNoRecord = (code: NotSaved['code']): boolean =>
  code === 'damaged-text' || code === 'search-result' || code === 'import-file';

/**
 * The review of a policy of which these parts are missing; each could let somebody in. `complete`: somebody's word that they are not
 * there, which is named in the answer. `reach` stays what the saved parts give.
 */
export function withMissing(review: Review, missing: readonly NotSaved[], complete: boolean): Review {
  const isTaken = ({ code, inUse }: NotSaved): boolean => complete && inUse === undefined && !isNoRecord(code);
  const why = (part: NotSaved): Message => {
    const { save } = part;
    if (isTaken(part)) return message('saved.missing.taken');
    if (part.code === 'one-moment') return message('saved.missing.one-moment', { save });
    if (part.inUse) return message('saved.missing.in-use', { save });
    return message(isNoRecord(part.code) ? 'saved.missing.left-out' : 'saved.missing.not-saved', { save });
  };
  const named = missing.map((part) => ({ rule: part.what, why: why(part) }));
  const counted = missing.filter((part) => !isTaken(part));
  return {
    ...review,
    verdict: review.verdict === 'closed' ? verdictOf(review.reach, counted) : review.verdict,
    unsure: [...review.unsure, ...named],
    ...(counted.length > 0 ? { missing: counted } : {}),
    ...(complete ? { complete } : {}),
  };
}
