// The advisory for which the shield is up, and whether this PC is patched against that one.
import { useEffect, useState } from 'react';
import type { ShownAdvisory } from '../../preload/contract';
import { VerdictView } from '../advisories/advisory-view';
import { useTextStyles } from '../parts/text-styles';
import { useWindow } from '../store';
import { words } from '../words';

export function ShieldReason() {
  const text = useTextStyles();
  const id = useWindow((state) => state.shield?.shield?.reason ?? null);
  const patch = useWindow((state) => state.patch);
  const showAdvisory = useWindow((state) => state.showAdvisory);
  const [answer, setAnswer] = useState<{ readonly id: string; readonly advisory: ShownAdvisory | null } | null>(null);

  // Another verdict may say something else of it.
  useEffect(() => {
    if (id === null || !patch?.catalogue) return;
    let isWanted = true;
    void showAdvisory(id).then((advisory) => {
      if (isWanted) setAnswer({ id, advisory });
    });
    return () => {
      isWanted = false;
    };
  }, [id, patch, showAdvisory]);

  if (id === null || answer?.id !== id) return null;
  return (
    <section className={text.tight}>
      <h2 className={text.h2}>{words.patch.reason}</h2>
      {answer.advisory ? (
        <VerdictView verdict={answer.advisory} level={3} />
      ) : (
        <p className={text.paragraph}>{words.patch.reasonGone(id)}</p>
      )}
    </section>
  );
}
