// The firewall page: who can reach the door as a picture, and under it the rules that decide, with a search over all of them.
import type { Review, ShownReview } from '../../preload/contract';
import { ActProgress } from '../guide/act-progress';
import { LookButton } from '../guide/look-button';
import { OutcomeView } from '../guide/outcome-view';
import { Heading } from '../parts/heading';
import { type Look, Notice } from '../parts/notice';
import { useTextStyles } from '../parts/text-styles';
import { say as sayWords } from '../say';
import { useWindow } from '../store';
import { words } from '../words';
import { ReachTable } from './reach-table';
import { RuleLists } from './rule-lists';

const say = words.firewallPage;
const looks: Record<Review['verdict'], Look> = {
  open: { tone: 'bad', icon: 'door-open' },
  partly: { tone: 'mind', icon: 'door-open' },
  closed: { tone: 'good', icon: 'door-shut' },
  unknown: { tone: 'mind', icon: 'question' },
};

export function FirewallPage() {
  const text = useTextStyles();
  const act = useWindow((state) => state.act);
  const review = useWindow((state) => state.review);
  return (
    <div className={text.parts}>
      <div>
        <Heading level={1} takesFocus>
          {words.firewall}
        </Heading>
        <p className={text.paragraph}>{say.lead}</p>
      </div>
      {act.kind === 'running' && act.place === 'firewall' ? (
        <ActProgress act={act} />
      ) : act.kind === 'ended' && act.place === 'firewall' ? (
        <OutcomeView of={act.of} outcome={act.outcome} />
      ) : review ? (
        <ReviewView review={review} />
      ) : (
        <NoReview />
      )}
    </div>
  );
}

/** Why there is nothing to show, and what can be done about it. */
function NoReview() {
  const text = useTextStyles();
  const isChecking = useWindow((state) => state.isChecking);
  const ruleset = useWindow((state) => state.facts.ruleset);
  const hasCome = useWindow((state) => state.arrived.includes('ruleset'));
  if (isChecking && (!hasCome || ruleset?.state === 'known'))
    return (
      <Notice tone="plain" icon="waiting">
        {say.looking}
      </Notice>
    );
  const title =
    ruleset?.state === 'known'
      ? say.notJudged
      : ruleset?.state === 'not-permitted'
        ? say.notPermitted
        : ruleset?.state === 'failed'
          ? say.failed
          : say.notAsked;
  return (
    <Notice tone="mind" icon={ruleset?.state === 'not-permitted' ? 'lock' : 'question'}>
      <h2 className={text.h3}>{title}</h2>
      {ruleset && ruleset.state !== 'known' ? <p className={text.paragraph}>{sayWords(ruleset.why)}</p> : null}
      {ruleset?.state === 'not-permitted' ? <LookButton /> : null}
    </Notice>
  );
}

function ReviewView({ review }: { readonly review: ShownReview }) {
  const text = useTextStyles();
  const { tone, icon } = looks[review.verdict];
  const { unsure } = review.counts;
  return (
    <>
      <Notice tone={tone} icon={icon} iconSize={40}>
        <p className={text.h2}>{say.verdict[review.verdict]}</p>
      </Notice>
      {unsure > 0 ? (
        <Notice tone="mind" icon="question">
          {say.unsure(unsure)}
        </Notice>
      ) : null}
      <ReachTable lanes={review.lanes} more={review.moreLanes} />
      <RuleLists review={review} />
    </>
  );
}
