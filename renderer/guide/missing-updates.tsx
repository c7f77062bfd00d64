// What is missing on this PC, and what could not be judged, the most urgent first.
import type { AdvisoryVerdict, ShownPatch } from '../../preload/contract';
import { VerdictView } from '../advisories/advisory-view';
import { TaggedList } from '../parts/tagged';
import { useTextStyles } from '../parts/text-styles';
import { words } from '../words';

export function MissingUpdates({ patch }: { readonly patch: ShownPatch }) {
  return (
    <>
      <Verdicts title={words.patch.toInstall} verdicts={patch.urgent} more={patch.moreUrgent} />
      <Verdicts title={words.patch.notJudged} verdicts={patch.unknown} more={patch.moreUnknown} />
    </>
  );
}

interface VerdictsProps {
  readonly title: string;
  readonly verdicts: readonly AdvisoryVerdict[];
  readonly more: number;
}

function Verdicts({ title, verdicts, more }: VerdictsProps) {
  const text = useTextStyles();
  if (verdicts.length === 0) return null;
  return (
    <section className={text.tight}>
      <h2 className={text.h2}>{title}</h2>
      <TaggedList>
        {verdicts.map((verdict) => (
          <li key={verdict.id}>
            <VerdictView verdict={verdict} />
          </li>
        ))}
      </TaggedList>
      {more > 0 ? <p className={text.quiet}>{words.patch.more(more)}</p> : null}
    </section>
  );
}
