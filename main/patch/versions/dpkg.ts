// The order of Debian's and Ubuntu's package versions, as deb-version(7) gives it.
import { message } from '../../model/message';
import { MessageError } from '../../model/message-error';

/**
 * Below 0 where `a` is earlier than `b`, above 0 where it is later, 0 where dpkg takes them for the same.
 * Throws a `NotAVersion` for text that dpkg would refuse.
 */
export function compareDpkg(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  return (
    left.epoch - right.epoch || comparePart(left.upstream, right.upstream) || comparePart(left.revision, right.revision)
  );
}

/** A text that has no place in the order of versions. */
export class NotAVersion extends MessageError {}

/** What `of` gives; what `otherwise` gives where a text that it orders has no place in the order. */
export function whereOrdered<T>(of: () => T, otherwise: (error: NotAVersion) => T): T {
  try {
    return of();
  } catch (error) {
    if (error instanceof NotAVersion) return otherwise(error);
    throw error;
  }
}

interface Version {
  readonly epoch: number;
  readonly upstream: string;
  readonly revision: string;
}

/** The epoch ends at the first colon, the revision begins after the last hyphen (deb-version(7); dpkg's parseversion). */
function parse(text: string): Version {
  const colon = text.indexOf(':');
  const epoch = colon < 0 ? '0' : text.slice(0, colon);
  const rest = text.slice(colon + 1);
  const hyphen = rest.lastIndexOf('-');
  const upstream = hyphen < 0 ? rest : rest.slice(0, hyphen);
  const revision = hyphen < 0 ? '' : rest.slice(hyphen + 1);
  const isWhole =
    /^\d{1,9}$/.test(epoch) &&
    /^\d[A-Za-z0-9.+~:-]*$/.test(upstream) &&
    (hyphen < 0 || /^[A-Za-z0-9.+~]+$/.test(revision));
  if (!isWhole)
    throw new NotAVersion(message('judged.why.no-dpkg-version', { text: JSON.stringify(text.slice(0, 60)) }));
  return { epoch: Number(epoch), upstream, revision };
}

/** Stretches without digits and numbers in turn; an absent revision is as "0" (deb-version(7), Sorting algorithm). */
function comparePart(a: string, b: string): number {
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a, i)) || (j < b.length && !isDigit(b, j))) {
      const difference = weight(a, i) - weight(b, j);
      if (difference !== 0) return difference;
      i += 1;
      j += 1;
    }
    const [left, right] = [digitsAt(a, i), digitsAt(b, j)];
    const difference = compareDigits(left, right);
    if (difference !== 0) return difference;
    i += left.length;
    j += right.length;
  }
  return 0;
}

/** "~" before the end, the end and digits before letters, letters before everything else. */
function weight(text: string, at: number): number {
  if (at >= text.length || isDigit(text, at)) return 0;
  const character = text[at] ?? '';
  if (character === '~') return -1;
  return /[A-Za-z]/.test(character) ? text.charCodeAt(at) : text.charCodeAt(at) + 256;
}

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
};

function digitsAt(text: string, start: number): string {
  let end = start;
  while (end < text.length && isDigit(text, end)) end += 1;
  return text.slice(start, end);
}

/** Whole numbers of any length; none is 0. */
export function compareDigits(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : left > right ? 1 : 0;
}
