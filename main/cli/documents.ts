// The JSON documents: what `--json` prints, one shape a command. Pure.
import type { CatalogueUpdated } from '../engine/advisories/catalogue-update';
import type { Advisory, AdvisoryVerdict, Catalogue, CatalogueAge, PatchVerdict } from '../model/advisory';
import type { Fact, Facts, Ruleset } from '../model/facts';
import type { Message, Words } from '../model/message';
import type { Outcome } from '../model/outcome';
import type { Plan } from '../model/plan';
import type { Report } from '../model/report';
import type { Review } from '../model/review';
import type { SmbAnswer } from '../model/smb';
import type { Finding, ShieldVerdict } from '../model/verdicts';
import type { Doubt } from './doubts';

/** What every document begins with. */
export interface Stamp {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** The simulated PC's name, or null on a real one. */
  readonly simulated: string | null;
}

/** The report, with the firewall's rules summed up: their text can be megabytes. */
export function inspectDocument(report: Report, doubts: readonly Doubt[]): object {
  return { ...report, facts: { ...report.facts, ruleset: summarised(report.facts.ruleset) }, doubts };
}

export function statusDocument(stamp: Stamp, shield: ShieldVerdict, doubts: readonly Doubt[]): object {
  return { schema: 'breakwater/status@1', ...stamp, ...shield, doubts };
}

export function planDocument(stamp: Stamp, plan: Plan): object {
  return { schema: 'breakwater/plan@1', ...stamp, plan };
}

export function outcomeDocument(stamp: Stamp, act: Plan['kind'], outcome: Outcome): object {
  return { schema: 'breakwater/outcome@1', ...stamp, act, outcome };
}

/** One address of the host. unknown = other firewall rules decide (simulated PCs only). */
export interface ProbedAddress {
  readonly address: string;
  readonly connection: 'accepted' | 'refused' | 'silent' | 'unreachable' | 'forbidden' | 'unknown';
  /** null = there was nobody to ask. */
  readonly smb: SmbAnswer | null;
}

export interface ProbeDocument extends Stamp {
  readonly schema: 'breakwater/probe@1';
  readonly host: string;
  readonly port: number;
  /** open = a connection was taken; shut = refused or silence, from here; unknown = could not be told. */
  readonly door: 'open' | 'shut' | 'unknown';
  readonly because: readonly Message[];
  readonly addresses: readonly ProbedAddress[];
  readonly findings: readonly Finding[];
  readonly doubts: readonly Doubt[];
}

/** Who may connect in. `reach` is never too small: what can't be judged is counted as let through and named in `unsure`. */
export interface ReviewDocument extends Stamp, Review {
  readonly schema: 'breakwater/review@1';
  readonly query: ReviewedQuery;
}

interface ReviewedQuery {
  readonly direction: 'in';
  readonly proto: 'tcp' | 'udp';
  readonly port: number;
}

export function reviewDocument(stamp: Stamp, query: ReviewedQuery, { source, ...review }: Review): ReviewDocument {
  return { schema: 'breakwater/review@1', ...stamp, source, query, ...review };
}

/** What is left of a ruleset in a document; `bytes` and counts are of the text as the platform's tool printed it. */
type RulesetSummary =
  | {
      readonly kind: 'nftables';
      readonly whole: boolean;
      readonly bytes: number;
      readonly tables: number;
      readonly chains: number;
      readonly rules: number;
      readonly shieldTable: boolean;
      readonly legacyTables: readonly string[] | null;
      /** Which other listings were read. */
      readonly beside: readonly string[];
      readonly torn: boolean;
    }
  | {
      readonly kind: 'windows';
      readonly bytes: number;
      /** What was read, by its name. */
      readonly registry: readonly string[];
    }
  | Extract<Ruleset, { kind: 'simulated' }>;

function summarised(fact: Facts['ruleset']): Fact<RulesetSummary> {
  return fact.state === 'known' ? { ...fact, value: summary(fact.value) } : fact;
}

function summary(ruleset: Ruleset): RulesetSummary {
  if (ruleset.kind === 'simulated') return ruleset;
  if (ruleset.kind === 'windows') {
    const { kind, registry } = ruleset;
    const bytes = registry.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    return { kind, bytes, registry: registry.map(({ name }) => name) };
  }
  const { json, whole, shieldText, legacyTables, beside, torn } = ruleset;
  // Inside a JSON string the quotes would be escaped, so these are objects of the list (libnftables-json(5)).
  const count = (kind: string): number => json.split(new RegExp(`\\{"${kind}":\\s*\\{`)).length - 1;
  return {
    kind: 'nftables',
    whole,
    bytes: Buffer.byteLength(json),
    tables: count('table'),
    chains: count('chain'),
    rules: count('rule'),
    shieldTable: shieldText !== null,
    legacyTables,
    beside: Object.entries(beside ?? {}).flatMap(([name, text]) => (text ? [name] : [])),
    torn,
  };
}

/** Whether a PC is patched for each hole. */
export interface AdvisoriesDocument extends Stamp {
  readonly schema: 'breakwater/advisories@1';
  readonly verdicts: readonly AdvisoryVerdict[];
  readonly catalogue: CatalogueAge | null;
  /** What stands in the way of judging. */
  readonly problems: readonly Words[];
  readonly doubts: readonly Doubt[];
}

export function advisoriesDocument(
  stamp: Stamp,
  { verdicts, catalogue, problems }: PatchVerdict,
  doubts: readonly Doubt[],
): AdvisoriesDocument {
  const ordered = verdicts.map(({ id, state, because, fixedIn, knownExploited, ...more }) => ({
    id,
    state,
    because,
    fixedIn,
    knownExploited,
    ...more,
  }));
  return { schema: 'breakwater/advisories@1', ...stamp, verdicts: ordered, catalogue, problems, doubts };
}

export function catalogueDocument(
  stamp: Stamp,
  { advisories, updates, problems }: Catalogue,
  age: CatalogueAge,
  doubts: readonly Doubt[],
): object {
  const listed = advisories.map(({ id, title, published, reach, course, knownExploited, sources }) => ({
    id,
    title,
    published,
    reach,
    course,
    knownExploited,
    sources,
  }));
  return {
    schema: 'breakwater/advisory-list@1',
    ...stamp,
    catalogue: { ...age, updates, problems },
    advisories: listed,
    doubts,
  };
}

export function advisoryDocument(stamp: Stamp, advisory: Advisory, doubts: readonly Doubt[]): object {
  return { schema: 'breakwater/advisory@1', ...stamp, advisory, doubts };
}

export function updatedDocument(stamp: Stamp, updated: CatalogueUpdated): object {
  return { schema: 'breakwater/advisories-update@1', ...stamp, ...updated };
}
