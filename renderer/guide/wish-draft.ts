// The shield form as typed, and what is wrong with it, said at the field. Pure; the app checks all of it again.
import type { Shield, ShieldWorkaround, WishForm } from '../../preload/contract';
import { words } from '../words';

export interface Draft {
  readonly allow: readonly string[];
  readonly until: 'patched' | 'week' | 'date';
  /** "2026-12-31" as the date field gives it, or empty. */
  readonly date: string;
  /** At its date, even where this PC is not known to be patched. */
  readonly opens: boolean;
  readonly outbound: boolean;
  readonly reason: string;
  readonly workarounds: readonly ShieldWorkaround[];
}

/** What is wrong, by field; `allow` by the line's index. */
export interface Faults {
  readonly allow: Readonly<Record<number, string>>;
  readonly date: string | null;
  readonly reason: string | null;
}

export const noFaults: Faults = { allow: {}, date: null, reason: null };
const longestDays = 366;

/** The form for changing a shield that is up, or the empty one. */
export function draftOf(shield: Shield | null): Draft {
  if (!shield)
    return { allow: [], until: 'patched', date: '', opens: false, outbound: false, reason: '', workarounds: [] };
  return {
    allow: exceptionsOf(shield),
    until: shield.until === null ? 'patched' : 'date',
    date: shield.until === null ? '' : dayOf(new Date(shield.until)),
    opens: shield.until !== null && shield.atEnd === 'lift',
    outbound: shield.outbound,
    reason: shield.reason ?? '',
    workarounds: shield.workarounds,
  };
}

/** The exceptions as people write them: a single address without its "/32" or "/128". */
export function exceptionsOf({ allow }: Shield): readonly string[] {
  return [...allow.ipv4, ...allow.ipv6].map((network) =>
    network.replace(network.includes(':') ? /\/128$/ : /\/32$/, ''),
  );
}

export function faultsOf(draft: Draft, now: Date): Faults {
  const allow: Record<number, string> = {};
  for (const [index, text] of draft.allow.entries()) {
    const fault = addressFault(text.trim());
    if (fault) allow[index] = fault;
  }
  const reason = draft.reason.trim();
  return {
    allow,
    date: draft.until === 'date' ? dateFault(draft.date, now) : null,
    reason: reason === '' || /^[A-Za-z0-9._-]{1,64}$/.test(reason) ? null : words.form.bad.reason,
  };
}

export const isFaultless = ({ allow, date, reason }: Faults): boolean =>
  Object.keys(allow).length === 0 && date === null && reason === null;

export function wishOf(draft: Draft): WishForm {
  return {
    allow: draft.allow.map((text) => text.trim()),
    outbound: draft.outbound,
    atEnd: draft.until === 'patched' ? null : draft.opens ? 'lift' : 'extend',
    workarounds: draft.workarounds,
    until: draft.until === 'patched' ? 'patched' : draft.until === 'week' ? '7d' : draft.date,
    reason: draft.reason.trim() || null,
  };
}

/** "2026-12-31" where the PC stands. */
export function dayOf(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function dateFault(text: string, now: Date): string | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return words.form.bad.noDate;
  if (text < dayOf(now)) return words.form.bad.past;
  const last = new Date(now);
  last.setDate(last.getDate() + longestDays - 1);
  return text > dayOf(last) ? words.form.bad.far : null;
}

function addressFault(text: string): string | null {
  const { bad } = words.form;
  if (text === '') return bad.empty;
  const [address = '', prefix, ...more] = text.split('/');
  const most = isIpv4(address) ? 32 : isIpv6(address) ? 128 : null;
  if (most === null)
    return /^[a-z0-9-]*[g-z][a-z0-9-]*(\.[a-z0-9-]+)*$/i.test(address) ? bad.name(text) : bad.address(text);
  if (prefix === undefined) return null;
  return more.length === 0 && /^(0|[1-9]\d{0,2})$/.test(prefix) && Number(prefix) <= most ? null : bad.prefix(most);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** By the address parser that every URL goes through (WHATWG URL, "IPv6 parser"); no zone, no brackets. */
function isIpv6(text: string): boolean {
  if (!text.includes(':') || !/^[0-9a-f:.]+$/i.test(text)) return false;
  try {
    return new URL(`http://[${text}]/`).hostname !== '';
  } catch {
    return false;
  }
}
