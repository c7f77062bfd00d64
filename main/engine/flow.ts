// The flow behind `Engine`: facts, verdicts, plan, act, proof, over any host and any way to ask the helper.
import { ElevationFailed, patience } from '../host/elevation-failed';
import { type FirewallPolicy, type Host, type HostFactName, noObstacles, type Obstacles } from '../host/host';
import { notSaved } from '../host/saved/saved-facts';
import type { Fact, FactName, Facts, Ruleset } from '../model/facts';
import type { Journal } from '../model/journal';
import type { KeeperFact, ReasonPatch } from '../model/kept';
import type { Outcome } from '../model/outcome';
import type { Plan } from '../model/plan';
import type { Report } from '../model/report';
import type { Answer, Request } from '../model/request';
import type { Review } from '../model/review';
import type { Shield, Wish } from '../model/shield';
import type { ShieldVerdict, Verdicts } from '../model/verdicts';
import { type DoorRules, judgeDoor } from '../policy/door';
import { smbFindings } from '../smb/findings';
import type { CataloguePlaces } from './catalogue';
import { updateFiles } from './catalogue-places';
import type { ActOptions, Engine, InspectOptions, Part } from './engine';
import { journalPath, readJournal } from './journal';
import { judgeClock } from './keep';
import { patchJudge } from './patches';
import { type PlanFacts, planLift, planShield, sameShield } from './plan';
import { readRecord } from './record';
import { refusal, unknownWorkaround } from './refusal';
import { judgeShield } from './shield-verdict';
import { readKept, statusPath } from './status-file';

export type Ask = (request: Request, signal?: AbortSignal) => Promise<Answer>;

const parts: Readonly<Record<Part, readonly FactName[]>> = {
  smb: ['system', 'network', 'listeners', 'sessions', 'smb', 'servers'],
  firewall: ['system', 'network', 'listeners', 'managers', 'ruleset', 'journal', 'keeper'],
  patch: ['system', 'listeners', 'servers', 'patch'],
  shield: ['system', 'ruleset', 'journal', 'keeper'],
};

/**
 * `helper`: absolute path of the helper's script, which the keeper's schedule runs. `places`: where the catalogue of advisories lies;
 * it is read when it is first needed.
 */
export function createEngine(host: Host, ask: Ask, helper: string, places: CataloguePlaces): Engine {
  const view = rememberingView(host);
  const patches = patchJudge(host, places);
  // Asked for when it matters: on Windows it takes a program to tell.
  const needsPermission = (): boolean => host.elevation !== null && !host.elevation.isAdministrator();
  const judge = (facts: Facts): Verdicts => ({ ...judgeFacts(view, facts), patch: patches.judge(facts) });
  const readAndJudge = async (options: InspectOptions, ruleset?: Fact<Ruleset>): Promise<Report> => {
    const { only, onFact, onVerdicts, signal } = options;
    const wanted = new Set(
      Object.keys(parts).flatMap((part) => (!only || only.has(part as Part) ? parts[part as Part] : [])),
    );
    const facts: { -readonly [N in FactName]: Facts[N] } = { ...nothingAsked(host) };
    const arrived = <N extends FactName>(name: N, fact: Facts[N]): void => {
      facts[name] = fact;
      onFact?.(name, fact);
      onVerdicts?.(judge(facts));
    };
    const fromHost = new Set(
      [...wanted].filter(
        (name): name is HostFactName => name !== 'journal' && name !== 'keeper' && !(name === 'ruleset' && ruleset),
      ),
    );
    if (ruleset) arrived('ruleset', ruleset);
    const [read] = await Promise.all([
      host.readFacts(fromHost, arrived, signal),
      // Meanwhile: the answers are waited for longer than this takes.
      wanted.has('patch') ? patches.ready() : null,
      wanted.has('journal') ? journalFact(host).then((fact) => arrived('journal', fact)) : null,
      wanted.has('keeper') ? keeperFact(host, helper).then((fact) => arrived('keeper', fact)) : null,
    ]);
    const all: Facts = {
      ...read,
      journal: facts.journal,
      keeper: facts.keeper,
      ruleset: ruleset ?? read.ruleset,
    };
    return {
      schema: 'breakwater/inspect@1',
      at: host.now().toISOString(),
      simulated: host.simulated,
      ...(host.saved ? { saved: host.saved } : {}),
      facts: all,
      verdicts: judge(all),
    };
  };

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
    const { findShield } = host;
    return judgeShield({ journal, ruleset, keeper, boot: bootOf({ system }), now: host.now(), findShield });
  };
  /** As the keeper will see it. */
  const patchFor = async (reason: string): Promise<ReasonPatch> =>
    (await import('./reason-patch')).judgeReason(host, helper, reason);
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
    const facts = { host, helper, patch, sessions, managers, schedule, permission, minding: obstacles.warn };
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
      const base = { at: host.now().toISOString(), platform: host.platform, network };
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
    async updateAdvisories(from, { signal } = {}) {
      const { updateCatalogue } = await import('./catalogue-update');
      const isAdministrator = host.elevation?.isAdministrator() ?? false;
      const updated = await updateCatalogue(from, places, {
        // Records are of the real world's days, also where a PC is simulated on an earlier one.
        now: host.simulated === null ? host.now() : new Date(),
        isAdministrator,
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
        : { kind: 'refused', title: 'Nothing planned', what: 'The plan names no shield.', todo: 'Plan again.' };
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
    title: 'It could not be confirmed',
    what: 'The part that runs as administrator says it is done, but the record it keeps does not say so.',
    todo: "Look at the shield's state with permission before relying on it.",
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
    return { kind: 'refused', title: 'The request was refused', what: answer.why, todo: 'Nothing was changed.' };
  if (answer.act === 'look')
    return {
      kind: 'refused',
      title: 'Not what was asked',
      what: 'The helper only looked.',
      todo: 'Nothing was changed.',
    };
  return answer.outcome;
}

function notElevated(error: unknown): Outcome {
  if (!(error instanceof ElevationFailed))
    return {
      kind: 'unknown',
      title: 'Something went wrong',
      what: error instanceof Error ? error.message : String(error),
      todo: "Look at the shield's state before doing anything else.",
      shield: null,
    };
  const told = { what: error.message, todo: error.todo };
  if (error.reason === 'unknown') return { kind: 'unknown', title: 'No answer came back', ...told, shield: null };
  const titles = {
    denied: 'Permission was not given',
    'no-agent': 'Nobody can be asked',
    cancelled: 'Cancelled',
    'timed-out': 'Nobody answered',
    impossible: "This copy can't ask for permission",
    busy: 'Busy',
  } as const;
  return { kind: 'not-permitted', title: titles[error.reason], ...told };
}

function judgeFacts(view: RulesView, facts: Facts): Omit<Verdicts, 'patch'> {
  const shield = judgeShield({
    journal: facts.journal,
    ruleset: facts.ruleset,
    keeper: facts.keeper,
    boot: bootOf(facts),
    now: view.now(),
    findShield: view.findShield,
  });
  const rules = doorRules(view, facts);
  const findings = smbFindings(
    facts.smb.state === 'known' ? facts.smb.value : [],
    facts.servers.state === 'known' ? facts.servers.value : [],
    view.platform,
  );
  return {
    door: judgeDoor(facts, shield, rules),
    shield,
    findings,
    review: rules.review({ proto: 'tcp', port: 445 }),
  };
}

/** Rules are judged once they and the PC's addresses are there, or can't be had: not before, as it may take a second. */
function doorRules(view: RulesView, { ruleset, network, listeners }: Facts): DoorRules {
  if (ruleset.state !== 'known' || network.state === 'not-asked' || listeners.state === 'not-asked')
    return { review: () => null, passesOn: () => true };
  const policy = policyOf({ ruleset: ruleset.value, network, listeners });
  return { review: (query) => view.review(policy, query), passesOn: () => view.passesOn(ruleset.value) };
}

function policyOf(facts: {
  readonly ruleset: Ruleset;
  readonly network: Facts['network'];
  readonly listeners: Facts['listeners'];
}): FirewallPolicy {
  const known = <T>(fact: Fact<T>): T | null => (fact.state === 'known' ? fact.value : null);
  return { ruleset: facts.ruleset, network: known(facts.network), listeners: known(facts.listeners) };
}

type RulesView = Pick<Host, 'platform' | 'now' | 'findShield' | 'review' | 'passesOn'>;

/** Reads the same ruleset only once, however often the verdicts are asked for while facts arrive. */
function rememberingView(host: Host): RulesView {
  const remember = <T>(read: (ruleset: Ruleset) => T): ((ruleset: Ruleset) => T) => {
    const kept = new WeakMap<Ruleset, { readonly value: T }>();
    return (ruleset) => {
      const value = kept.get(ruleset) ?? { value: read(ruleset) };
      kept.set(ruleset, value);
      return value.value;
    };
  };
  return {
    platform: host.platform,
    now: host.now,
    findShield: remember(host.findShield),
    passesOn: remember(host.passesOn),
    review: rememberingReview(host),
  };
}

/** Judging many rules takes a while: the same ones on the same PC are judged once for each port. */
function rememberingReview(host: Host): Host['review'] {
  const kept = new WeakMap<Ruleset, { policy: FirewallPolicy; readonly reviews: Map<string, Review | null> }>();
  return (policy, query) => {
    const before = kept.get(policy.ruleset);
    const isSame = before?.policy.network === policy.network && before.policy.listeners === policy.listeners;
    const mine = before && isSame ? before : { policy, reviews: new Map<string, Review | null>() };
    kept.set(policy.ruleset, mine);
    const key = `${query.proto} ${query.port}`;
    const known = mine.reviews.get(key);
    if (known !== undefined) return known;
    const review = host.review(policy, query);
    mine.reviews.set(key, review);
    return review;
  };
}

async function newIdentity(host: Host): Promise<Pick<Shield, 'id' | 'since'>> {
  const { newShieldId } = await import('./shield-identity');
  return { id: newShieldId(), since: host.now().toISOString() };
}

const bootOf = ({ system }: Pick<Facts, 'system'>): string | null =>
  system.state === 'known' ? system.value.bootId : null;

async function journalFact(host: Host): Promise<Fact<Journal>> {
  if (host.saved) return notSaved(host.saved);
  const source = { kind: 'file', name: journalPath(host.stateFolder) } as const;
  const at = host.now().toISOString();
  try {
    return { state: 'known', value: await readJournal(host.stateFolder, host.simulated === null), source, at };
  } catch (error) {
    return { state: 'failed', why: error instanceof Error ? error.message : String(error), source, at };
  }
}

async function keeperFact(host: Host, helper: string): Promise<Fact<KeeperFact>> {
  if (host.saved) return notSaved(host.saved);
  const source = { kind: 'file', name: statusPath(host.stateFolder) } as const;
  const schedule = await host.keeping.find(helper);
  const value = { schedule, ...readKept(host.stateFolder, host.simulated === null) };
  return { state: 'known', value, source, at: host.now().toISOString() };
}

function nothingAsked(host: Host): Facts {
  const fact = {
    state: 'not-asked',
    why: 'not asked yet',
    source: { kind: 'system', name: '' },
    at: host.now().toISOString(),
  } as const;
  return {
    system: fact,
    network: fact,
    listeners: fact,
    sessions: fact,
    smb: fact,
    servers: fact,
    managers: fact,
    ruleset: fact,
    patch: fact,
    journal: fact,
    keeper: fact,
  };
}
