// The flow behind `Engine`: facts, verdicts, plan, act, proof, over any host and any way to ask the helper.

import { ElevationFailed, patience } from '../host/elevation/elevation-failed';
import { type Host, noObstacles, type Obstacles } from '../host/host';
import type { Fact, Facts, Ruleset } from '../model/facts';
import type { Journal } from '../model/journal';
import type { ReasonPatch } from '../model/kept';
import { message } from '../model/message';
import { messageOf } from '../model/message-error';
import type { Outcome } from '../model/outcome';
import type { Plan } from '../model/plan';
import type { Report } from '../model/report';
import type { Answer, Request } from '../model/request';
import type { Shield, Wish } from '../model/shield';
import type { ShieldVerdict } from '../model/verdicts';
import type { CataloguePlaces } from './advisories/catalogue';
import { updateFiles } from './advisories/catalogue-paths';
import type { ActOptions, Engine, InspectOptions } from './engine';
import { bootOf, createInspection, policyOf } from './inspect/inspection';
import { journalFact, keeperFact } from './inspect/own-records';
import { patchJudge } from './inspect/patches';
import { rememberingView } from './inspect/rules-view';
import { judgeShield } from './inspect/shield-verdict';
import { readRecord } from './journal/state-on-record';
import { judgeClock } from './keeper/decision';
import { statusPath } from './keeper/status-file';
import { type PlanFacts, planLift, planShield, sameShield } from './shield/plan';
import { refusal, unknownWorkaround } from './shield/refusal';

export type Ask = (request: Request, signal?: AbortSignal) => Promise<Answer>;

/**
 * `helper`: absolute path of the helper's script, which the keeper's schedule runs. `places`: where the catalogue of advisories lies;
 * it is read when it is first needed.
 */
export function createEngine(host: Host, ask: Ask, helper: string, places: CataloguePlaces): Engine {
  const view = rememberingView(host);
  const patches = patchJudge(host, places);
  const records = { journal: () => journalFact(host), keeper: () => keeperFact(host, helper) };
  const readAndJudge = createInspection(host, view, records, patches);
  // Asked for when it matters: on Windows it takes a program to tell.
  const needsPermission = (): boolean => host.elevation !== null && !host.elevation.isAdministrator();
  const request = (act: 'look' | 'shield' | 'lift' | 'settle', shield?: Shield): Request => {
    const base = { version: 1, notAfter: new Date(Date.now() + patience).toISOString() } as const;
    if (act !== 'shield') return { ...base, act };
    if (!shield) throw new Error('a request for a shield needs one');
    return { ...base, act, shield };
  };

  const carryOut = async (wished: Request, { signal, onStep }: ActOptions): Promise<Outcome> => {
    onStep?.(needsPermission() ? 'asking-permission' : 'changing');
    const answer = await askForOutcome(ask, wished, signal);
    if (answer.kind !== 'done' || !needsPermission()) return answer;
    onStep?.('reading-again');
    return confirmed(answer, wished, await journalFact(host));
  };

  /** With rights, a change that was cut off is finished or undone by whatever runs next. True when that was done just now. */
  const settles = async ({ state }: ShieldVerdict): Promise<boolean> =>
    state === 'interrupted' && !needsPermission() && (await carryOut(request('settle'), {})).kind === 'done';

  const inspect = async (options: InspectOptions, ruleset?: Fact<Ruleset>): Promise<Report> => {
    const report = await readAndJudge(options, ruleset);
    return (await settles(report.verdicts.shield)) ? readAndJudge(options) : report;
  };

  const shieldNow = async (system: Facts['system'], read?: Fact<Ruleset>): Promise<ShieldVerdict> => {
    const [journal, ruleset, keeper] = await Promise.all([
      journalFact(host),
      read ?? host.readShieldRules(),
      keeperFact(host, helper),
    ]);
    const { findShield, rulesExpire } = host;
    const boot = bootOf({ system });
    return judgeShield({ journal, ruleset, keeper, boot, now: host.now(), findShield, rulesExpire });
  };
  /** As the keeper will see it. */
  const patchFor = async (reason: string): Promise<ReasonPatch> =>
    (await import('./keeper/reason-patch')).judgeReason(host, helper, reason);
  const standing = async (reason: string | null): Promise<PlanFacts & { readonly obstacles: Obstacles }> => {
    const wanted = new Set(['system', 'sessions', 'managers'] as const);
    const [{ system, sessions, managers }, schedule] = await Promise.all([
      host.readFacts(wanted, () => undefined),
      host.keeping.find(helper),
    ]);
    const permission = needsPermission() ? host.permissionQuestion : null;
    const patch = reason === null || schedule.state === 'impossible' ? null : await patchFor(reason);
    const ruleset = await host.readShieldRules();
    const obstacles = ruleset.state === 'known' ? host.obstacles(ruleset.value) : noObstacles;
    const within = (system.state === 'known' ? system.value.within : null) ?? null;
    const facts = { host, helper, patch, sessions, managers, within, schedule, permission, minding: obstacles.warn };
    return { ...facts, obstacles, standing: await shieldNow(system, ruleset) };
  };

  return {
    simulated: host.simulated,
    softwarePlaces: host.softwarePlaces ?? [],
    get cataloguePlaces() {
      return updateFiles(places);
    },
    keeperPlace: statusPath(host.stateFolder),
    now: host.now,
    inspect: (options = {}) => inspect(options),
    async look(options = {}) {
      try {
        options.onStep?.('asking-permission');
        const answer = await ask(request('look'), options.signal);
        if (answer.act !== 'look') return { outcome: toOutcome(answer) };
        const source = { kind: 'command', name: "read with permission by Breakwater's helper" } as const;
        const ruleset: Fact<Ruleset> = { state: 'known', value: answer.ruleset, source, at: host.now().toISOString() };
        return { report: await inspect({}, ruleset) };
      } catch (error) {
        return { outcome: notElevated(error) };
      }
    },
    async status() {
      const { system } = await host.readFacts(new Set(['system'] as const), () => undefined);
      const shield = await shieldNow(system);
      return { at: host.now().toISOString(), shield: (await settles(shield)) ? await shieldNow(system) : shield };
    },
    async readPolicy({ signal } = {}) {
      const wanted = new Set(['system', 'network', 'listeners', 'ruleset'] as const);
      const { network, listeners, ruleset } = await host.readFacts(wanted, () => undefined, signal);
      const base = { at: host.now().toISOString(), platform: host.platform, network, listeners };
      if (ruleset.state !== 'known') return { ...base, unread: ruleset };
      const policy = policyOf({ ruleset: ruleset.value, network, listeners });
      return {
        ...base,
        policy: { review: (query) => view.review(policy, query), saved: () => host.savePolicy(policy, signal) },
      };
    },
    advisories: async () => (await patches.ready()).read,
    async checkAdvisories(pc, { signal } = {}) {
      if (pc !== null) return (await patches.ready()).judgePc(pc);
      const wanted = new Set(['listeners', 'servers', 'patch'] as const);
      const { listeners, servers, patch } = await host.readFacts(wanted, () => undefined, signal);
      return (await patches.ready()).judgeFacts({ listeners, servers, patch });
    },
    async updateAdvisories(from, { signal, agreed = false } = {}) {
      const { updateCatalogue } = await import('./advisories/catalogue-update');
      const isAdministrator = host.elevation?.isAdministrator() ?? false;
      const updated = await updateCatalogue(from, places, {
        // Records are of the real world's days, also where a PC is simulated on an earlier one.
        now: host.simulated === null ? host.now() : new Date(),
        isAdministrator,
        agreed,
        ...(signal ? { signal } : {}),
      });
      patches.forget();
      return updated;
    },
    async planShield(wish: Wish) {
      const facts = await standing(wish.reason);
      const rules = facts.obstacles.refuse.length === 0;
      const refused = unknownWorkaround(host, wish) ?? refusal(facts.obstacles, { ...wish, rules });
      if (refused !== null) return refused;
      const { shield, state, kept } = facts.standing;
      // One that was put up by a clock which contradicts this one begins anew.
      const goesOn =
        shield !== null && state !== 'expired' && judgeClock(host.now(), shield, kept?.sureAt ?? null).wrong === null;
      const identity = goesOn ? { id: shield.id, since: shield.since } : await newIdentity(host);
      return { kind: 'plan', plan: planShield({ ...wish, rules, ...identity }, facts) };
    },
    async planLift() {
      return { kind: 'plan', plan: planLift(await standing(null)) };
    },
    async carryOut(plan: Plan, options = {}) {
      if (plan.kind === 'lift') return carryOut(request('lift'), options);
      return plan.shield
        ? carryOut(request('shield', plan.shield), options)
        : {
            kind: 'refused',
            title: message('outcome.nothing-planned'),
            what: message('outcome.nothing-planned.what'),
            todo: message('outcome.nothing-planned.todo'),
          };
    },
    settle: (options = {}) => carryOut(request('settle'), options),
  };
}

/** The helper's word is not enough where it came through a prompt: the record that only administrators can write must say so too. */
function confirmed(outcome: Extract<Outcome, { kind: 'done' }>, wished: Request, journal: Fact<Journal>): Outcome {
  const record = journal.state === 'known' ? readRecord(journal.value.entries) : null;
  const asWished =
    record !== null &&
    record.interrupted === null &&
    (wished.act === 'lift'
      ? record.standing === null
      : wished.act !== 'shield' || (record.standing !== null && sameShield(record.standing.shield, wished.shield)));
  if (asWished) return outcome;
  return {
    kind: 'unknown',
    title: message('outcome.not-confirmed'),
    what: message('outcome.not-confirmed.what'),
    todo: message('outcome.not-confirmed.todo'),
    shield: null,
  };
}

async function askForOutcome(ask: Ask, request: Request, signal?: AbortSignal): Promise<Outcome> {
  try {
    return toOutcome(await ask(request, signal));
  } catch (error) {
    return notElevated(error);
  }
}

function toOutcome(answer: Answer): Outcome {
  if (answer.act === 'refused')
    return {
      kind: 'refused',
      title: message('outcome.refused'),
      what: answer.why,
      todo: message('act.nothing-changed'),
    };
  if (answer.act === 'look' || answer.act === 'judge')
    return {
      kind: 'refused',
      title: message('outcome.not-asked'),
      what: message('outcome.not-asked.what'),
      todo: message('act.nothing-changed'),
    };
  return answer.outcome;
}

function notElevated(error: unknown): Outcome {
  if (!(error instanceof ElevationFailed))
    return {
      kind: 'unknown',
      title: message('outcome.went-wrong'),
      what: messageOf(error),
      todo: message('outcome.look-first'),
      shield: null,
    };
  const told = { what: error.message, todo: error.todo };
  if (error.reason === 'unknown')
    return { kind: 'unknown', title: message('outcome.no-answer'), ...told, shield: null };
  return { kind: 'not-permitted', title: message(`outcome.permission.${error.reason}`), ...told };
}

async function newIdentity(host: Host): Promise<Pick<Shield, 'id' | 'since'>> {
  const { newShieldId } = await import('./shield/shield-identity');
  return { id: newShieldId(), since: host.now().toISOString() };
}
