// Step 4: the shield as it stands, what taking it down would change, and from there the change itself.

import { Button } from '@fluentui/react-components';
import { Icon } from '../parts/icons';
import { Notice } from '../parts/notice';
import { useTextStyles } from '../parts/text-styles';
import { shown } from '../say';
import { useWindow } from '../store';
import { words } from '../words';
import { PlanView } from './plan-view';
import { ShieldStatus } from './shield-status';

export function LiftStep() {
  const text = useTextStyles();
  const act = useWindow((state) => state.act);
  const state = useWindow((window) => window.shield?.state ?? null);
  const planLift = useWindow((window) => window.planLift);
  if (act.kind === 'planned' && act.plan.kind === 'lift') return <PlanView plan={act.plan} />;
  const isPlanning = act.kind === 'planning';
  return (
    <div className={text.parts}>
      <ShieldStatus />
      {state === 'none' || state === 'foreign' ? (
        <p className={text.paragraph}>{words.lift[state]}</p>
      ) : (
        <>
          <p className={text.paragraph}>{words.lift.lead}</p>
          {act.kind === 'not-planned' && act.of === 'lift' ? (
            <Notice tone="mind" icon="warning" role="alert">
              <h2 className={text.h3}>{shown(act.outcome.title)}</h2>
              <p className={text.paragraph}>{shown(act.outcome.what)}</p>
              <p className={text.paragraph}>{shown(act.outcome.todo)}</p>
            </Notice>
          ) : null}
          <div className={text.buttons}>
            <Button
              appearance="primary"
              size="large"
              icon={<Icon name="arrow" />}
              iconPosition="after"
              disabledFocusable={isPlanning}
              onClick={() => void planLift()}
            >
              {isPlanning ? words.form.planning : words.form.show}
            </Button>
            <span className={text.quiet}>{words.plan.nothingYet}</span>
          </div>
        </>
      )}
    </div>
  );
}
