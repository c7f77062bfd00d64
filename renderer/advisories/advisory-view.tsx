// One advisory: this PC's verdict and why, what to install, how far the attack is along, and where it all comes from.
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { AdvisoryVerdict, PatchState, ShownAdvisory } from '../../preload/contract';
import type { Look } from '../parts/notice';
import { Tagged } from '../parts/tagged';
import { useTextStyles } from '../parts/text-styles';
import { say as sayMessage, shown } from '../say';
import { useWindow } from '../store';
import { toDay } from '../times';
import { words } from '../words';
import { CoursePicture } from './course-picture';

const say = words.advisory;

const looks: Record<PatchState, Look> = {
  vulnerable: { tone: 'bad', icon: 'error' },
  unknown: { tone: 'mind', icon: 'question' },
  patched: { tone: 'good', icon: 'check' },
  'not-affected': { tone: 'plain', icon: 'check' },
};

const useStyles = makeStyles({
  advisory: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
  },
});

/** In a list, by its title as a heading. */
export function AdvisoryView({ item: advisory }: { readonly item: ShownAdvisory }) {
  const styles = useStyles();
  const { id, course, stage } = advisory;
  return (
    <div className={styles.advisory}>
      <VerdictView verdict={advisory} />
      <CoursePicture id={id} course={course} stage={stage} />
      <More advisory={advisory} />
    </div>
  );
}

/** What is said of one advisory and this PC. */
export function VerdictView({ verdict }: { readonly verdict: AdvisoryVerdict }) {
  const text = useTextStyles();
  const { id, title, state, because, remedy, fixedIn, doorClosed, restartPending, knownExploited, reach } = verdict;
  const isOpen = state === 'vulnerable' || state === 'unknown';
  return (
    <Tagged
      look={restartPending ? { tone: 'mind', icon: 'waiting' } : looks[state]}
      word={restartPending ? say.restartTag : say.state[state]}
    >
      <h3 className={text.h3}>
        {id}: {title}
      </h3>
      <p className={text.paragraph}>{sayMessage(because)}</p>
      {restartPending ? <p className={text.paragraph}>{say.restart}</p> : null}
      {isOpen && !restartPending && remedy !== null ? (
        <p className={text.paragraph}>
          <strong>{say.remedy(shown(remedy))}</strong>
        </p>
      ) : isOpen && !restartPending && fixedIn !== null ? (
        <p className={text.paragraph}>{say.fixedIn(fixedIn)}</p>
      ) : null}
      {doorClosed === null ? null : <p className={text.paragraph}>{say.doorClosed(sayMessage(doorClosed))}</p>}
      {knownExploited ? <p className={text.paragraph}>{say.exploited}.</p> : null}
      <p className={text.quiet}>
        {say.reach[reach.kind]}. {say.block[reach.inboundBlock]}
      </p>
    </Tagged>
  );
}

function More({ advisory }: { readonly advisory: ShownAdvisory }) {
  const text = useTextStyles();
  const { summary, reach, kev, workarounds, updates, sources, moreSources } = advisory;
  return (
    <details className={text.fold}>
      <summary aria-label={`${say.more}: ${advisory.id}`}>{say.more}</summary>
      <div className={text.stack}>
        {summary === '' ? null : <p className={text.paragraph}>{summary}</p>}
        {reach.says === '' ? null : <p className={text.paragraph}>{shown(reach.says)}</p>}
        {kev === null ? null : (
          <p className={text.paragraph}>
            {say.exploitedSince(toDay(kev.since))}. {kev.due === null ? '' : `${say.due(toDay(kev.due))} `}
            {kev.ransomware === 'known' ? say.ransomware : ''}
          </p>
        )}
        {updates.first.length > 0 ? (
          <p className={text.paragraph}>
            {say.updates}: {updates.first.join(', ')}
            {updates.more > 0 ? say.andMore(updates.more) : ''}.
          </p>
        ) : null}
        {workarounds.length > 0 ? (
          <div className={text.tight}>
            <strong>{say.workarounds}</strong>
            <ul className={text.list}>
              {workarounds.map(({ what, source }) => (
                <li key={what}>
                  {what} <ReadMore url={source} about={what} />
                </li>
              ))}
            </ul>
          </div>
        ) : null}
        <div className={text.tight}>
          <strong>{say.sources}</strong>
          <ul className={text.list}>
            {sources.map(({ id, url, by, modified, published, format }) => (
              <li key={`${format} ${id} ${by}`}>
                {id}
                {by === 'ours' ? ` (${say.ours})` : ''}
                {(modified ?? published) ? `, ${toDay(modified ?? published ?? '')}` : ''}{' '}
                <ReadMore url={url} about={id} />
              </li>
            ))}
          </ul>
          {moreSources > 0 ? <p className={text.quiet}>{say.sourcesMore(moreSources)}</p> : null}
        </div>
      </div>
    </details>
  );
}

function ReadMore({ url, about }: { readonly url: string; readonly about: string }) {
  const openReference = useWindow((state) => state.openReference);
  return (
    <Button size="small" aria-label={`${words.readMore}: ${about}`} onClick={() => void openReference(url)}>
      {words.readMore}
    </Button>
  );
}
