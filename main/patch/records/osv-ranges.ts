// The vulnerable stretches of versions that the events of an OSV range make (OSV schema, Evaluation).
import { whereOrdered } from '../versions/dpkg';
import { type Compare, compareBy, packagingOf } from '../versions/packaging';
import { isBeforeEnd, isFrom, type Stretch } from '../versions/range';

export interface OsvEvent {
  readonly introduced?: string | undefined;
  readonly fixed?: string | undefined;
  readonly last_affected?: string | undefined;
}

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
  const isCovered = (version: string) => (stretch: Stretch) =>
    whereOrdered(
      () => isFrom(stretch, version, compare) && isBeforeEnd(stretch, version, compare),
      () => false,
    );
  return versions.filter((version) => !stretches.some(isCovered(version)));
}

function orderOf(ecosystem: string): Compare | null {
  const packaging = packagingOf(ecosystem);
  return packaging && compareBy[packaging];
}

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
  return whereOrdered(
    () => [...points].sort((a, b) => order(a.version, b.version) || endsLast(a) - endsLast(b)),
    () => points,
  );
}
