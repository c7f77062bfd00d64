// Advisories and verdicts on patches for people. Pure.

import type { CatalogueUpdated } from '../../engine/advisories/catalogue-update';
import type {
  Advisory,
  AdvisoryVerdict,
  AttackStage,
  Catalogue,
  CatalogueAge,
  KnownExploited,
  PatchVerdict,
} from '../../model/advisory';
import { type Message, message, messageKey, type Words } from '../../model/message';
import { dayOfRecord } from '../../patch/record-day';
import type { Doubt } from '../doubts';
import type { Page, Tone } from './layout';

const stateTones: Readonly<Record<AdvisoryVerdict['state'], Tone>> = {
  vulnerable: 'bad',
  unknown: 'warning',
  patched: 'good',
  'not-affected': 'dim',
};

const stageWord = (stage: AttackStage): Message => message(`page.stage.${stage}`);

/** Vulnerable ones, ones that could not be told, and how many are patched or not affected. */
export function sortedPatches({ verdicts }: PatchVerdict): {
  readonly vulnerable: readonly AdvisoryVerdict[];
  readonly untold: readonly AdvisoryVerdict[];
  readonly fixed: number;
} {
  const vulnerable = verdicts.filter(({ state }) => state === 'vulnerable');
  const untold = verdicts.filter(({ state }) => state === 'unknown');
  return { vulnerable, untold, fixed: verdicts.length - vulnerable.length - untold.length };
}

/** The answer first, then each hole that is not patched, then the rest in one line each. */
export function layPatches(page: Page, patches: PatchVerdict, subject: Message, doubts: readonly Doubt[]): void {
  const { verdicts } = patches;
  const sorted = sortedPatches(patches);
  const vulnerable = sorted.vulnerable.length;
  const counts = { vulnerable, unknown: sorted.untold.length, all: verdicts.length };
  page.say(answerOf(counts, subject, doubts), {
    tone: vulnerable > 0 ? 'bad' : doubts.length > 0 ? 'warning' : 'good',
  });
  // Those of single holes stand below, with each.
  for (const { code, says } of doubts) if (code !== 'advisory') page.say(says, { indent: 2, tone: 'warning' });
  for (const verdict of [...sorted.vulnerable, ...sorted.untold]) layVerdict(page, verdict);
  layRest(page, verdicts, 'patched');
  layRest(page, verdicts, 'not-affected');
}

/** "PATCHED" only where the answer has no doubt, as the exit code has it. */
function answerOf(
  { vulnerable, unknown, all }: { readonly vulnerable: number; readonly unknown: number; readonly all: number },
  subject: Message,
  doubts: readonly Doubt[],
): Message {
  const fixed = all - unknown;
  if (all === 0) return message('page.patched.not-known', { subject });
  if (vulnerable > 0)
    return unknown > 0
      ? message('page.patched.vulnerable-and-unknown', { subject, vulnerable, all, unknown })
      : message('page.patched.vulnerable', { subject, vulnerable, all });
  if (doubts.some(({ code }) => code === 'advisory'))
    return message('page.patched.unknown-for', { subject, unknown, all });
  if (doubts.length > 0) return message('page.patched.doubtful', { subject, fixed, all });
  return unknown > 0
    ? message('page.patched.but-others', { subject, fixed, all })
    : message('page.patched.all', { subject, all });
}

function layVerdict(
  page: Page,
  { id, title, state, because, remedy, reach, stage, knownExploited }: AdvisoryVerdict,
): void {
  const word = message(`page.verdict.${state}`);
  page.gap();
  page.say(message('page.verdict-line', { state: word, id, title }), {
    tone: stateTones[state],
    indent: 2,
    hang: page.widthOf(word) + 2,
  });
  page.say(because, { indent: 6 });
  if (remedy) page.say(message('page.install', { remedy }), { indent: 6 });
  page.say(reach.says, { indent: 6, tone: 'dim' });
  if (knownExploited) page.say(message('page.course.exploited'), { indent: 6, tone: 'dim' });
  else if (stage) page.say(message('page.course.so-far', { stage: stageWord(stage) }), { indent: 6, tone: 'dim' });
}

function layRest(page: Page, verdicts: readonly AdvisoryVerdict[], state: 'patched' | 'not-affected'): void {
  const own = verdicts.filter((one) => one.state === state);
  if (own.length === 0) return;
  page.heading(message(`page.heading.${state}`));
  page.table(own.map(({ id, because }) => [id, because]));
}

export function layCatalogue(page: Page, { advisories, updates, problems }: Catalogue, age: CatalogueAge): void {
  page.say(ageSentence(age), { tone: age.tooOld || age.days === null ? 'warning' : 'plain' });
  for (const { scope, at, from, records } of updates)
    page.say(message(`page.update.${scope}`, { at, from, records }), { indent: 2 });
  for (const problem of problems) page.say(problem, { indent: 2, tone: 'warning' });
  page.gap();
  page.table(
    advisories.map(({ id, title, knownExploited, reach }) => [
      id,
      message(`page.reach.${reach.kind}`),
      knownExploited ? message('page.exploited') : '',
      title,
    ]),
    (row) => (advisories[row]?.knownExploited ? 'strong' : 'plain'),
  );
}

function ageSentence({ asOf, days, tooOld, advisories }: CatalogueAge): Message {
  const day = asOf.slice(0, 10);
  if (days === null)
    return day ? message('page.age.clock', { advisories, day }) : message('page.age.clock-no-day', { advisories });
  const age = message('page.age', { advisories, day, days });
  return tooOld ? message('page.age.too-old', { age }) : age;
}

export function layAdvisory(page: Page, advisory: Advisory): void {
  const { id, title, summary, reach, sources, workarounds, course, knownExploited } = advisory;
  page.say(`${id}  ${title}`, { tone: 'strong' });
  if (summary) page.say(summary, { indent: 2 });
  page.heading(message('page.heading.reached'));
  page.say(reach.says, { indent: 2 });
  page.table([
    [message('page.label.incoming'), message(`page.block.${reach.inboundBlock}`)],
    [message('page.label.outgoing-shut'), message(`page.block.${reach.outboundBlock}`)],
  ]);
  page.heading(message('page.heading.fixes'));
  const fixes = fixesOf(advisory);
  if (fixes.length === 0) page.say(message('page.no-fix'), { indent: 2, tone: 'warning' });
  page.table(fixes);
  if (workarounds.length > 0) page.heading(message('page.heading.workarounds'));
  for (const { what, source } of workarounds) {
    page.bullet(what);
    page.say(source, { indent: 4, tone: 'dim' });
  }
  page.heading(message('page.heading.course'));
  page.table(course.map(({ stage, date, source }) => [date ?? message('page.day-not-told'), stageWord(stage), source]));
  if (knownExploited) page.say(exploitedSentence(knownExploited), { indent: 2, tone: 'bad' });
  page.heading(message('page.heading.records'));
  page.table(
    sources.map(({ id: record, by, modified, url, format }) => [
      format === 'note' ? message('page.our-note') : record,
      by === 'ours' && format !== 'note' ? message('page.our-supplement') : (modified?.slice(0, 10) ?? ''),
      format === 'note' ? '' : url,
    ]),
  );
}

function exploitedSentence({ since, due, ransomware }: KnownExploited): Message {
  return message('page.sentences', {
    sentences: [
      message('page.cisa', { since }),
      ...(due === null ? [] : [message('page.cisa.due', { due })]),
      ...(ransomware === 'known' ? [message('page.cisa.ransomware')] : []),
    ],
  });
}

/** One row a build or release: with the first fixed version, or what is said instead. */
function fixesOf(advisory: Advisory): readonly (readonly Words[])[] {
  const { windows, upstream } = advisory;
  const builds = new Map<string, Words>();
  for (const { build, below, updates } of windows) builds.set(build, below ?? message('page.updates-or', { updates }));
  return [
    ...[...builds].map(([build, fixed]) => [message('page.windows-build', { build }), fixed]),
    ...packageRows(advisory),
    ...(upstream && upstream.fixed.length > 0
      ? [[message('page.upstream-itself', { product: upstream.product }), upstream.fixed.join(', ')]]
      : []),
  ];
}

/** What the same version fixes in the same release is one row. */
function packageRows(advisory: Advisory): readonly (readonly Words[])[] {
  const rows = new Map<string, { readonly release: string; readonly fixed: Message; readonly names: Set<string> }>();
  for (const { ecosystem, name, stretches, record } of advisory.packages) {
    const day = dayOfRecord(advisory, record);
    const open = day === undefined ? message('page.not-fixed-then') : message('page.not-fixed-by', { day });
    const fixed =
      stretches.length === 0
        ? message('page.never-affected')
        : message('page.list', { items: stretches.map((one) => one.fixed ?? open) });
    const key = `${ecosystem} ${messageKey(fixed)}`;
    const row = rows.get(key) ?? { release: ecosystem.replaceAll(':', ' '), fixed, names: new Set() };
    rows.set(key, row);
    row.names.add(name);
  }
  return [...rows.values()].map(({ release, fixed, names }) => [
    message('page.release-packages', { release, packages: inShort([...names]) }),
    fixed,
  ]);
}

/** Of many names, the one that most of the others begin with. */
function inShort(names: readonly string[]): Message {
  if (names.length <= 3) return message('page.list', { items: names });
  const followers = (name: string): number => names.filter((other) => other.startsWith(`${name}-`)).length;
  const [lead = ''] = [...names].sort((a, b) => followers(b) - followers(a));
  return message('page.packages-and-others', { lead, count: names.length - 1 });
}

export function layUpdated(
  page: Page,
  { scope, path, added, replaced, kept, refused, withdrawn, heldBack }: CatalogueUpdated,
): void {
  const changed = added.length + replaced.length;
  page.say(
    changed === 0
      ? message('page.updated.nothing')
      : message('page.updated', { added: added.length, replaced: replaced.length }),
    { tone: 'good' },
  );
  page.table([
    ...(kept > 0 ? [[message('page.label.left'), message('page.updated.kept', { count: kept })]] : []),
    ...(withdrawn.length > 0 ? [[message('page.label.withdrawn'), withdrawn.slice(0, 20).join(', ')]] : []),
    ...(changed > 0 ? [[message('page.label.kept-in'), path]] : []),
  ]);
  if (scope === 'user' && changed > 0) page.say(message('page.updated.for-you'), { indent: 2 });
  if (heldBack.length > 0) {
    page.heading(message('page.heading.held-back'));
    for (const { name, why } of heldBack.slice(0, 40)) page.bullet(message('page.named', { name, why }), 'warning');
    page.more(heldBack.length - 40);
    page.say(message('page.updated.held-back'), { indent: 2 });
  }
  if (refused.length === 0) return;
  page.heading(message('page.heading.refused'));
  for (const { name, why } of refused.slice(0, 40)) page.bullet(message('page.named', { name, why }), 'warning');
  page.more(refused.length - 40);
}
