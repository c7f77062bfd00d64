// The details page as data: every fact with its state, source and time, as tables of plain text that can be filtered. Pure.
import type { CutText, DoorVerdict, Fact, FactName, Finding, SeenFacts, ShieldVerdict } from '../../preload/contract';
import { untilWords } from '../guide/shield-end-words';
import { say, shown } from '../say';
import { toSecond } from '../times';
import { words } from '../words';
import {
  bindings,
  connections,
  interfaces,
  journal,
  managers,
  routes,
  rulesetTables,
  rulesetTexts,
  serverTables,
  smbTables,
  system,
} from './fact-tables';
import { keeperTables } from './keeper-tables';
import { labels } from './labels';
import { patchTables } from './patch-tables';

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface LongText extends CutText {
  readonly caption: string;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  /** null for what was judged, not read. */
  readonly fact: {
    readonly state: Fact<unknown>['state'] | 'waiting';
    readonly why: string | null;
    readonly source: string | null;
    readonly at: string | null;
  } | null;
  readonly tables: readonly Table[];
  readonly texts: readonly LongText[];
}

export interface Known {
  readonly facts: Partial<SeenFacts>;
  readonly door: DoorVerdict | null;
  readonly shield: ShieldVerdict | null;
  readonly findings: readonly Finding[];
}

export function sectionsOf({ facts, door, shield, findings }: Known): readonly Section[] {
  return [
    judged('verdicts', labels.verdicts, [doorTable(door), shieldTable(shield)]),
    judged('findings', labels.findings, [findingTable(findings)]),
    section('system', facts.system, (value) => [system(value)]),
    section('network', facts.network, (value) => [interfaces(value), ...routes(value)]),
    section('listeners', facts.listeners, (value) => [bindings(value)]),
    section('sessions', facts.sessions, (value) => [connections(value)]),
    section('smb', facts.smb, smbTables),
    section('servers', facts.servers, serverTables),
    section('managers', facts.managers, (value) => [managers(value)]),
    section('ruleset', facts.ruleset, rulesetTables, rulesetTexts),
    section('patch', facts.patch, patchTables),
    section('journal', facts.journal, (value) => [journal(value)]),
    section('keeper', facts.keeper, keeperTables),
  ];
}

/** Only the rows that contain the text, and only the sections that keep any; empty text keeps all. */
export function filterSections(sections: readonly Section[], text: string): readonly Section[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return sections;
  const has = (value: string | null): boolean => value?.toLowerCase().includes(wanted) ?? false;
  return sections.flatMap((section) => {
    if (has(section.title)) return [section];
    const tables = section.tables
      .map((table) => (has(table.caption) ? table : { ...table, rows: table.rows.filter((row) => row.some(has)) }))
      .filter((table) => table.rows.length > 0);
    const texts = section.texts.filter((long) => has(long.text) || has(long.caption));
    const isNamed = has(section.fact?.why ?? null) || has(section.fact?.source ?? null);
    return tables.length > 0 || texts.length > 0 || isNamed ? [{ ...section, tables, texts }] : [];
  });
}

export const rowCount = (sections: readonly Section[]): number =>
  sections.flatMap(({ tables }) => tables).reduce((count, table) => count + table.rows.length, 0);

function section<T>(
  name: FactName,
  fact: Fact<T> | undefined,
  tables: (value: T) => readonly Table[],
  texts: (value: T) => readonly LongText[] = () => [],
): Section {
  const title = labels.title[name];
  if (!fact)
    return { id: name, title, fact: { state: 'waiting', why: null, source: null, at: null }, tables: [], texts: [] };
  const isKnown = fact.state === 'known';
  return {
    id: name,
    title,
    fact: {
      state: fact.state,
      why: isKnown ? null : say(fact.why),
      source: `${labels.sourceKind[fact.source.kind]}: ${shown(fact.source.name)}`,
      at: fact.at,
    },
    tables: isKnown ? tables(fact.value) : [],
    texts: isKnown ? texts(fact.value) : [],
  };
}

const judged = (id: string, title: string, tables: readonly Table[]): Section => ({
  id,
  title,
  fact: null,
  tables,
  texts: [],
});

function doorTable(door: DoorVerdict | null): Table {
  const { columns, captions } = labels;
  return {
    caption: captions.door,
    columns: [columns.what, columns.value],
    rows: door
      ? [
          [columns.state, door.state],
          ...door.because.map((line) => [columns.because, say(line)]),
          ...door.exposures.map((exposure) => [
            captions.exposure,
            `${exposure.protocol} ${exposure.address} port ${exposure.port}, ${exposure.interface}, ${exposure.subnet}, ${say(exposure.listener)}: ${exposure.state}`,
          ]),
        ]
      : [],
  };
}

function shieldTable(verdict: ShieldVerdict | null): Table {
  const { columns, captions } = labels;
  const shield = verdict?.shield ?? null;
  const counted = verdict?.counted ?? null;
  return {
    caption: captions.shield,
    columns: [columns.what, columns.value],
    rows: verdict
      ? [
          [columns.state, verdict.state],
          ...(shield
            ? [
                [captions.id, shield.id],
                [words.shield.since, toSecond(shield.since)],
                ...(verdict.end === null
                  ? []
                  : [[words.shield.until, untilWords(verdict.end, shield.reason, toSecond)]]),
                [words.shield.reason, shield.reason ?? words.shield.noReason],
                [
                  words.shield.exceptions,
                  [...shield.allow.ipv4, ...shield.allow.ipv6].join(', ') || words.shield.nobody,
                ],
                [words.shield.outbound, shield.outbound ? words.shield.outboundBlocked : words.shield.outboundFree],
              ]
            : []),
          [words.shield.provedAt, verdict.provedAt === null ? words.shield.never : toSecond(verdict.provedAt)],
          ...verdict.because.map((line) => [columns.because, say(line)]),
          ...(counted
            ? [
                [
                  captions.counted,
                  words.shield.attemptsTotal(counted.blocked, counted.allowed, counted.outboundBlocked),
                ],
                ...counted.attempts.map(({ address, packets }) => [words.shield.attempts, `${address}: ${packets}`]),
              ]
            : []),
        ]
      : [],
  };
}

function findingTable(findings: readonly Finding[]): Table {
  const { columns } = labels;
  return {
    caption: labels.findings,
    columns: [columns.severity, columns.id, columns.what, columns.because, columns.reference],
    rows: findings.map((finding) => [
      words.severity[finding.severity],
      finding.id,
      `${say(finding.title)} ${say(finding.detail)}`,
      say(finding.because),
      finding.reference,
    ]),
  };
}
