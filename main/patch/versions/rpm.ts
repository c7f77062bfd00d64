// The order of RPM package versions: epoch, version, release, each by rpmvercmp (rpm's rpmio/rpmvercmp.c; rpm-version(7)).
import { message } from '../../model/message';
import { compareDigits, NotAVersion } from './dpkg';

/**
 * `a` and `b` as EPOCH:VERSION-RELEASE, an absent epoch being 0 and an absent release matching any.
 * Below 0 where `a` is earlier, above 0 where it is later. Throws a `NotAVersion` for text that is none.
 */
export function compareRpm(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  const order = left.epoch - right.epoch || compareRpmPart(left.version, right.version);
  if (order !== 0 || left.release === null || right.release === null) return order;
  return compareRpmPart(left.release, right.release);
}

function parse(text: string): { readonly epoch: number; readonly version: string; readonly release: string | null } {
  const parts = /^(?:(\d{1,9}):)?([^\s:-]+)(?:-([^\s:-]+))?$/.exec(text);
  if (!parts) throw new NotAVersion(message('judged.why.no-rpm-version', { text: JSON.stringify(text.slice(0, 60)) }));
  return { epoch: Number(parts[1] ?? 0), version: parts[2] ?? '', release: parts[3] ?? null };
}

/** One version or one release, as rpmvercmp compares them: -1, 0 or 1. */
export function compareRpmPart(a: string, b: string): number {
  if (a === b) return 0;
  let [left, right] = [a, b];
  while (left !== '' || right !== '') {
    left = left.replace(separators, '');
    right = right.replace(separators, '');
    const marks = compareMarks(left, right);
    if (marks === 'next') {
      [left, right] = [left.slice(1), right.slice(1)];
      continue;
    }
    if (marks !== null) return marks;
    if (left === '' || right === '') break;
    const isNumber = /^[0-9]/.test(left);
    const [first, second] = isNumber
      ? [runOf(numbers, left), runOf(numbers, right)]
      : [runOf(letters, left), runOf(letters, right)];
    // A number is later than letters.
    if (second === '') return isNumber ? 1 : -1;
    const order = isNumber ? Math.sign(compareDigits(first, second)) : first < second ? -1 : first > second ? 1 : 0;
    if (order !== 0) return order;
    [left, right] = [left.slice(first.length), right.slice(second.length)];
  }
  return left === right ? 0 : left !== '' ? 1 : -1;
}

const separators = /^[^A-Za-z0-9~^]+/;
const numbers = /^[0-9]+/;
const letters = /^[A-Za-z]+/;

const runOf = (pattern: RegExp, text: string): string => pattern.exec(text)?.[0] ?? '';

/** "~" is earlier than anything, even the end; "^" is later than the end and earlier than anything else. null = neither is there. */
function compareMarks(a: string, b: string): -1 | 1 | 'next' | null {
  if (a[0] === '~' || b[0] === '~') return a[0] !== '~' ? 1 : b[0] !== '~' ? -1 : 'next';
  if (a[0] === '^' || b[0] === '^') {
    if (a === '') return -1;
    if (b === '') return 1;
    return a[0] !== '^' ? 1 : b[0] !== '^' ? -1 : 'next';
  }
  return null;
}
