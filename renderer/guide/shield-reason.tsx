// The advisory for which the shield is up, and whether this PC is patched against that one.
import { useCallback } from 'react';
import { VerdictView } from '../advisories/advisory-view';
import { useTextStyles } from '../parts/text-styles';
import { useLatest } from '../parts/use-latest';
import { useWindow } from '../store';
import { words } from '../words';

export function ShieldReason() {
  const text = useTextStyles();
  const id = useWindow((state) => state.shield?.shield?.reason ?? null);
  // Another verdict has another number, and may say something else of it.
  const number = useWindow((state) => (state.patch?.catalogue ? state.patch.number : null));
  const showAdvisory = useWindow((state) => state.showAdvisory);
  const ask = useCallback(
    async () => (id === null || number === null ? null : { id, advisory: await showAdvisory(number, id) }),
    [id, number, showAdvisory],
  );
  const answer = useLatest(ask);
  if (id === null || answer?.id !== id) return null;
  return (
    <section className={text.tight}>
      <h2 className={text.h2}>{words.patch.reason}</h2>
      {answer.advisory ? (
        <VerdictView verdict={answer.advisory} />
      ) : (
        <p className={text.paragraph}>{words.patch.reasonGone(id)}</p>
      )}
    </section>
  );
}
