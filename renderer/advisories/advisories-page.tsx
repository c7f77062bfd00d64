// The advisories page: the catalogue and how old it is, how far the attacks are along, and every advisory with this PC's verdict.
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { ShownPatch } from '../../preload/contract';
import { Heading } from '../parts/heading';
import { Notice } from '../parts/notice';
import { PagedList } from '../parts/paged-list';
import { SearchField } from '../parts/search-field';
import { useTextStyles } from '../parts/text-styles';
import { say as sayWords } from '../say';
import { useWindow } from '../store';
import { words } from '../words';
import { AdvisoryView } from './advisory-view';
import { CatalogueAge } from './catalogue-age';
import { StagesPicture } from './course-picture';
import { useAdvisories } from './use-advisories';

const say = words.advisory;

export function AdvisoriesPage() {
  const text = useTextStyles();
  const patch = useWindow((state) => state.patch);
  return (
    <div className={text.parts}>
      <div>
        <Heading level={1} takesFocus>
          {words.advisories}
        </Heading>
        <p className={text.paragraph}>{say.lead}</p>
      </div>
      {patch ? <PatchView patch={patch} /> : <NoPatch />}
    </div>
  );
}

function NoPatch() {
  const text = useTextStyles();
  const isLooking = useWindow((state) => state.isChecking || state.isCheckingPatch);
  const checkPatch = useWindow((state) => state.checkPatch);
  const fact = useWindow((state) => state.facts.patch);
  if (isLooking)
    return (
      <Notice tone="plain" icon="waiting">
        {say.looking}
      </Notice>
    );
  return (
    <Notice tone="mind" icon="question">
      <h2 className={text.h3}>{say.notJudged}</h2>
      {fact && fact.state !== 'known' ? <p className={text.paragraph}>{sayWords(fact.why)}</p> : null}
      <div>
        <Button onClick={() => void checkPatch()}>{say.checkAgain}</Button>
      </div>
    </Notice>
  );
}

function PatchView({ patch }: { readonly patch: ShownPatch }) {
  const text = useTextStyles();
  const [wanted, setWanted] = useState('');
  const { found, isSearching, turn } = useAdvisories(patch, wanted);
  const all = patch.catalogue?.advisories ?? 0;
  return (
    <>
      <CatalogueAge patch={patch} updates={found?.updates ?? []} />
      {patch.catalogue === null ? null : (
        <>
          <section className={text.stack}>
            <div>
              <h2 className={text.h2}>{say.overview}</h2>
              <p className={text.quiet}>{say.overviewLead}</p>
            </div>
            <StagesPicture stages={patch.stages} />
          </section>
          <section className={text.stack}>
            <h2 className={text.h2}>{say.list}</h2>
            <p className={text.paragraph}>{say.counts(patch.counts)}</p>
            <SearchField label={say.search} hint={say.searchHint} value={wanted} onChange={setWanted} />
            <output className={text.quiet}>
              {isSearching
                ? say.searching
                : !found
                  ? say.gone
                  : found.count === 0
                    ? say.nothing
                    : say.found(found.count, all)}
            </output>
            {found && found.count > 0 ? (
              <PagedList
                label={say.list}
                items={found.page}
                first={found.first}
                all={found.count}
                onTurn={turn}
                Item={AdvisoryView}
              />
            ) : null}
          </section>
        </>
      )}
    </>
  );
}
