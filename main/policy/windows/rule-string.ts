// A firewall rule as the registry holds it: "v2.10|Action=Allow|...|" taken apart into fields and put together again, byte for byte. Pure.
import { type Message, message } from '../../model/message';

interface RuleField {
  /** As written: tokens are read without regard to case, and printed as they came. */
  readonly token: string;
  readonly value: string;
}

export interface RuleString {
  /** As written: "v2.10". */
  readonly version: string;
  readonly major: number;
  readonly minor: number;
  /** In their order, with those that are not known. */
  readonly fields: readonly RuleField[];
}

/** How much of a text that is no rule could be read is in `rule`, for judging it as one that may let everything through. */
export type SplitRule =
  | { readonly kind: 'rule'; readonly rule: RuleString }
  | { readonly kind: 'error'; readonly why: Message; readonly rule: RuleString }
  | { readonly kind: 'error'; readonly why: Message; readonly rule: null };

/**
 * "v" major "." minor "|" and fields "Token=Value|" [MS-GPFAS 2.2.2.19]. Nothing is escaped and no value holds a "|".
 * The same list of fields has one text only, so printing gives back what was read.
 */
export function splitRule(text: string): SplitRule {
  const bar = text.indexOf('|');
  const head = bar < 0 ? text : text.slice(0, bar);
  const [, major, minor] = /^[vV](\d{1,3})\.(\d{1,3})$/.exec(head) ?? [];
  if (major === undefined || minor === undefined || bar < 0)
    return {
      kind: 'error',
      why: message('windows-rules.text.version', { head: shown(head) }),
      rule: null,
    };
  const fields: RuleField[] = [];
  let why: Message | null = null;
  let equals = -1;
  for (let at = bar + 1; at < text.length; ) {
    const end = text.indexOf('|', at);
    // Looked for once only: of a text of bars alone, each search would be as long as the text.
    if (equals < at) equals = nextOrEnd(text, '=', at);
    const to = end < 0 ? text.length : end;
    if (end < 0) why ??= message('windows-rules.text.last-field', { text: shown(text.slice(at)) });
    else if (equals > end || equals === at)
      why ??= message('windows-rules.text.no-field', { text: shown(text.slice(at, to)) });
    else {
      const token = text.slice(at, equals);
      if (isToken(token)) fields.push({ token, value: text.slice(equals + 1, end) });
      else why ??= message('windows-rules.text.no-token', { text: shown(token) });
    }
    at = to + 1;
  }
  const rule = { version: head, major: Number(major), minor: Number(minor), fields };
  return why === null ? { kind: 'rule', rule } : { kind: 'error', why, rule };
}

function nextOrEnd(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from);
  return found < 0 ? text.length : found;
}

/** A PC's thousands of rules have few tokens, and of what others write there is no end. */
const seenTokens = new Set<string>();

function isToken(text: string): boolean {
  if (seenTokens.has(text)) return true;
  const isGood = /^[A-Za-z][A-Za-z0-9_]*$/.test(text);
  if (isGood && seenTokens.size < 1000) seenTokens.add(text);
  return isGood;
}

/** The text of the rule; of an error's rule, of what could be read. */
export function printRule({ version, fields }: RuleString): string {
  return `${version}|${fields.map(({ token, value }) => `${token}=${value}|`).join('')}`;
}

/** As a message shows a part of a rule. */
export const shown = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
