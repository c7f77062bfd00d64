// Says no to a shield that would have no effect.
import type { Obstacles } from '../host/host';
import type { Outcome } from '../model/outcome';

/** null = it would have an effect. */
export function refusal({ refuse, instead }: Obstacles): Extract<Outcome, { kind: 'refused' }> | null {
  if (refuse.length === 0) return null;
  return {
    kind: 'refused',
    title: 'A shield would have no effect here',
    what: refuse.join(' '),
    todo: `Nothing was changed. ${instead ?? ''}`.trim(),
  };
}
