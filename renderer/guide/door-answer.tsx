// The answer of the check in one sentence, with why; where permission is what is missing, the offer to look with it.
import type { DoorVerdict, Shield } from '../../preload/contract';
import { type Look, Notice } from '../parts/notice';
import { useTextStyles } from '../parts/text-styles';
import { say } from '../say';
import { useWindow } from '../store';
import { words } from '../words';
import { LookButton } from './look-button';
import { ReachAnswer } from './reach-answer';
import { standingShield } from './standing-shield';

const looks: Record<DoorVerdict['state'], Look> = {
  closed: { tone: 'good', icon: 'door-shut' },
  open: { tone: 'bad', icon: 'door-open' },
  unknown: { tone: 'mind', icon: 'question' },
};

export function DoorAnswer() {
  const text = useTextStyles();
  const door = useWindow((state) => state.door);
  const shield = useWindow((state) => standingShield(state.shield));
  const isChecking = useWindow((state) => state.isChecking);
  const isNotPermitted = useWindow((state) => state.facts.ruleset?.state === 'not-permitted');
  if (!door || (isChecking && door.state === 'unknown'))
    return (
      <Notice tone="plain" icon="waiting" iconSize={40}>
        <p className={text.h2}>{isChecking ? words.check.looking : words.check.notYet}</p>
      </Notice>
    );
  const { tone, icon } = looks[door.state];
  return (
    <Notice tone={tone} icon={icon} iconSize={40}>
      <p className={text.h2}>{doorSentence(door, shield)}</p>
      {door.because.map(say).map((why) => (
        <p key={why} className={text.paragraph}>
          {why}
        </p>
      ))}
      {door.exposures.length > 0 ? <ReachAnswer /> : null}
      {door.state === 'unknown' && isNotPermitted ? <LookButton /> : null}
    </Notice>
  );
}

/** `shield` = the one that is up. */
export function doorSentence({ state }: DoorVerdict, shield: Shield | null): string {
  const hasExceptions = shield !== null && shield.allow.ipv4.length + shield.allow.ipv6.length > 0;
  return state === 'closed' && hasExceptions ? words.check.closedBut : words.check[state];
}
