// The catalogue as it would have been on an earlier day: what a simulated PC, whose clock stands still, has. Pure.
import type { Catalogue } from '../model/advisory';

/** Without what was published, or became known, after that day. */
export function catalogueOfTheDay(catalogue: Catalogue, day: Date): Catalogue {
  const until = day.toISOString();
  const isKnown = (date: string | null): boolean => date === null || date.slice(0, 10) <= until.slice(0, 10);
  return {
    ...catalogue,
    advisories: catalogue.advisories
      .filter(({ published }) => isKnown(published))
      .map((advisory) => ({
        ...advisory,
        course: advisory.course.filter(({ date }) => isKnown(date)),
        knownExploited:
          advisory.knownExploited && isKnown(advisory.knownExploited.since) ? advisory.knownExploited : null,
      })),
    asOf: catalogue.asOf < until ? catalogue.asOf : until,
  };
}
