// How far the attack on a hole is along, as the steps of a picture. Pure.
import type { AttackStage, CourseEvent } from '../../preload/contract';

/** A patch that is out can be compared with what was there before: what it mends is then known to whoever looks. No record tells of that. */
export type CourseStep = AttackStage | 'patch-taken-apart';

export const courseSteps: readonly CourseStep[] = [
  'published',
  'patch-out',
  'patch-taken-apart',
  'exploit-public',
  'scanning-seen',
  'known-exploited',
];

/**
 * told = a record says so; passed = a later step is known, so this one is over; possible = nothing stands in its way;
 * ahead = not known to have happened.
 */
export type StepState = 'told' | 'passed' | 'possible' | 'ahead';

export interface StandingStep {
  readonly step: CourseStep;
  readonly state: StepState;
  /** ISO 8601 date of the earliest record that tells it; null = when is not told. */
  readonly date: string | null;
}

/** Each step, in the order of an attack. */
export function standingOf(course: readonly CourseEvent[], stage: AttackStage | null): readonly StandingStep[] {
  const told = new Map<CourseStep, string | null>();
  for (const { stage: step, date } of course) {
    const known = told.get(step);
    if (known === undefined || known === null || (date !== null && date < known)) told.set(step, date);
  }
  const reached = [...told.keys(), ...(stage === null ? [] : [stage])];
  const furthest = Math.max(-1, ...reached.map((step) => courseSteps.indexOf(step)));
  const isPatchOut = furthest >= courseSteps.indexOf('patch-out');
  return courseSteps.map((step, index) => {
    if (told.has(step) || step === stage) return { step, state: 'told', date: told.get(step) ?? null };
    if (index < furthest) return { step, state: 'passed', date: null };
    return { step, state: step === 'patch-taken-apart' && isPatchOut ? 'possible' : 'ahead', date: null };
  });
}
