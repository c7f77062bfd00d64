// The guided flow: the heading of the step, an act under way or its outcome, or else the step itself.
import { Heading } from '../parts/heading';
import { useTextStyles } from '../parts/text-styles';
import { type Step, steps } from '../state/window-state';
import { useWindow } from '../store';
import { words } from '../words';
import { ActProgress } from './act-progress';
import { CheckStep } from './check-step';
import { LiftStep } from './lift-step';
import { OutcomeView } from './outcome-view';
import { PatchStep } from './patch-step';
import { ShieldStep } from './shield-step';

const contents: Record<Step, () => React.JSX.Element> = {
  check: CheckStep,
  shield: ShieldStep,
  patch: PatchStep,
  lift: LiftStep,
};

export function Guide() {
  const text = useTextStyles();
  const step = useWindow((state) => state.step);
  const hasMoved = useWindow((state) => state.hasMoved);
  const act = useWindow((state) => state.act);
  const Content = contents[step];
  return (
    <div className={text.parts}>
      <div>
        <p className={text.quiet}>{words.step.place(steps.indexOf(step) + 1)}</p>
        <Heading key={step} level={1} takesFocus={hasMoved}>
          {words.step.title[step]}
        </Heading>
      </div>
      {act.kind === 'running' ? (
        <ActProgress act={act} />
      ) : act.kind === 'ended' && act.place === step ? (
        <OutcomeView of={act.of} outcome={act.outcome} />
      ) : (
        <Content key={step} />
      )}
    </div>
  );
}
