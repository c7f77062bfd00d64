// Step 1: can others reach this PC's shared files? The answer first, then where, the shield, what else to know, and who is connected.
import { Button } from '@fluentui/react-components';
import type { ShieldState } from '../../preload/contract';
import { labels } from '../details/labels';
import { Bar } from '../parts/bar';
import { Icon } from '../parts/icons';
import { useTextStyles } from '../parts/text-styles';
import { useWindow } from '../store';
import { toMinute } from '../times';
import { words } from '../words';
import { DoorAnswer } from './door-answer';
import { Exposures } from './exposures';
import { Findings } from './findings';
import { Sessions } from './sessions';
import { ShieldStatus } from './shield-status';
import { isWorthTelling, standingShield } from './standing-shield';

/** How many facts are asked for. */
const factCount = Object.keys(labels.title).length;
/** States in which something has to be done about the shield first. */
const urgent: readonly ShieldState[] = ['damaged', 'expired', 'interrupted', 'foreign'];

export function CheckStep() {
  const text = useTextStyles();
  const isChecking = useWindow((state) => state.isChecking);
  const shield = useWindow((state) => state.shield);
  const needsCare = shield !== null && urgent.includes(shield.state);
  return (
    <div className={text.parts}>
      <DoorAnswer />
      <Within />
      {needsCare ? <ShieldStatus /> : null}
      {isChecking ? <Progress /> : <Moves />}
      <Exposures />
      {isWorthTelling(shield) && !needsCare ? <ShieldStatus /> : null}
      <Findings />
      <Sessions />
    </div>
  );
}

/** What "this PC" is where it is not the whole of one. */
function Within() {
  const text = useTextStyles();
  const system = useWindow((state) => state.facts.system);
  const within = system?.state === 'known' ? system.value.within : undefined;
  return within ? <p className={text.paragraph}>{words.check.within[within.kind](within.name)}</p> : null;
}

function Progress() {
  const text = useTextStyles();
  const arrived = useWindow((state) => state.arrived.length);
  const isStopped = useWindow((state) => state.isStopped);
  const stopCheck = useWindow((state) => state.stopCheck);
  return (
    <div className={text.tight}>
      <Bar label={words.check.running} value={Math.min(arrived, factCount)} most={factCount} />
      <div className={text.buttons}>
        <Button onClick={() => void stopCheck()} disabledFocusable={isStopped}>
          {isStopped ? words.check.stopping : words.check.stop}
        </Button>
        <span className={text.quiet}>{words.check.progress(arrived, factCount)}</span>
      </div>
    </div>
  );
}

function Moves() {
  const text = useTextStyles();
  const check = useWindow((state) => state.check);
  const show = useWindow((state) => state.show);
  const isStopped = useWindow((state) => state.isStopped);
  const checkedAt = useWindow((state) => state.checkedAt);
  const next = useWindow((state) => (standingShield(state.shield) ? 'patch' : 'shield'));
  return (
    <div className={text.tight}>
      <div className={text.buttons}>
        <Button
          appearance="primary"
          size="large"
          icon={<Icon name="arrow" />}
          iconPosition="after"
          onClick={() => show(next)}
        >
          {words.step.next(words.step.name[next])}
        </Button>
        <Button size="large" onClick={() => void check()}>
          {words.check.again}
        </Button>
      </div>
      {isStopped ? <p className={text.quiet}>{words.check.stopped}</p> : null}
      {checkedAt ? <p className={text.quiet}>{words.check.at(toMinute(checkedAt))}</p> : null}
    </div>
  );
}
