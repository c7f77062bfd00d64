// A rule's text but for one address and its name, since a list of bad addresses is thousands of rules that differ in nothing else. Pure.
import { type Address, readAddress } from './rule-values';

export interface RuleShape {
  /** The text without both values: no two texts that differ in something else have the same. */
  readonly shape: string;
  /** Of the first RA4. */
  readonly address: string;
  /** Of the first Name after it. */
  readonly name: string;
}

/** null where the text has no such fields. */
export function shapeOf(text: string): RuleShape | null {
  const from = text.indexOf(beforeAddress) + beforeAddress.length;
  if (from < beforeAddress.length) return null;
  const to = text.indexOf('|', from);
  if (to < 0) return null;
  const nameFrom = text.indexOf(beforeName, to) + beforeName.length;
  if (nameFrom < beforeName.length) return null;
  const nameTo = text.indexOf('|', nameFrom);
  if (nameTo < 0) return null;
  return {
    shape: text.slice(0, from) + text.slice(to, nameFrom) + text.slice(nameTo),
    address: text.slice(from, to),
    name: text.slice(nameFrom, nameTo),
  };
}

const beforeAddress = '|RA4=';
const beforeName = '|Name=';

/** null unless a rule takes it without any doubt. */
export function plainAddress(text: string): Extract<Address, { kind: 'set' }> | null {
  const { value, wrong, odd } = readAddress(text, 'ipv4', 'remote');
  return value.kind === 'set' && wrong === null && odd === undefined ? value : null;
}

/** Whether a rule may be called so, as `readField` has it. */
export const isPlainName = (name: string): boolean =>
  name !== '' && name.length < 10_000 && (name.length !== 3 || name.toLowerCase() !== 'all');
