// The rules under the picture: those that decide, those that could not be judged, and, folded away, all others; with a search.
import { useState } from 'react';
import type { RuleCounts, RuleList, RulesFound, ShownReview } from '../../preload/contract';
import { PagedList } from '../parts/paged-list';
import { SearchField } from '../parts/search-field';
import { useTextStyles } from '../parts/text-styles';
import { words } from '../words';
import { RuleView } from './rule-view';
import { useRules } from './use-rules';

const say = words.firewallPage;

export function RuleLists({ review }: { readonly review: ShownReview }) {
  const text = useTextStyles();
  const [wanted, setWanted] = useState('');
  const { found, isSearching, turn } = useRules(review, wanted);
  const list = (name: RuleList, label: string) =>
    found ? <Listed list={name} label={label} found={found} turn={turn} /> : null;
  return (
    <>
      <div className={text.stack}>
        <h2 className={text.h2}>{say.why}</h2>
        <p className={text.paragraph}>{say.whyLead}</p>
        <SearchField label={say.search} hint={say.searchHint} value={wanted} onChange={setWanted} />
        <output className={text.quiet}>
          {isSearching ? say.searching : found ? shownWords(countOf(found.counts), countOf(review.counts)) : say.gone}
        </output>
        {list('deciding', say.why)}
      </div>
      {found && found.counts.unsure > 0 ? (
        <section className={text.stack}>
          <h2 className={text.h2}>{say.unsureTitle}</h2>
          {list('unsure', say.unsureTitle)}
        </section>
      ) : null}
      {found
        ? (['shadowed', 'listed'] as const).map((name) => (
            <Folded key={name} list={name} found={found} turn={turn} isOpened={wanted.trim() !== ''} />
          ))
        : null}
    </>
  );
}

const countOf = (counts: RuleCounts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

const shownWords = (shown: number, all: number): string =>
  all === 0 ? say.noRules : shown === 0 ? say.nothing : say.found(shown, all);

interface ListProps {
  readonly list: RuleList;
  readonly found: RulesFound;
  readonly turn: (list: RuleList, place: number) => void;
}

function Listed({ list, label, found, turn }: ListProps & { readonly label: string }) {
  if (found.counts[list] === 0) return null;
  return (
    <PagedList
      label={label}
      items={found.pages[list]}
      first={found.first[list]}
      all={found.counts[list]}
      onTurn={(place) => turn(list, place)}
      Item={RuleView}
    />
  );
}

/** Rules that are drawn only once somebody opens them; a search that finds some opens them too. */
function Folded({
  list,
  found,
  turn,
  isOpened,
}: ListProps & { readonly list: 'shadowed' | 'listed'; readonly isOpened: boolean }) {
  const text = useTextStyles();
  const [isOpen, setOpen] = useState(false);
  const count = found.counts[list];
  if (count === 0) return null;
  const title = say[list](count);
  return (
    <details className={text.fold} open={isOpen || isOpened} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen || isOpened ? <Listed list={list} label={title} found={found} turn={turn} /> : null}
    </details>
  );
}
