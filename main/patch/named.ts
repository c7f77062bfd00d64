// Which advisories a reason names: a hole, a distribution's notice, or a Microsoft bulletin with all of its holes. Pure.
import type { Advisory, AdvisoryVerdict, PatchVerdict } from '../model/advisory';

/** By the hole's id, by that of one of its records (DSA-5071-1), or by the Microsoft bulletin that its title names (MS17-010). */
export function isNamed(reason: string, { id, title, summary, sources }: Advisory): boolean {
  const wanted = reason.toUpperCase();
  if (id.toUpperCase() === wanted || sources.some((source) => source.id.toUpperCase() === wanted)) return true;
  return /^MS\d\d-\d{3}$/.test(wanted) && new RegExp(`\\b${wanted}\\b`).test(`${title} ${summary}`.toUpperCase());
}

/** What decides among several: whatever is not safe, before what is patched, before what does not concern this PC. */
const order: readonly AdvisoryVerdict['state'][] = ['vulnerable', 'unknown', 'patched', 'not-affected'];

/** The one that decides of those with these ids; null = there is none. */
export function decidingOf(verdicts: PatchVerdict['verdicts'], ids: ReadonlySet<string>): AdvisoryVerdict | null {
  const named = verdicts.filter(({ id }) => ids.has(id));
  return named.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0] ?? null;
}
