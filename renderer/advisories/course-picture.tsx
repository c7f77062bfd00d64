// The course of an attack as a line of steps, from the hole that is found to the mass attack; a list of words for whoever can't see it.
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { AttackStage, CourseEvent, StageCount } from '../../preload/contract';
import { useTextStyles } from '../parts/text-styles';
import { toDay } from '../times';
import { words } from '../words';
import { type CourseStep, courseSteps, type StepState, standingOf } from './attack-course';

const say = words.advisory;

const useStyles = makeStyles({
  line: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(7rem, 1fr))',
    rowGap: tokens.spacingVerticalS,
    width: '100%',
  },
  step: { display: 'flex', flexDirection: 'column', minWidth: 0, paddingRight: tokens.spacingHorizontalS },
  mark: { display: 'block', width: '100%', height: '20px', forcedColorAdjust: 'auto' },
  name: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase200 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  mind: { color: tokens.colorStatusWarningForeground1 },
  plain: { color: tokens.colorNeutralForeground2 },
});

interface CoursePictureProps {
  readonly id: string;
  readonly course: readonly CourseEvent[];
  readonly stage: AttackStage | null;
}

/** Where one hole stands. */
export function CoursePicture({ id, course, stage }: CoursePictureProps) {
  return (
    <Line label={say.courseOf(id)}>
      {standingOf(course, stage).map(({ step, state, date }) => (
        <Step key={step} step={step} state={state}>
          {date === null ? say.standing[state] : dateWords(step, toDay(date))}
        </Step>
      ))}
    </Line>
  );
}

/** Nobody notes when a mass attack begins, only since when it is known that a hole is exploited. */
const dateWords = (step: CourseStep, when: string): string =>
  step === 'known-exploited' ? say.exploitedAt(when) : when;

/** Where all holes of the catalogue stand. */
export function StagesPicture({ stages }: { readonly stages: readonly StageCount[] }) {
  return (
    <Line label={say.overview}>
      {courseSteps.map((step) => {
        const count = stages.find(({ stage }) => stage === step);
        if (!count)
          return (
            <Step key={step} step={step} state="ahead">
              {say.takenApart}
            </Step>
          );
        return (
          <Step key={step} step={step} state={stateOf(count)}>
            {say.countAt(count.all)}
            {count.all > 0 ? `, ${say.countHere(count.here, count.untold)}` : ''}
          </Step>
        );
      })}
    </Line>
  );
}

const stateOf = ({ all, here, untold }: StageCount): StepState =>
  here > 0 ? 'told' : untold > 0 ? 'possible' : all > 0 ? 'passed' : 'ahead';

const Line = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <ol aria-label={label} className={useStyles().line}>
    {children}
  </ol>
);

/** From the exploit's code on, anybody can attack. */
const isAttack = (step: CourseStep): boolean => courseSteps.indexOf(step) >= courseSteps.indexOf('exploit-public');

interface StepProps {
  readonly step: CourseStep;
  readonly state: StepState;
  readonly children: ReactNode;
}

function Step({ step, state, children }: StepProps) {
  const styles = useStyles();
  const text = useTextStyles();
  const tone = state === 'told' ? (isAttack(step) ? 'bad' : 'mind') : 'plain';
  return (
    <li className={styles.step}>
      <svg
        aria-hidden="true"
        focusable="false"
        className={mergeClasses(styles.mark, styles[tone])}
        viewBox="0 0 200 20"
        preserveAspectRatio="xMinYMid slice"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      >
        {marks[state]}
      </svg>
      <span className={styles.name}>{say.step[step]}</span>
      <span className={text.quiet}>{children}</span>
    </li>
  );
}

/** A full dot, a ring, a broken ring; beside words that say the same. */
const marks: Record<StepState, ReactNode> = {
  told: (
    <>
      <circle cx="10" cy="10" r="7" fill="currentColor" />
      <path d="M18 10h182" />
    </>
  ),
  passed: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M18 10h182" />
    </>
  ),
  possible: (
    <>
      <circle cx="10" cy="10" r="7" strokeDasharray="3 3" />
      <path d="M18 10h182" strokeDasharray="3 5" />
    </>
  ),
  ahead: (
    <>
      <circle cx="10" cy="10" r="3" />
      <path d="M18 10h182" strokeDasharray="1 7" />
    </>
  ),
};
