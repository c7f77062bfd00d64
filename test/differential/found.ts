// Disagreements as files: a fixture each, to be tried again for ever, and a page for people.
import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Probe, Rules } from './oracle';
import type { Found } from './run';
import type { Known } from './trial';

/** Rules on which review and kernel once disagreed, and what the kernel says to each probe. */
export interface Fixture {
  /** What went wrong, and where it was found. */
  readonly about: string;
  readonly kind: Found['kind'];
  readonly known: Known;
  /** Absent = no rule leads to a container. */
  readonly forwards?: boolean;
  readonly rules: Rules;
  readonly probes: readonly { readonly probe: Probe; readonly kernel: string }[];
}

export async function writeFixture(folder: string, found: Found): Promise<string> {
  await mkdir(folder, { recursive: true });
  const { language, seed, number, kind, known, probe, kernel } = found;
  const fixture: Fixture = {
    about: `${kind}, ${language}, seed ${seed}, ruleset ${number}`,
    kind,
    known,
    ...(found.forwards ? { forwards: true } : {}),
    rules: found.subject.rules,
    probes: [{ probe, kernel }],
  };
  const name = `${language}-${kind}-${seed}-${number}.json`;
  await writeFile(join(folder, name), `${JSON.stringify(fixture, null, 2)}\n`);
  return name;
}

export async function readFixtures(folder: string): Promise<readonly (Fixture & { readonly name: string })[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => ({ name, ...(JSON.parse(await readFile(join(folder, name), 'utf8')) as Fixture) })),
  );
}

/** Adds a disagreement to a page for people. */
export function noteFound(page: string, found: Found): Promise<void> {
  return appendFile(page, `${tell(found)}\n`);
}

/** A disagreement in words: the rules, the connect, what the kernel did. */
export function tell({ kind, language, seed, number, known, probe, kernel, problem, subject, answer }: Found): string {
  const way = `${probe.protocol} ${probe.source} -> ${probe.destination}:${probe.port} on ${probe.interface}`;
  return [
    `## ${kind}: ${language}, seed ${seed}, ruleset ${number}${known === 'all' ? '' : ` (review given ${known})`}`,
    `${way}: the kernel said ${kernel}.`,
    ...(problem === null ? [] : ['```', problem, '```']),
    '```',
    subject.text.trimEnd(),
    '```',
    ...('nft' in subject.rules && subject.rules.nft === subject.text
      ? ['nft -j:', '```json', objectsOf(answer.json), '```']
      : []),
    '',
  ].join('\n');
}

/** One object of the listing a line, without what is the same in all. */
function objectsOf(json: string): string {
  const { nftables } = JSON.parse(json) as { readonly nftables: readonly Record<string, unknown>[] };
  return nftables
    .filter((object) => !('metainfo' in object) && !('table' in object))
    .map((object) => JSON.stringify(object))
    .join('\n');
}
