// Of when the catalogue is, and whether that is too old to trust; what else stands in the way of judging by it.
import type { CatalogueUpdate, ShownPatch } from '../../preload/contract';
import { Notice } from '../parts/notice';
import { useTextStyles } from '../parts/text-styles';
import { shown } from '../say';
import { toDay } from '../times';
import { words } from '../words';
import { TakeRecords } from './take-records';

const say = words.advisory;

/** `updates`: where newer records came from. */
export function CatalogueAge({
  patch,
  updates,
}: {
  readonly patch: ShownPatch;
  readonly updates: readonly CatalogueUpdate[];
}) {
  const text = useTextStyles();
  const { catalogue, problems } = patch;
  return (
    <section className={text.tight}>
      <h2 className={text.h2}>{say.catalogue}</h2>
      {catalogue === null ? null : <p className={text.paragraph}>{ageWords(catalogue)}</p>}
      {updates.map(({ scope, from, at }) => (
        <p key={scope} className={text.quiet}>
          {say.updatedFrom(from, toDay(at))}
        </p>
      ))}
      <CatalogueProblems problems={problems} />
      <TakeRecords />
    </section>
  );
}

export function CatalogueProblems({ problems }: Pick<ShownPatch, 'problems'>) {
  const text = useTextStyles();
  if (problems.length === 0) return null;
  return (
    <Notice tone="mind" icon="warning">
      {problems.map(shown).map((problem) => (
        <p key={problem} className={text.paragraph}>
          {problem}
        </p>
      ))}
    </Notice>
  );
}

export const ageWords = ({ advisories, asOf, days }: NonNullable<ShownPatch['catalogue']>): string =>
  days === null ? say.ageAhead(advisories, toDay(asOf)) : say.age(advisories, toDay(asOf), days);
