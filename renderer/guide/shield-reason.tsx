// What the shield is up for, and whether this PC is patched against that: by the catalogue, and by the keeper, who sees which servers run.
import { VerdictView } from '../advisories/advisory-view';
import { useTextStyles } from '../parts/text-styles';
import { say } from '../say';
import type { ReasonShown } from '../state/window-state';
import { useWindow } from '../store';
import { words } from '../words';
import { standingShield } from './standing-shield';

export function ShieldReason() {
  const text = useTextStyles();
  const reason = useWindow((state) => state.reason);
  const byKeeper = useWindow(({ shield }) => (standingShield(shield) ? (shield?.kept?.patch ?? null) : null));
  if (reason === null || reason.found === 'outdated') return null;
  return (
    <section className={text.tight}>
      <h2 className={text.h2}>{words.patch.reason}</h2>
      <Found reason={reason} />
      {byKeeper && byKeeper.because.length > 0 && byKeeper.because.join(' ') !== becauseOf(reason) ? (
        <p className={text.paragraph}>{words.patch.byKeeper(byKeeper.because.join(' '))}</p>
      ) : null}
    </section>
  );
}

/** What is told above already; null = nothing is. */
const becauseOf = ({ found }: ReasonShown): string | null =>
  typeof found === 'object' && found !== null ? say(found.because) : null;

function Found({ reason: { reason, found } }: { readonly reason: ReasonShown }) {
  const text = useTextStyles();
  if (typeof found === 'object' && found !== null) return <VerdictView verdict={found} />;
  return (
    <p className={text.paragraph}>
      {found === 'none' ? words.patch.reasonGone(reason) : words.patch.reasonFailed(reason)}
    </p>
  );
}
