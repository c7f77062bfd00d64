// The vulnerable stretches of versions that the events of an OSV range make (OSV schema, Evaluation).
import type { PackageRange } from '../../model/advisory';
import { compareDpkg, NotAVersion } from '../versions/dpkg';
import { compareRpm } from '../versions/rpm';

export interface OsvEvent {
  readonly introduced?: string | undefined;
  readonly fixed?: string | undefined;
  readonly last_affected?: string | undefined;
}
type Stretch = PackageRange['stretches'][number];
type Compare = (a: string, b: string) => number;

/** By the versions of the ecosystem, whatever order the events are in; as they come where it has none here, or a text is no version. */
export function stretchesOf(ecosystem: string, events: readonly OsvEvent[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let introduced: string | null = null;
  for (const { kind, version } of inOrder(events.flatMap(pointsOf), orderOf(ecosystem))) {
    if (kind === 'introduced') introduced ??= version;
    else if (introduced !== null) {
      stretches.push({
        introduced,
        fixed: kind === 'fixed' ? version : null,
        lastAffected: kind === 'last_affected' ? version : null,
      });
      introduced = null;
    }
  }
  return introduced === null ? stretches : [...stretches, { introduced, fixed: null, lastAffected: null }];
}

/** Of versions that a record lists one by one, those that its ranges do not cover; all where they have no order here. */
export function besideStretches(
  ecosystem: string,
  versions: readonly string[],
  stretches: readonly Stretch[],
): readonly string[] {
  const compare = orderOf(ecosystem);
  if (compare === null || stretches.length === 0) return versions;
  return versions.filter((version) => !stretches.some((stretch) => covers(stretch, version, compare)));
}

function covers({ introduced, fixed, lastAffected }: Stretch, version: string, compare: Compare): boolean {
  try {
    if (introduced !== '0' && compare(version, introduced) < 0) return false;
    if (fixed !== null) return compare(version, fixed) < 0;
    return lastAffected === null || compare(version, lastAffected) <= 0;
  } catch (error) {
    if (error instanceof NotAVersion) return false;
    throw error;
  }
}

const orderOf = (ecosystem: string): Compare | null =>
  /^(?:Debian|Ubuntu)\b/.test(ecosystem)
    ? compareDpkg
    : /^(?:AlmaLinux|Rocky Linux|Red Hat)\b/.test(ecosystem)
      ? compareRpm
      : null;

const kinds = ['introduced', 'fixed', 'last_affected'] as const;
interface Point {
  readonly kind: (typeof kinds)[number];
  readonly version: string;
}

const pointsOf = (event: OsvEvent): readonly Point[] =>
  kinds.flatMap((kind) => {
    const version = event[kind];
    return version === undefined ? [] : [{ kind, version }];
  });

const endsLast = ({ kind }: Point): number => Number(kind === 'last_affected');

function inOrder(points: readonly Point[], compare: Compare | null): readonly Point[] {
  if (compare === null) return points;
  // "0" is before every version. Of one version, events stay as they come, but one that ends with it ends last.
  const order: Compare = (a, b) => (a === b ? 0 : a === '0' ? -1 : b === '0' ? 1 : compare(a, b));
  try {
    return [...points].sort((a, b) => order(a.version, b.version) || endsLast(a) - endsLast(b));
  } catch (error) {
    if (error instanceof NotAVersion) return points;
    throw error;
  }
}
