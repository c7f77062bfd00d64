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
import { dayOfRecord } from '../../patch/record-day';
import type { Doubt } from '../doubts';
import type { Page, Tone } from './layout';
import { time } from './words';

const stateWord: Readonly<Record<AdvisoryVerdict['state'], { readonly text: string; readonly tone: Tone }>> = {
  vulnerable: { text: 'VULNERABLE', tone: 'bad' },
  unknown: { text: 'NOT KNOWN', tone: 'warning' },
  patched: { text: 'PATCHED', tone: 'good' },
  'not-affected': { text: 'NOT AFFECTED', tone: 'dim' },
};

const stageWord: Readonly<Record<AttackStage, string>> = {
  published: 'published',
  'patch-out': 'a patch is out',
  'exploit-public': 'an exploit is public',
  'scanning-seen': 'scanning was seen',
  'known-exploited': 'known to be exploited',
};

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
export function layPatches(page: Page, patches: PatchVerdict, subject: string, doubts: readonly Doubt[]): void {
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
  layRest(page, verdicts, 'patched', 'Patched');
  layRest(page, verdicts, 'not-affected', 'Not affected');
}

/** "PATCHED" only where the answer has no doubt, as the exit code has it. */
function answerOf(
  { vulnerable, unknown, all }: { readonly vulnerable: number; readonly unknown: number; readonly all: number },
  subject: string,
  doubts: readonly Doubt[],
): string {
  if (all === 0) return `NOT KNOWN: whether ${subject} is patched.`;
  const untold = unknown > 0 ? ` Of ${unknown} more it could not be told.` : '';
  if (vulnerable > 0) return `VULNERABLE: ${subject} is not patched for ${vulnerable} of ${all} known holes.${untold}`;
  if (doubts.some(({ code }) => code === 'advisory'))
    return `NOT KNOWN for ${unknown} of ${all} holes; ${subject} is patched for, or not affected by, the others.`;
  if (doubts.length > 0)
    return `NOT KNOWN: ${subject} is patched for, or not affected by, ${all - unknown} of ${all} holes in the catalogue, and there may be others.`;
  if (unknown > 0)
    return `PATCHED: ${subject} is patched for, or not affected by, ${all - unknown} of ${all} holes in the catalogue. The others are not reached through TCP 445 of this PC as it is, and of those it could not be told.`;
  return `PATCHED: ${subject} is patched for, or not affected by, all ${all} holes in the catalogue.`;
}

function layVerdict(
  page: Page,
  { id, title, state, because, remedy, reach, stage, knownExploited }: AdvisoryVerdict,
): void {
  const { text, tone } = stateWord[state];
  page.gap();
  page.say(`${text}  ${id}  ${title}`, { tone, indent: 2, hang: text.length + 2 });
  page.say(because, { indent: 6 });
  if (remedy) page.say(`Install: ${remedy}`, { indent: 6 });
  page.say(reach.says, { indent: 6, tone: 'dim' });
  const course = knownExploited ? 'Known to be exploited (CISA).' : stage ? `So far: ${stageWord[stage]}.` : '';
  if (course) page.say(course, { indent: 6, tone: 'dim' });
}

function layRest(
  page: Page,
  verdicts: readonly AdvisoryVerdict[],
  state: AdvisoryVerdict['state'],
  title: string,
): void {
  const own = verdicts.filter((one) => one.state === state);
  if (own.length === 0) return;
  page.heading(title);
  page.table(own.map(({ id, because }) => [id, because]));
}

export function layCatalogue(page: Page, { advisories, updates, problems }: Catalogue, age: CatalogueAge): void {
  page.say(ageSentence(age), { tone: age.tooOld || age.days === null ? 'warning' : 'plain' });
  for (const { scope, at, from, records } of updates)
    page.say(
      `Update of ${time(at)} from ${from}, ${records} records, ${scope === 'system' ? 'for everybody' : 'for you alone'}.`,
      { indent: 2 },
    );
  for (const problem of problems) page.say(problem, { indent: 2, tone: 'warning' });
  page.gap();
  page.table(
    advisories.map(({ id, title, knownExploited, reach }) => [
      id,
      reachWord[reach.kind],
      knownExploited ? 'exploited' : '',
      title,
    ]),
    (row) => (advisories[row]?.knownExploited ? 'strong' : 'plain'),
  );
}

function ageSentence({ asOf, days, tooOld, advisories }: CatalogueAge): string {
  const day = asOf.slice(0, 10);
  if (days === null)
    return `${advisories} advisories; the newest record is of ${day || 'no known day'}. This PC's clock is earlier than that.`;
  const old = tooOld ? ' That is too old to trust: holes published since are not in it. Update it.' : '';
  return `${advisories} advisories; the newest record is of ${day}, ${days} day${days === 1 ? '' : 's'} ago.${old}`;
}

const reachWord = { server: 'the door', client: 'outgoing', elsewhere: 'elsewhere', unknown: 'not known' } as const;

const blockWord = {
  closes: 'shuts it',
  partly: 'shuts one way of several',
  no: 'does not help',
  unknown: 'it is not known whether it helps',
} as const;

export function layAdvisory(page: Page, advisory: Advisory): void {
  const { id, title, summary, reach, sources, workarounds, course, knownExploited } = advisory;
  page.say(`${id}  ${title}`, { tone: 'strong' });
  if (summary) page.say(summary, { indent: 2 });
  page.heading('How it is reached');
  page.say(reach.says, { indent: 2 });
  page.table([
    ['Incoming SMB shut', blockWord[reach.inboundBlock]],
    ['Outgoing SMB shut', blockWord[reach.outboundBlock]],
  ]);
  page.heading('What fixes it');
  const fixes = fixesOf(advisory);
  if (fixes.length === 0) page.say('No fixed version could be confirmed.', { indent: 2, tone: 'warning' });
  page.table(fixes);
  if (workarounds.length > 0) page.heading("Its publisher's workarounds");
  for (const { what, source } of workarounds) {
    page.bullet(what);
    page.say(source, { indent: 4, tone: 'dim' });
  }
  page.heading('The course of the attack');
  page.table(course.map(({ stage, date, source }) => [date ?? 'day not told', stageWord[stage], source]));
  if (knownExploited) page.say(exploitedSentence(knownExploited), { indent: 2, tone: 'bad' });
  page.heading('Records');
  page.table(
    sources.map(({ id: record, by, modified, url, format }) => [
      format === 'note' ? "Breakwater's note" : record,
      by === 'ours' && format !== 'note' ? "Breakwater's supplement" : (modified?.slice(0, 10) ?? ''),
      format === 'note' ? '' : url,
    ]),
  );
}

function exploitedSentence({ since, due, ransomware }: KnownExploited): string {
  const agencies = due === null ? '' : ` The deadline for US agencies to mend it: ${due}.`;
  const used = ransomware === 'known' ? ' Ransomware uses it.' : '';
  return `In CISA's catalogue of known exploited holes since ${since}.${agencies}${used}`;
}

/** One row a build or release: with the first fixed version, or what is said instead. */
function fixesOf(advisory: Advisory): readonly (readonly string[])[] {
  const { windows, upstream } = advisory;
  const builds = new Map<string, string>();
  for (const { build, below, updates } of windows) builds.set(build, below ?? updates.join(' or '));
  return [
    ...[...builds].map(([build, fixed]) => [`Windows ${build}`, fixed]),
    ...packageRows(advisory),
    ...(upstream && upstream.fixed.length > 0 ? [[`${upstream.product} itself`, upstream.fixed.join(', ')]] : []),
  ];
}

/** What the same version fixes in the same release is one row. */
function packageRows(advisory: Advisory): readonly (readonly string[])[] {
  const rows = new Map<string, { readonly release: string; readonly fixed: string; readonly names: Set<string> }>();
  for (const { ecosystem, name, stretches, record } of advisory.packages) {
    const open = `not fixed by ${dayOfRecord(advisory, record) ?? 'then'}`;
    const fixed = stretches.length === 0 ? 'never affected' : stretches.map((one) => one.fixed ?? open).join(', ');
    const key = `${ecosystem} ${fixed}`;
    const row = rows.get(key) ?? { release: ecosystem.replaceAll(':', ' '), fixed, names: new Set() };
    rows.set(key, row);
    row.names.add(name);
  }
  return [...rows.values()].map(({ release, fixed, names }) => [`${release} ${inShort([...names])}`, fixed]);
}

/** Of many names, the one that most of the others begin with. */
function inShort(names: readonly string[]): string {
  if (names.length <= 3) return names.join(', ');
  const followers = (name: string): number => names.filter((other) => other.startsWith(`${name}-`)).length;
  const [lead] = [...names].sort((a, b) => followers(b) - followers(a));
  return `${lead} and ${names.length - 1} others`;
}

export function layUpdated(
  page: Page,
  { scope, path, added, replaced, kept, refused, withdrawn, heldBack }: CatalogueUpdated,
): void {
  const changed = added.length + replaced.length;
  page.say(
    changed === 0
      ? 'Nothing is new: the catalogue is as it was.'
      : `DONE: ${added.length} added, ${replaced.length} replaced.`,
    { tone: 'good' },
  );
  page.table([
    ...(kept > 0 ? [['Left as they are', `${kept} records that are here already, as new or newer`]] : []),
    ...(withdrawn.length > 0 ? [['Withdrawn', withdrawn.slice(0, 20).join(', ')]] : []),
    ...(changed > 0 ? [['Kept in', path]] : []),
  ]);
  if (scope === 'user' && changed > 0)
    page.say(
      'It is kept for you alone: what runs as administrator (the keeper of a shield) does not use it. As administrator, the same command takes it in for everybody.',
      { indent: 2 },
    );
  if (heldBack.length > 0) {
    page.heading('Held back');
    for (const { name, why } of heldBack.slice(0, 40)) page.bullet(`${name}: ${why}`, 'warning');
    if (heldBack.length > 40) page.say(`... and ${heldBack.length - 40} more (see --json)`, { indent: 2 });
    page.say(
      'These would call PCs patched that are not by the records here. The same command with --yes takes them in.',
      {
        indent: 2,
      },
    );
  }
  if (refused.length === 0) return;
  page.heading('Refused');
  for (const { name, why } of refused.slice(0, 40)) page.bullet(`${name}: ${why}`, 'warning');
  if (refused.length > 40) page.say(`... and ${refused.length - 40} more (see --json)`, { indent: 2 });
}
