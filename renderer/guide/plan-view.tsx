// A plan before it is carried out: what people will notice first, then what to mind, then every exact change.

import { Button } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { Plan } from '../../preload/contract';
import { Choice } from '../parts/choice';
import { Heading } from '../parts/heading';
import { Icon } from '../parts/icons';
import { Notice } from '../parts/notice';
import { useTextStyles } from '../parts/text-styles';
import { shown } from '../say';
import { useWindow } from '../store';
import { toMinute } from '../times';
import { words } from '../words';
import { patchAnswer } from './patch-answer';

export function PlanView({ plan }: { readonly plan: Plan }) {
  const text = useTextStyles();
  const carryOut = useWindow((state) => state.carryOut);
  const closeAct = useWindow((state) => state.closeAct);
  const isSimulated = useWindow((state) => state.about !== null && state.about.simulated !== null);
  const part = useRef<HTMLElement>(null);
  const [isConfirmed, setConfirmed] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const hasChanges = plan.changes.length > 0;
  const isLift = plan.kind === 'lift' && hasChanges;
  const warning = words.lift.warning[useWindow(patchAnswer)];
  const needsConfirming = isLift && warning !== null;

  const go = (): void => {
    if (!needsConfirming || isConfirmed) {
      void carryOut();
      return;
    }
    setAsked(true);
    part.current?.querySelector<HTMLElement>('input')?.focus();
  };

  return (
    <section ref={part} className={text.stack}>
      <Heading level={2} takesFocus>
        {hasChanges ? words.plan.title[plan.kind] : words.plan.nothing}
      </Heading>
      <ul className={text.list}>
        {plan.effects.map(shown).map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      {plan.replaces ? <p className={text.paragraph}>{words.plan.replaces(toMinute(plan.replaces.since))}</p> : null}
      {plan.warnings.length > 0 ? (
        <Notice tone="mind" icon="warning">
          <h3 className={text.h3}>{words.plan.warnings}</h3>
          <ul className={text.list}>
            {plan.warnings.map(shown).map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {hasChanges ? (
        <>
          <ExactChanges plan={plan} />
          <Notice tone="plain" icon="lock">
            <h3 className={text.h3}>{words.plan.permission}</h3>
            <p className={text.paragraph}>
              {plan.permission ?? (isSimulated ? words.plan.noPermissionSimulated : words.plan.noPermission)}
            </p>
          </Notice>
          {needsConfirming ? (
            <>
              <Notice tone="mind" icon="question">
                <p className={text.paragraph}>{warning}</p>
              </Notice>
              <Choice
                type="checkbox"
                checked={isConfirmed}
                onChange={setConfirmed}
                error={isAsked && !isConfirmed ? words.lift.confirmFirst : null}
              >
                {words.lift.confirm}
              </Choice>
            </>
          ) : isLift ? (
            <Notice tone="good" icon="check">
              <p className={text.paragraph}>{words.lift.patched}</p>
            </Notice>
          ) : null}
        </>
      ) : null}
      <div className={text.buttons}>
        {hasChanges ? (
          <Button
            appearance="primary"
            size="large"
            icon={<Icon name={plan.kind === 'shield' ? 'door-shut' : 'door-open'} />}
            onClick={go}
          >
            {words.plan.carryOut[plan.kind]}
          </Button>
        ) : null}
        <Button size="large" onClick={closeAct}>
          {words.plan.back}
        </Button>
        {hasChanges ? <span className={text.quiet}>{words.plan.nothingYet}</span> : null}
      </div>
    </section>
  );
}

function ExactChanges({ plan }: { readonly plan: Plan }) {
  const text = useTextStyles();
  return (
    <details className={text.fold}>
      <summary>{words.plan.exact(plan.changes.length)}</summary>
      <ol className={text.list}>
        {plan.changes.map((change) => (
          <li key={change.what + change.command}>
            <div className={text.tight}>
              <span>{change.what}</span>
              <code className={text.code}>{change.command}</code>
              {change.input === null ? null : (
                <>
                  <span className={text.quiet}>{words.plan.input}</span>
                  {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
                  <pre className={text.code} tabIndex={0}>
                    {change.input}
                  </pre>
                </>
              )}
            </div>
          </li>
        ))}
      </ol>
    </details>
  );
}
