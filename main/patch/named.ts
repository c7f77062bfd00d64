// Which advisories a reason names: a hole, a distribution's notice, or a Microsoft bulletin with all of its holes. Pure.
import type { Advisory } from '../model/advisory';

/** By the hole's id, by that of one of its records (DSA-5071-1), or by the Microsoft bulletin that its title names (MS17-010). */
export function isNamed(reason: string, { id, title, summary, sources }: Advisory): boolean {
  const wanted = reason.toUpperCase();
  if (id.toUpperCase() === wanted || sources.some((source) => source.id.toUpperCase() === wanted)) return true;
  return /^MS\d\d-\d{3}$/.test(wanted) && new RegExp(`\\b${wanted}\\b`).test(`${title} ${summary}`.toUpperCase());
}
