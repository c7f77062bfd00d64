// What is being changed: the wish as typed, the plan shown, the one act under way, and how it ended.
import type { Outcome, Planned } from '../../preload/contract';
import { words } from '../words';
import type { Tools } from './tools';
import type { Acting, ActName } from './window-state';

interface ActingParts {
  readonly state: Acting;
  /** Takes how far the act has come. Returns the function that stops listening. */
  listen(): () => void;
}

export function createActing({ setState, getState, doorway, ask, isBusy, begin, ended }: Tools): ActingParts {
  const run = async (of: ActName, call: () => Promise<Outcome>): Promise<void> => {
    const place = begin(of);
    const outcome = await ask(words.trouble.act, words.trouble.actTodo, call);
    // What was known about the door before a change is not an answer any more, however the change ended.
    setState({ act: outcome ? ended(of, place, outcome) : { kind: 'none' }, door: null, review: null });
    if (outcome && 'shield' in outcome && outcome.shield) setState({ shield: outcome.shield });
    if (outcome?.kind === 'done') setState({ draft: null });
    await getState().check();
  };

  const plan = async (of: 'shield' | 'lift', call: () => Promise<Planned>): Promise<void> => {
    if (isBusy()) return;
    setState({ act: { kind: 'planning', of }, trouble: null });
    const planned = await ask(words.trouble.plan, words.trouble.retry, call);
    if (!planned) setState({ act: { kind: 'none' } });
    else if (planned.kind === 'plan') setState({ act: { kind: 'planned', token: planned.token, plan: planned.plan } });
    else setState({ act: { kind: 'not-planned', of, outcome: planned } });
  };

  return {
    listen: () =>
      doorway.on('shield:step', (at) => setState(({ act }) => (act.kind === 'running' ? { act: { ...act, at } } : {}))),
    state: {
      act: { kind: 'none' },
      draft: null,

      setDraft: (draft) => setState({ draft }),
      plan: (wish) => plan('shield', () => doorway.call('shield:plan', wish)),
      planLift: () => plan('lift', () => doorway.call('shield:plan-lift')),

      async carryOut() {
        const { act } = getState();
        if (act.kind !== 'planned') return;
        await run(act.plan.kind, () => doorway.call('shield:carry-out', act.token));
      },

      async settle() {
        if (!isBusy()) await run('settle', () => doorway.call('shield:settle'));
      },

      async cancel() {
        const { act } = getState();
        if (act.kind !== 'running') return;
        setState({ act: { ...act, isCancelling: true } });
        await ask(words.trouble.cancel, words.trouble.wait, () => doorway.call('shield:cancel'));
      },

      closeAct: () => setState(({ act }) => (act.kind === 'running' ? {} : { act: { kind: 'none' } })),
    },
  };
}
