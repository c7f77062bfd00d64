// The firewall page: who can reach the door as a picture, and under it the rules that decide, with a search over all of them.
import { Field, Input, makeStyles } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import type { Review } from '../../preload/contract';
import { ActProgress } from '../guide/act-progress';
import { LookButton } from '../guide/look-button';
import { OutcomeView } from '../guide/outcome-view';
import { Heading } from '../parts/heading';
import type { IconName } from '../parts/icons';
import { Notice, type Tone } from '../parts/notice';
import { PagedList } from '../parts/paged-list';
import { useTextStyles } from '../parts/text-styles';
import { useWindow } from '../store';
import { words } from '../words';
import { reachPicture } from './reach-picture';
import { ReachTable } from './reach-table';
import { RuleView } from './rule-view';
import { countOf, type Rule, rulesOf } from './rules';
import { useSearch } from './use-search';

const say = words.firewallPage;
const looks: Record<Review['verdict'], { readonly tone: Tone; readonly icon: IconName }> = {
  open: { tone: 'bad', icon: 'door-open' },
  partly: { tone: 'mind', icon: 'door-open' },
  closed: { tone: 'good', icon: 'door-shut' },
  unknown: { tone: 'mind', icon: 'question' },
};

const useStyles = makeStyles({ search: { maxWidth: '26rem' } });

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
      {ruleset && ruleset.state !== 'known' ? <p className={text.paragraph}>{ruleset.why}</p> : null}
      {ruleset?.state === 'not-permitted' ? <LookButton /> : null}
    </Notice>
  );
}

function ReviewView({ review }: { readonly review: Review }) {
  const text = useTextStyles();
  const network = useWindow((state) => state.facts.network);
  const lanes = useMemo(
    () => reachPicture(review, network?.state === 'known' ? network.value : null),
    [review, network],
  );
  const { tone, icon } = looks[review.verdict];
  return (
    <>
      <Notice tone={tone} icon={icon} iconSize={40}>
        <p className={text.h2}>{say.verdict[review.verdict]}</p>
      </Notice>
      {review.unsure.length > 0 ? (
        <Notice tone="mind" icon="question">
          {say.unsure(review.unsure.length)}
        </Notice>
      ) : null}
      <ReachTable lanes={lanes} />
      <RuleLists review={review} />
    </>
  );
}

function RuleLists({ review }: { readonly review: Review }) {
  const text = useTextStyles();
  const styles = useStyles();
  const [wanted, setWanted] = useState('');
  const ruleset = useWindow((state) => state.facts.ruleset);
  const rules = useMemo(() => rulesOf(review, ruleset?.state === 'known' ? ruleset.value : null), [review, ruleset]);
  const { found, isSearching } = useSearch(rules, wanted);
  const isWanted = wanted.trim() !== '';
  const [all, shown] = [countOf(rules), countOf(found)];
  return (
    <>
      <div className={text.stack}>
        <h2 className={text.h2}>{say.why}</h2>
        <p className={text.paragraph}>{say.whyLead}</p>
        <div className={styles.search}>
          <Field label={say.search} hint={say.searchHint}>
            <Input type="search" value={wanted} onChange={(_, { value }) => setWanted(value)} />
          </Field>
        </div>
        <output className={text.quiet}>
          {isSearching ? say.searching : all === 0 ? say.noRules : shown === 0 ? say.nothing : say.found(shown, all)}
        </output>
        {found.deciding.length > 0 ? <Listed label={say.why} rules={found.deciding} /> : null}
      </div>
      {found.unsure.length > 0 ? (
        <section className={text.stack}>
          <h2 className={text.h2}>{say.unsureTitle}</h2>
          <Listed label={say.unsureTitle} rules={found.unsure} />
        </section>
      ) : null}
      <Folded title={say.shadowed(found.shadowed.length)} rules={found.shadowed} isOpened={isWanted} />
      <Folded title={say.listed(found.listed.length)} rules={found.listed} isOpened={isWanted} />
    </>
  );
}

const Listed = ({ label, rules }: { readonly label: string; readonly rules: readonly Rule[] }) => (
  <PagedList label={label} items={rules} draw={(rule) => <RuleView rule={rule} />} />
);

interface FoldedProps {
  readonly title: string;
  readonly rules: readonly Rule[];
  readonly isOpened: boolean;
}

/** Rules that are drawn only once somebody opens them; a search that finds some opens them too. */
function Folded({ title, rules, isOpened }: FoldedProps) {
  const text = useTextStyles();
  const [isOpen, setOpen] = useState(false);
  if (rules.length === 0) return null;
  return (
    <details className={text.fold} open={isOpen || isOpened} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen || isOpened ? <Listed label={title} rules={rules} /> : null}
    </details>
  );
}
