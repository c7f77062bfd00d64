// Where a version stands to one vulnerable stretch of versions. Both throw a `NotAVersion`, as the order does.
import type { PackageRange } from '../../model/advisory';
import type { Compare } from './packaging';

export type Stretch = PackageRange['stretches'][number];

/** "0" is before every version (OSV schema, affected[].ranges[].events). */
export const isFrom = ({ introduced }: Stretch, version: string, compare: Compare): boolean =>
  introduced === '0' || compare(version, introduced) >= 0;

/** Before the stretch ends; one without an end goes on for ever. */
export const isBeforeEnd = ({ fixed, lastAffected }: Stretch, version: string, compare: Compare): boolean =>
  fixed !== null ? compare(version, fixed) < 0 : lastAffected === null || compare(version, lastAffected) <= 0;
