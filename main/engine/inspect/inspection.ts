// Reads a PC and judges it: this one, a simulated one, or another by what was saved of it. Nothing can be changed from here.
import type { FirewallPolicy, HostFactName, InspectedPc, Judging, SavedHost } from '../../host/host';
import { notSaved } from '../../host/saved/saved-facts';
import type { Fact, FactName, Facts, Ruleset } from '../../model/facts';
import { message } from '../../model/message';
import type { Report } from '../../model/report';
import type { Verdicts } from '../../model/verdicts';
import { type DoorRules, judgeDoor } from '../../policy/exposure';
import { smbFindings } from '../../smb/findings';
import { makeOnThisPc } from '../../smb/server-make';
import type { InspectOptions, Part } from '../engine';
import type { PatchJudge } from './patches';
import { judgeShield } from './shield-verdict';

const parts: Readonly<Record<Part, readonly FactName[]>> = {
  smb: ['system', 'network', 'listeners', 'sessions', 'smb', 'servers'],
  firewall: ['system', 'network', 'listeners', 'managers', 'ruleset', 'journal', 'keeper'],
  patch: ['system', 'listeners', 'servers', 'patch'],
  shield: ['system', 'ruleset', 'journal', 'keeper'],
};

/** What was written down on that PC, and where it was saved if it is not this one. */
export interface Records {
  journal(): Promise<Facts['journal']>;
  keeper(): Promise<Facts['keeper']>;
  readonly saved?: SavedHost['saved'];
}

/** Of another PC no journal and no background protection are saved. */
export const savedRecords = ({ saved }: SavedHost): Records => ({
  journal: async () => notSaved(saved),
  keeper: async () => notSaved(saved),
  saved,
});

/** Never rejects. `ruleset`: the rules, where they were read already. */
export type Inspect = (options: InspectOptions, ruleset?: Fact<Ruleset>) => Promise<Report>;

/** `view`: what judges the facts of `pc`. */
export function createInspection(pc: InspectedPc, view: Judging, records: Records, patches: PatchJudge): Inspect {
  const judge = (facts: Facts): Verdicts => ({ ...judgeFacts(view, facts), patch: patches.judge(facts) });
  return async (options, ruleset) => {
    const { only, onFact, onVerdicts, signal } = options;
    const wanted = new Set(
      Object.keys(parts).flatMap((part) => (!only || only.has(part as Part) ? parts[part as Part] : [])),
    );
    const facts: { -readonly [N in FactName]: Facts[N] } = { ...nothingAsked(pc) };
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
      pc.readFacts(fromHost, arrived, signal),
      // Meanwhile: the answers are waited for longer than this takes.
      wanted.has('patch') ? patches.ready() : null,
      wanted.has('journal') ? records.journal().then((fact) => arrived('journal', fact)) : null,
      wanted.has('keeper') ? records.keeper().then((fact) => arrived('keeper', fact)) : null,
    ]);
    const all: Facts = {
      ...read,
      journal: facts.journal,
      keeper: facts.keeper,
      ruleset: ruleset ?? read.ruleset,
    };
    return {
      schema: 'breakwater/inspect@1',
      at: pc.now().toISOString(),
      simulated: pc.simulated,
      ...(records.saved ? { saved: records.saved } : {}),
      facts: all,
      verdicts: judge(all),
    };
  };
}

function judgeFacts(view: Judging, facts: Facts): Omit<Verdicts, 'patch'> {
  const shield = judgeShield({
    journal: facts.journal,
    ruleset: facts.ruleset,
    keeper: facts.keeper,
    boot: bootOf(facts),
    now: view.now(),
    findShield: view.findShield,
    rulesExpire: view.rulesExpire,
  });
  const rules = doorRules(view, facts);
  const servers = facts.servers.state === 'known' ? facts.servers.value : [];
  const listeners = facts.listeners.state === 'known' ? facts.listeners.value : [];
  const findings = smbFindings(facts.smb.state === 'known' ? facts.smb.value : [], servers, (answer) =>
    makeOnThisPc(answer, { platform: view.platform, listeners, servers }),
  );
  return {
    door: judgeDoor(facts, shield, rules),
    shield,
    findings,
    review: rules.review({ proto: 'tcp', port: 445 }),
  };
}

/** Rules are judged once they and the PC's addresses are there, or can't be had: not before, as it may take a second. */
function doorRules(view: Judging, { ruleset, network, listeners }: Facts): DoorRules {
  if (ruleset.state !== 'known' || network.state === 'not-asked' || listeners.state === 'not-asked')
    return { review: () => null, passesOn: () => true };
  const policy = policyOf({ ruleset: ruleset.value, network, listeners });
  return { review: (query) => view.review(policy, query), passesOn: () => view.passesOn(ruleset.value) };
}

/** What the rules are judged with: facts that are not known are null. Pure. */
export function policyOf(facts: {
  readonly ruleset: Ruleset;
  readonly network: Facts['network'];
  readonly listeners: Facts['listeners'];
}): FirewallPolicy {
  const known = <T>(fact: Fact<T>): T | null => (fact.state === 'known' ? fact.value : null);
  return { ruleset: facts.ruleset, network: known(facts.network), listeners: known(facts.listeners) };
}

/** Which start of the PC; null = not known. */
export const bootOf = ({ system }: Pick<Facts, 'system'>): string | null =>
  system.state === 'known' ? system.value.bootId : null;

function nothingAsked(host: InspectedPc): Facts {
  const fact = {
    state: 'not-asked',
    why: message('host.fact.not-yet'),
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
