// What the app answers to each call of the window: the engine's flow, one act at a time.
import type { About, Planned, ShownAdvisory, VerdictsSoFar } from '../../../preload/contract';
import type { ActOptions, Planned as EnginePlanned } from '../../engine/engine';
import { parseWish } from '../../engine/shield/shield-request';
import type { Outcome } from '../../model/outcome';
import type { ShieldVerdict } from '../../model/verdicts';
import type { AppEngine } from '../worker/client';
import type { Answers, Send } from './ipc';
import { createShownPlans } from './shown-plans';

export interface Surroundings {
  readonly about: About;
  readonly send: Send;
  /** Opens an https address in the user's browser. */
  readonly openExternal: (url: string) => Promise<void>;
  /** Absolute path of the file of records that somebody chooses in the system's own window; null = none. */
  readonly chooseRecords: () => Promise<string | null>;
  /** Opens Windows Update. */
  readonly openUpdates: () => Promise<void>;
  /** Called with the shield's state whenever it was looked at. */
  readonly onShield: (shield: ShieldVerdict) => void;
  /** Milliseconds, never going back. */
  readonly clock: () => number;
}

export interface Conversation {
  readonly answers: Answers;
  /** Gives up what waits for permission; resolves when no act is under way any more. */
  finish(): Promise<void>;
}

export function converse(
  engine: AppEngine,
  { about, send, openExternal, chooseRecords, openUpdates, onShield, clock }: Surroundings,
): Conversation {
  const plans = createShownPlans(clock);
  let inspection: AbortController | null = null;
  let act: { readonly stop: AbortController; readonly ended: Promise<unknown> } | null = null;
  /** What findings and advisories that were shown refer to. */
  const references = new Set<string>();

  const inspect: Answers['pc:inspect'] = async () => {
    // A page that was loaded again starts anew; what it asked for before is stopped and no longer heard.
    inspection?.abort();
    const mine = new AbortController();
    inspection = mine;
    const heard: Send = (name, payload) => inspection === mine && send(name, payload);
    const seen = await engine.inspect({
      signal: mine.signal,
      // The engine's callback keeps name and fact together, which a union of objects says in another way.
      onFact: (name, fact) => heard('pc:fact', { name, fact } as Parameters<typeof heard<'pc:fact'>>[1]),
      onVerdicts: (verdicts) => heard('pc:verdicts', verdicts),
      onReview: (review) => heard('pc:review', review),
      onPatch: (patch) => heard('pc:patch', patch),
    });
    if (inspection === mine) inspection = null;
    take(seen.verdicts);
    return seen;
  };

  const take = ({ findings, shield }: VerdictsSoFar): void => {
    for (const { reference } of findings) references.add(reference);
    onShield(shield);
  };

  const mayOpen = ({ sources, course, workarounds }: ShownAdvisory): void => {
    for (const { url } of sources) references.add(url);
    for (const { source } of [...course, ...workarounds]) references.add(source);
  };

  /** One act at a time: a second one is refused, never queued. */
  const once = async <T>(begin: (options: ActOptions) => Promise<T>): Promise<T> => {
    if (act) throw new Error('Breakwater is busy with another change. Wait until it has ended.');
    const stop = new AbortController();
    const ended = begin({ signal: stop.signal, onStep: (step) => send('shield:step', step) });
    act = { stop, ended };
    try {
      return await ended;
    } finally {
      act = null;
    }
  };

  const change = (begin: (options: ActOptions) => Promise<Outcome>): Promise<Outcome> =>
    once(async (options) => {
      const outcome = await begin(options);
      const seen = outcome.kind === 'done' || outcome.kind === 'unknown' ? outcome.shield : null;
      if (seen) onShield(seen);
      // How the act ended must reach people even where the look after it fails.
      else await engine.status().then(({ shield }) => onShield(shield), console.error);
      return outcome;
    });

  const show = (planned: EnginePlanned): Planned => {
    if (planned.kind === 'plan') return { kind: 'plan', token: plans.keep(planned.plan), plan: planned.plan };
    if (planned.kind === 'not-permitted') return planned;
    const { title, what, todo } = planned;
    return { kind: 'refused', title, what, todo };
  };

  const answers: Answers = {
    'app:about': async () => about,
    async 'app:open-reference'(url) {
      if (!references.has(url)) throw new Error('This address is not among the references that were shown.');
      await openExternal(url);
      return undefined;
    },
    'pc:inspect': inspect,
    async 'pc:stop'() {
      inspection?.abort();
      return undefined;
    },
    'pc:look': () =>
      once(async (options) => {
        const looked = await engine.look(options);
        if ('seen' in looked) take(looked.seen.verdicts);
        return looked;
      }),
    async 'shield:plan'(form) {
      const parsed = parseWish(form, engine.now());
      if (parsed.kind === 'wish') return show(await engine.planShield(parsed.wish));
      return {
        kind: 'refused',
        title: "This can't be planned",
        what: parsed.why,
        todo: 'Please change it and try again.',
      };
    },
    'firewall:rules': (query) => engine.call('firewall:rules', query),
    'patch:check': () => engine.call('patch:check'),
    async 'advisories:find'(query) {
      const found = await engine.call('advisories:find', query);
      for (const advisory of found?.page ?? []) mayOpen(advisory);
      return found;
    },
    async 'advisories:show'(patch, id) {
      const shown = await engine.call('advisories:show', patch, id);
      if (typeof shown === 'object') mayOpen(shown);
      return shown;
    },
    async 'advisories:update'() {
      const from = await chooseRecords();
      return from === null ? null : engine.takeRecords(from);
    },
    async 'app:open-updates'() {
      await openUpdates();
      return undefined;
    },
    'shield:plan-lift': async () => show(await engine.planLift()),
    async 'shield:carry-out'(token) {
      const plan = plans.take(token);
      if (plan) return change((options) => engine.carryOut(plan, options));
      return {
        kind: 'refused',
        title: 'This plan is no longer valid',
        what: 'It was carried out already, or it is older than ten minutes. Nothing was changed.',
        todo: 'Go back and look at what will change once more.',
      };
    },
    'shield:settle': () => change((options) => engine.settle(options)),
    async 'shield:cancel'() {
      act?.stop.abort();
      return undefined;
    },
  };

  return {
    answers,
    async finish() {
      inspection?.abort();
      act?.stop.abort();
      await act?.ended.catch(() => undefined);
    },
  };
}
