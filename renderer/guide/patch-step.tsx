// Step 3: whether this PC is patched and why, what to install and how on this PC, and what stays until then.
import { Button } from '@fluentui/react-components';
import type { Shield, ShieldVerdict } from '../../preload/contract';
import { ageWords, CatalogueProblems } from '../advisories/catalogue-age';
import { Icon } from '../parts/icons';
import { type Look, Notice } from '../parts/notice';
import { useTextStyles } from '../parts/text-styles';
import { say } from '../say';
import { useWindow } from '../store';
import { toMinute } from '../times';
import { words } from '../words';
import { HowToUpdate } from './how-to-update';
import { KeeperEnded } from './keeper-view';
import { MissingUpdates } from './missing-updates';
import { type PatchAnswer, patchAnswer } from './patch-answer';
import { ShieldReason } from './shield-reason';
import { standingShield } from './standing-shield';

const looks: Record<PatchAnswer, Look> = {
  missing: { tone: 'bad', icon: 'error' },
  reason: { tone: 'mind', icon: 'question' },
  restart: { tone: 'mind', icon: 'waiting' },
  unknown: { tone: 'mind', icon: 'question' },
  old: { tone: 'mind', icon: 'question' },
  patched: { tone: 'good', icon: 'check' },
};

export function PatchStep() {
  const text = useTextStyles();
  const patch = useWindow((state) => state.patch);
  const show = useWindow((state) => state.show);
  return (
    <div className={text.parts}>
      <Answer />
      {patch ? <CatalogueProblems problems={patch.problems} /> : null}
      <Restart />
      <ShieldReason />
      {patch ? <MissingUpdates patch={patch} /> : null}
      <HowToUpdate />
      <UntilThen />
      <div className={text.buttons}>
        <Button
          appearance="primary"
          size="large"
          icon={<Icon name="arrow" />}
          iconPosition="after"
          onClick={() => show('lift')}
        >
          {words.step.next(words.step.name.lift)}
        </Button>
      </div>
    </div>
  );
}

function Answer() {
  const text = useTextStyles();
  const patch = useWindow((state) => state.patch);
  const fact = useWindow((state) => state.facts.patch);
  const isLooking = useWindow((state) => state.isChecking || state.isCheckingPatch);
  const showPage = useWindow((state) => state.showPage);
  const answer = useWindow(patchAnswer);
  // What the shield is up for is asked once the verdict is there.
  const isAsking = useWindow((state) => state.shield?.shield?.reason != null && state.reason === null);
  if ((!patch && isLooking) || (answer === 'reason' && isAsking))
    return (
      <Notice tone="plain" icon="waiting" iconSize={40}>
        <p className={text.h2}>{words.patch.looking}</p>
      </Notice>
    );
  const { tone, icon } = looks[answer];
  return (
    <Notice tone={tone} icon={icon} iconSize={40}>
      <p className={text.h2}>{words.patch.answer[answer]}</p>
      {answer === 'missing' && patch ? (
        <p className={text.paragraph}>{words.patch.missing(patch.counts.vulnerable)}</p>
      ) : null}
      {answer === 'unknown' && patch && patch.untold > 0 ? (
        <p className={text.paragraph}>{words.patch.unknown(patch.untold)}</p>
      ) : null}
      {patch && patch.counts.unknown > patch.untold ? (
        <p className={text.paragraph}>{words.patch.others(patch.counts.unknown - patch.untold)}</p>
      ) : null}
      {fact && fact.state !== 'known' ? <p className={text.paragraph}>{words.patch.notRead(say(fact.why))}</p> : null}
      {patch?.catalogue ? <p className={text.quiet}>{words.patch.byCatalogue(ageWords(patch.catalogue))}</p> : null}
      {patch ? (
        <div>
          <Button size="small" onClick={() => showPage('advisories')}>
            {words.patch.why}
          </Button>
        </div>
      ) : null}
    </Notice>
  );
}

/** A restart that is due is due whatever else is known. */
function Restart() {
  const text = useTextStyles();
  const restart = useWindow((state) => (state.facts.patch?.state === 'known' ? state.facts.patch.value.restart : null));
  // A shield that a keeper has just seen outlives a restart.
  const needsLook = useWindow(
    ({ shield }) => shield?.state === 'recorded' || (shield?.state === 'up' && !shield.kept?.shield),
  );
  if (restart === null || restart.state === 'none') return null;
  if (restart.state === 'unknown')
    return <p className={text.quiet}>{words.patch.restartUnknown(say(restart.because))}</p>;
  return (
    <Notice tone="mind" icon="waiting">
      <h2 className={text.h3}>{words.patch.restartTitle}</h2>
      <p className={text.paragraph}>{words.patch.restartWhy(say(restart.because))}</p>
      {needsLook ? <p className={text.paragraph}>{words.patch.restartShield}</p> : null}
    </Notice>
  );
}

/** What becomes of the shield meanwhile. */
function UntilThen() {
  const text = useTextStyles();
  const verdict = useWindow((state) => state.shield);
  const standing = standingShield(verdict) ?? (verdict?.state === 'recorded' ? verdict.shield : null);
  return (
    <Notice tone="plain" icon="shield">
      {standing === null && verdict?.kept ? <KeeperEnded kept={verdict.kept} /> : null}
      <p className={text.paragraph}>{staysWords(standing, verdict)}</p>
      {standing && verdict?.state !== 'recorded' && verdict?.kept?.shield && verdict.kept.waitsFor !== null ? (
        <p className={text.paragraph}>{words.patch.keeperWaits(verdict.kept.waitsFor)}</p>
      ) : null}
      <p className={text.paragraph}>{words.patch.ask}</p>
    </Notice>
  );
}

function staysWords(shield: Shield | null, verdict: ShieldVerdict | null): string {
  if (verdict === null || ['unknown', 'interrupted', 'foreign'].includes(verdict.state))
    return words.patch.shieldUnclear;
  if (shield === null) return words.patch.noShield;
  const until = verdict.end?.opensAt ?? null;
  return until === null ? words.patch.stays : words.patch.staysUntil(toMinute(until));
}
