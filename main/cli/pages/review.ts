// A review for people: who can reach the door, because of which rules, and what is not sure. Pure.
import type { Cidr, Family } from '../../model/address';
import type { Because, Reach } from '../../model/review';
import { complement, setOf, toNetworks } from '../../policy/address-sets';
import { verdictOf } from '../../policy/reach';
import type { ReviewDocument } from '../documents';
import type { Page } from './layout';

export function layReview(page: Page, document: ReviewDocument): void {
  const { source, verdict, query, reach, because, unsure, missing = [], complete } = document;
  const what = `${query.proto.toUpperCase()} ${query.port}`;
  const sentences = {
    open: [`OPEN: everybody may connect to ${what}, on some network at least.`, 'bad'],
    partly: [
      `OPEN TO SOME: these may connect to ${what}, and ${missing.length > 0 ? 'whether others may is not known' : 'nobody else'}.`,
      'warning',
    ],
    closed: [`CLOSED: no other PC may connect to ${what}.`, 'good'],
    unknown: [`NOT KNOWN: who may connect to ${what}.`, 'warning'],
  } as const;
  const [text, tone] = sentences[verdict];
  page.say(text, { tone });
  if (complete) page.say(completeWords);
  // What is missing lets nobody in by itself, so the list is of the rules that were saved.
  const isOfTheRest = missing.length > 0 && verdictOf(reach) === 'closed';
  const counted = isOfTheRest ? 'Who may connect, by what was saved' : 'Counted as let through, to be safe';
  page.heading(verdict === 'unknown' ? counted : 'Who may connect');
  layReach(page, reach);
  if (because.length > 0) {
    page.heading('Because');
    for (const one of because.slice(0, longestList)) layBecause(page, one);
    layRest(page, because.length);
  }
  if (unsure.length === 0) return;
  const notSure = source === 'windows-firewall' ? 'Not sure' : 'Not sure, so counted as letting through';
  page.heading(verdict === 'unknown' ? 'Why' : notSure);
  for (const { rule, why } of unsure.slice(0, longestList)) page.bullet(`${rule}: ${why}`, 'warning');
  layRest(page, unsure.length);
}

/** Somebody's word is in the answer, so it is told with it. */
export const completeWords = 'By --complete, what was not saved counts as not there.';

/** Each interface with who may connect over it. */
export function layReach(page: Page, reach: readonly Reach[]): void {
  const isOneOfMany = reach.some(({ interface: name }) => name !== '*');
  page.table(reach.map((entry) => [interfaceWords(entry, isOneOfMany), whoWords(entry)]));
}

/** "everybody", "10.0.0.0/8 and 2 more networks", "everybody but 10.0.0.0/8", "nobody"; where the families differ, each for itself. */
function whoWords({ ipv4, ipv6 }: Pick<Reach, Family>): string {
  const [four, six] = [familyWords('ipv4', ipv4), familyWords('ipv6', ipv6)];
  if (four === six) return four;
  const isList = (words: string): boolean => !words.startsWith('everybody');
  if (isList(four) && isList(six)) return listWords([...ipv4, ...ipv6]);
  return `over IPv4 ${four}, over IPv6 ${six}`;
}

const longestList = 40;
const fewNetworks = 3;

function layBecause(page: Page, { effect, rule, where, says, advice }: Because): void {
  page.bullet(`${effectWords[effect]}: ${says ?? rule}`);
  page.say(says === null || says === rule ? `In ${where}` : `${rule}  (in ${where})`, {
    indent: 6,
    hang: 2,
    tone: 'dim',
  });
  if (advice !== null) page.say(`To change it: ${advice}`, { indent: 6, hang: 2 });
}

const effectWords: Readonly<Record<Because['effect'], string>> = {
  allow: 'Lets in',
  block: 'Keeps out',
  default: 'Otherwise',
  shadowed: 'Without effect, as an earlier rule decides',
};

function layRest(page: Page, count: number): void {
  if (count > longestList) page.say(`... and ${count - longestList} more (see --json)`, { indent: 2 });
}

function interfaceWords({ interface: name, profile, to }: Reach, isOneOfMany: boolean): string {
  const which =
    name === 'lo'
      ? 'this PC itself (lo)'
      : name === '*'
        ? `every ${isOneOfMany ? 'other ' : ''}interface`
        : name.endsWith('*')
          ? `interfaces ${name}`
          : name;
  const shownProfile = profile === null ? '' : `, ${profile} profile`;
  return `${which}${shownProfile}${to === undefined ? '' : `, to ${to.join(', ')}`}`;
}

function familyWords(family: Family, networks: readonly Cidr[]): string {
  if (networks.length === 0) return 'nobody';
  const others = toNetworks(complement(setOf(family, networks)));
  if (others.length === 0) return 'everybody';
  return others.length < networks.length ? `everybody but ${listWords(others)}` : listWords(networks);
}

/** One address is shown as people write it, without the length of its network. */
function listWords(networks: readonly Cidr[]): string {
  const shown = networks
    .slice(0, fewNetworks)
    .map((network) => network.replace(network.includes(':') ? /\/128$/ : /\/32$/, ''));
  const more = networks.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more network${more === 1 ? '' : 's'}`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
