// Every sentence about advisories: the catalogue, what is said of one of them, and how far its attack is along.
import type { AdvisoryReach, PatchState } from '../../preload/contract';
import { plural } from '../plural';
import type { CourseStep, StepState } from './attack-course';

export const advisoryWords = {
  lead: 'Known holes in file sharing, and whether this PC is patched against each.',
  looking: 'Looking at what is installed.',
  notJudged: 'Whether this PC is patched could not be judged.',
  checkAgain: 'Look again',
  catalogue: 'The catalogue',
  age: (count: number, when: string, days: number): string =>
    `${plural(count, 'advisory', 'advisories')}, up to ${when} (${days === 0 ? 'today' : `${plural(days, 'day', 'days')} ago`}).`,
  ageAhead: (count: number, when: string): string =>
    `${plural(count, 'advisory', 'advisories')}, up to ${when}. This PC's clock is earlier than that.`,
  update: 'Take in newer records from a file',
  updating: 'Taking in',
  updateHint: 'Records as CVE (JSON 5), OSV and CISA KEV publish them. From a folder or an https address:',
  updateCommand: 'breakwater advisories update FOLDER-OR-ADDRESS',
  taken: (added: number, replaced: number, kept: number): string =>
    `${plural(added, 'record', 'records')} added, ${replaced} replaced, ${kept} as new already.`,
  notTaken: (why: string): string => `Nothing was changed: ${why}`,
  refused: (name: string, why: string): string => `Refused: ${name}: ${why}`,
  refusedMore: (count: number): string => `And ${plural(count, 'more record', 'more records')} refused.`,
  updatedFrom: (from: string, when: string): string => `Newer records were taken in from ${from}, ${when}.`,
  counts: (counts: Readonly<Record<PatchState, number>>): string =>
    `Vulnerable to ${counts.vulnerable}, not known of ${counts.unknown}, patched against ${counts.patched}, not affected by ${counts['not-affected']}.`,
  search: 'Search the advisories',
  searchHint: 'Shows those in which every word stands: a number, a name, "vulnerable", "exploited".',
  searching: 'Looking for the advisories.',
  gone: 'These advisories are not at hand any more.',
  found: (found: number, all: number): string => `${found} of ${plural(all, 'advisory', 'advisories')} shown.`,
  nothing: 'No advisory contains this text.',
  list: 'Advisories',
  state: {
    vulnerable: 'Vulnerable',
    unknown: "Can't tell",
    patched: 'Patched',
    'not-affected': 'Not affected',
  } satisfies Record<PatchState, string>,
  restartTag: 'Restart needed',
  exploited: 'Known to be exploited',
  exploitedSince: (when: string): string => `Known to be exploited (in CISA's catalogue since ${when})`,
  due: (when: string): string => `The deadline for US agencies to mend it: ${when}.`,
  ransomware: 'Used by ransomware.',
  fixedIn: (version: string): string => `Fixed in ${version}.`,
  remedy: (what: string): string => `Install: ${what}.`,
  doorClosed: (why: string): string => `Not reachable now, but not patched by that: ${why}`,
  restart: 'What fixes it is installed, and waits for a restart.',
  reach: {
    server: 'Reached through the file-sharing door',
    client: 'Reached when this PC connects to somebody else',
    elsewhere: 'Reached in other ways than file sharing',
    unknown: 'How it is reached is not known',
  } satisfies Record<AdvisoryReach['kind'], string>,
  block: {
    closes: 'A shield shuts this way.',
    partly: 'A shield shuts a part of the ways.',
    no: 'A shield does not help against it.',
    unknown: 'Whether a shield helps is not known.',
  } satisfies Record<AdvisoryReach['inboundBlock'], string>,
  more: 'More about it',
  workarounds: 'Until it is patched',
  sources: 'Where this comes from',
  sourcesMore: (count: number): string => `And ${plural(count, 'more record', 'more records')}.`,
  ours: 'added by Breakwater',
  updates: 'Updates that fix it',
  andMore: (count: number): string => ` and ${count} more`,

  courseOf: (id: string): string => `How far the attack on ${id} is along`,
  overview: 'How far the attacks are along',
  overviewLead: 'How many holes have come this far, and no further, as far as is known.',
  step: {
    published: 'Hole found',
    'patch-out': 'Patch out',
    'patch-taken-apart': 'Patch taken apart',
    'exploit-public': 'Exploit code',
    'scanning-seen': 'Scanning',
    'known-exploited': 'Mass attack',
  } satisfies Record<CourseStep, string>,
  standing: {
    told: 'yes',
    passed: 'passed',
    possible: 'possible since the patch is out',
    ahead: 'not known of',
  } satisfies Record<StepState, string>,
  exploitedAt: (when: string): string => `exploited, known since ${when}`,
  countAt: (count: number): string => plural(count, 'hole', 'holes'),
  countHere: (open: number, untold: number): string =>
    [
      open > 0 || untold === 0 ? `${open === 0 ? 'none' : open} open here` : '',
      untold > 0 ? `can't tell of ${untold}` : '',
    ]
      .filter((part) => part !== '')
      .join(', '),
  takenApart: 'no record tells',
};
