// A wish for a shield as people type it, checked and brought into the one form that plans are made from.
import type { Cidr } from '../../model/address';
import { type Message, message } from '../../model/message';
import type { ShieldWorkaround, Wish } from '../../model/shield';
import { complement, isEmpty, parseNetwork, setOf, toNetworks } from '../../policy/address-sets';
import { mostExceptions, reasonPattern } from './shield-schema';

export interface WishText {
  /** Addresses or networks. */
  readonly allow: readonly string[];
  readonly outbound: boolean;
  /** "patched", a date ("2026-12-01", the end of that day; or ISO with a time), or a duration ("30m", "12h", "7d", "2w"). */
  readonly until: string;
  /** What happens at a date on a PC that is not known to be patched; null = extend and warn. */
  readonly atEnd: Wish['atEnd'] | null;
  /** An advisory's id. */
  readonly reason: string | null;
  readonly workarounds: readonly ShieldWorkaround[];
}

export type ParsedWish =
  | { readonly kind: 'wish'; readonly wish: Wish }
  | { readonly kind: 'bad'; readonly why: Message };

const longest = 366 * 86_400_000;
const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `why` is one line that says what is wrong and what would be right. */
export function parseWish(text: WishText, now: Date): ParsedWish {
  const bad = (why: Message): ParsedWish => ({ kind: 'bad', why });
  const typed = text.allow.map((item) => item.trim()).filter((item) => item !== '');
  const allow: Record<'ipv4' | 'ipv6', Cidr[]> = { ipv4: [], ipv6: [] };
  for (const item of typed) {
    const parsed = parseNetwork(item);
    if (parsed.kind === 'bad') return bad(message('usage.exception', { why: parsed.why }));
    allow[parsed.family].push(parsed.network);
  }
  const sets = { ipv4: setOf('ipv4', allow.ipv4), ipv6: setOf('ipv6', allow.ipv6) };
  for (const family of ['ipv4', 'ipv6'] as const)
    if (isEmpty(complement(sets[family]))) return bad(message('usage.exceptions.all'));
  const minimal = { ipv4: toNetworks(sets.ipv4), ipv6: toNetworks(sets.ipv6) };
  if (minimal.ipv4.length > mostExceptions || minimal.ipv6.length > mostExceptions)
    return bad(message('usage.exceptions.too-many', { most: mostExceptions }));

  const reason = text.reason?.trim() || null;
  if (reason !== null && !reasonPattern.test(reason)) return bad(message('usage.reason'));
  const until = parseUntil(text.until.trim(), now);
  if (typeof until === 'object' && until !== null) return bad(until.why);
  if (until === null && text.atEnd !== null) return bad(message('usage.at-end'));
  const atEnd = text.atEnd ?? 'extend';
  const workarounds = [...new Set(text.workarounds)].sort();
  return { kind: 'wish', wish: { allow: minimal, outbound: text.outbound, reason, until, atEnd, workarounds } };
}

function parseUntil(text: string, now: Date): string | null | { readonly why: Message } {
  if (text === 'patched' || text === '') return null;
  const duration = /^([1-9][0-9]{0,6})([smhdw])$/.exec(text);
  const end = duration
    ? now.getTime() + Number(duration[1]) * units[duration[2] as keyof typeof units]
    : parseDate(text);
  const shown = { text: JSON.stringify(text.slice(0, 40)) };
  if (end === null) return { why: message('usage.until', shown) };
  if (end <= now.getTime()) return { why: message('usage.until.past', shown) };
  if (end - now.getTime() > longest) return { why: message('usage.until.too-far', shown) };
  return new Date(end).toISOString();
}

function parseDate(text: string): number | null {
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (day) {
    // The end of that day where the PC stands; the parts must come back, or it was no day of the calendar.
    const [year, month, date] = [Number(day[1]), Number(day[2]) - 1, Number(day[3])];
    const end = new Date(year, month, date, 23, 59, 59);
    return end.getFullYear() === year && end.getMonth() === month && end.getDate() === date ? end.getTime() : null;
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?$/.test(text)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
