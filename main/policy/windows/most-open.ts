// Reviews of one PC at several moments as one: who gets in at any of them gets in. Pure.

import type { Family } from '../../model/address';
import { message } from '../../model/message';
import type { Reach, Review } from '../../model/review';
import { setOf, toNetworks, union } from '../address-sets';

interface OfMoment {
  /** The texts that are of this moment alone. */
  readonly names: readonly string[];
  readonly review: Review;
}

const openness: Readonly<Record<Review['verdict'], number>> = { open: 3, partly: 2, unknown: 1, closed: 0 };

/** At least one. Each is named with its answer; the reasons are those of the most open one. */
export function mostOpen(all: readonly OfMoment[]): Review {
  const [first, ...others] = [...all].sort((a, b) => openness[b.review.verdict] - openness[a.review.verdict]);
  if (first === undefined) throw new Error('there is no review');
  if (others.length === 0) return first.review;
  const { review } = first;
  const answers = all.map(({ names, review: { verdict } }) => message('windows-rules.moment', { names, verdict }));
  const missing = all.flatMap((one) => one.review.missing ?? []);
  const named = missing.filter(
    ({ what }, at) => missing.findIndex((other) => JSON.stringify(other.what) === JSON.stringify(what)) === at,
  );
  return {
    ...review,
    reach: others.reduce((reach, one) => joined(reach, one.review.reach), review.reach),
    unsure: [
      {
        rule: all.flatMap(({ names }) => names).join(', '),
        why: message('windows-rules.moments', { answers }),
      },
      ...review.unsure,
    ],
    ...(named.length > 0 ? { missing: named } : {}),
  };
}

function joined(a: readonly Reach[], b: readonly Reach[]): readonly Reach[] {
  const same = (one: Reach, other: Reach): boolean =>
    one.interface === other.interface && one.profile === other.profile;
  const both = a.map((entry) => {
    const other = b.find((one) => same(one, entry));
    const of = (family: Family): Reach['ipv4'] =>
      other === undefined
        ? entry[family]
        : toNetworks(union(setOf(family, entry[family]), setOf(family, other[family])));
    return { ...entry, ipv4: of('ipv4'), ipv6: of('ipv6') };
  });
  return [...both, ...b.filter((entry) => !a.some((one) => same(one, entry)))];
}
