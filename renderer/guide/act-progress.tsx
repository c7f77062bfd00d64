// An act under way: which of its steps is done, now and to come, and giving up while it still only asks.
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { ActStep } from '../../preload/contract';
import { Heading } from '../parts/heading';
import { Icon } from '../parts/icons';
import { useTextStyles } from '../parts/text-styles';
import type { Act, ActName } from '../state/window-state';
import { useWindow } from '../store';
import { words } from '../words';

const order: readonly ActStep[] = ['asking-permission', 'changing', 'reading-again'];

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  line: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  now: { fontWeight: tokens.fontWeightSemibold },
});

export function ActProgress({ act }: { readonly act: Extract<Act, { kind: 'running' }> }) {
  const text = useTextStyles();
  const styles = useStyles();
  const cancel = useWindow((state) => state.cancel);
  const at = act.at === null ? 0 : order.indexOf(act.at);
  const shown = act.of === 'look' ? order.slice(0, 2) : order;
  return (
    <section className={text.stack}>
      <Heading level={2} takesFocus>
        {words.act.title[act.of]}
      </Heading>
      <ol className={styles.list}>
        {shown.map((step, index) => (
          <li key={step} className={styles.line} aria-current={index === at ? 'step' : undefined}>
            <Icon name={index < at ? 'check' : index === at ? 'arrow' : 'waiting'} />
            <span className={index === at ? styles.now : undefined}>{stepWords(act.of, step)}</span>
            <span className={text.quiet}>
              ({index < at ? words.act.done : index === at ? words.act.now : words.act.later})
            </span>
          </li>
        ))}
      </ol>
      {act.at === 'changing' || act.at === 'reading-again' ? (
        <p className={text.quiet}>{words.act.noStop}</p>
      ) : (
        <>
          {act.at === 'asking-permission' ? <p className={text.paragraph}>{words.act.answerPrompt}</p> : null}
          <div className={text.buttons}>
            <Button onClick={() => void cancel()} disabledFocusable={act.isCancelling}>
              {act.isCancelling ? words.act.cancelling : words.act.cancel}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

/** A look changes nothing, so its second step has another name. */
export function stepWords(of: ActName, step: ActStep): string {
  return of === 'look' && step !== 'asking-permission' ? words.act.changingByLook : words.act.steps[step];
}
