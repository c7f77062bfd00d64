// Step 2: the wish, the plan, and from there the change itself.
import { Notice } from '../parts/notice';
import { useTextStyles } from '../parts/text-styles';
import { useWindow } from '../store';
import { words } from '../words';
import { PlanView } from './plan-view';
import { ShieldStatus } from './shield-status';
import { isWorthTelling } from './standing-shield';
import { WishForm } from './wish-form';

export function ShieldStep() {
  const text = useTextStyles();
  const act = useWindow((state) => state.act);
  const verdict = useWindow((state) => state.shield);
  if (act.kind === 'planned' && act.plan.kind === 'shield') return <PlanView plan={act.plan} />;
  return (
    <div className={text.parts}>
      <p className={text.paragraph}>{words.form.lead}</p>
      {isWorthTelling(verdict) ? <ShieldStatus /> : null}
      {verdict?.state === 'foreign' ? (
        <Notice tone="plain" icon="info">
          {words.form.foreign}
        </Notice>
      ) : (
        <>
          {verdict?.shield ? <h2 className={text.h2}>{words.form.change}</h2> : null}
          <WishForm shield={verdict?.shield ?? null} />
        </>
      )}
    </div>
  );
}
