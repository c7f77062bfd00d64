// The live region: tells screen readers what the window is doing and how it ended, without moving the focus.
import { makeStyles } from '@fluentui/react-components';
import { stepWords } from './guide/act-progress';
import { doorSentence } from './guide/door-answer';
import { outcomeTitle } from './guide/outcome-view';
import { patchAnswer } from './guide/patch-answer';
import { standingShield } from './guide/standing-shield';
import { placeOf, type WindowState } from './state/window-state';
import { useWindow } from './store';
import { words } from './words';

const useStyles = makeStyles({
  hidden: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    margin: '-1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

export function Announcer() {
  const styles = useStyles();
  const said = useWindow(announcement);
  return (
    <div role="status" aria-live="polite" className={styles.hidden}>
      {said}
    </div>
  );
}

/** What there is to say now. */
function announcement(state: WindowState): string {
  const { act, isChecking, door, shield, patch } = state;
  const place = placeOf(state);
  if (act.kind === 'planning') return words.form.planning;
  if (act.kind === 'running')
    return act.at ? `${words.act.title[act.of]}: ${stepWords(act.of, act.at)}` : words.act.title[act.of];
  if (act.kind === 'ended' && act.place === place)
    return `${words.outcome.kind[act.outcome.kind]}: ${outcomeTitle(act.of, act.outcome)}`;
  if (isChecking) return words.check.running;
  if (place === 'patch' || place === 'advisories') return patch ? words.patch.answer[patchAnswer(state)] : '';
  return door ? doorSentence(door, standingShield(shield)) : '';
}
