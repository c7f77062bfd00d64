// A review for people: who can reach the door, because of which rules, and what is not sure. Pure.
import type { Cidr, Family } from '../../model/address';
import { type Message, message, messageKey, type Words } from '../../model/message';
import type { Because, Reach } from '../../model/review';
import { complement, setOf, toNetworks } from '../../policy/address-sets';
import { verdictOf } from '../../policy/reach';
import type { ReviewDocument } from '../documents';
import type { Page } from './layout';

export function layReview(page: Page, document: ReviewDocument): void {
  const { source, verdict, query, reach, because, unsure, missing = [], complete } = document;
  const port = `${query.proto.toUpperCase()} ${query.port}`;
  const tones = { open: 'bad', partly: 'warning', closed: 'good', unknown: 'warning' } as const;
  const code =
    verdict === 'partly' && missing.length > 0 ? 'page.review.partly-missing' : (`page.review.${verdict}` as const);
  page.say(message(code, { port }), { tone: tones[verdict] });
  if (complete) page.say(completeWords);
  // What is missing lets nobody in by itself, so the list is of the rules that were saved.
  const isOfTheRest = missing.length > 0 && verdictOf(reach) === 'closed';
  const counted = message(isOfTheRest ? 'page.review.by-saved' : 'page.review.counted');
  page.heading(verdict === 'unknown' ? counted : message('page.review.who'));
  layReach(page, reach);
  if (because.length > 0) {
    page.heading(message('page.review.because'));
    for (const one of because.slice(0, longestList)) layBecause(page, one);
    page.more(because.length - longestList);
  }
  if (unsure.length === 0) return;
  const notSure = message(source === 'windows-firewall' ? 'page.review.not-sure' : 'page.review.not-sure-through');
  page.heading(verdict === 'unknown' ? message('page.review.why') : notSure);
  for (const { rule, why } of unsure.slice(0, longestList))
    page.bullet(message('page.named', { name: rule, why }), 'warning');
  page.more(unsure.length - longestList);
}

/** Somebody's word is in the answer, so it is told with it. */
export const completeWords = message('page.complete');

/** Each interface with who may connect over it. */
export function layReach(page: Page, reach: readonly Reach[]): void {
  const isOneOfMany = reach.some(({ interface: name }) => name !== '*');
  page.table(reach.map((entry) => [interfaceWords(entry, isOneOfMany), whoWords(entry)]));
}

/** "everybody", "10.0.0.0/8 and 2 more networks", "everybody but 10.0.0.0/8", "nobody"; where the families differ, each for itself. */
function whoWords({ ipv4, ipv6 }: Pick<Reach, Family>): Message {
  const [four, six] = [familyWords('ipv4', ipv4), familyWords('ipv6', ipv6)];
  if (messageKey(four) === messageKey(six)) return four;
  const isList = ({ code }: Message): boolean =>
    code !== 'page.review.everybody' && code !== 'page.review.everybody-but';
  if (isList(four) && isList(six)) return listWords([...ipv4, ...ipv6]);
  return message('page.review.families', { ipv4: four, ipv6: six });
}

const longestList = 40;
const fewNetworks = 3;

function layBecause(page: Page, { effect, rule, where, says, advice }: Because): void {
  page.bullet(message(`page.review.effect.${effect}`, { says: says ?? rule }));
  const place = says === null || says === rule ? message('page.review.where', { where }) : null;
  page.say(place ?? message('page.review.rule-where', { rule, where }), { indent: 6, hang: 2, tone: 'dim' });
  if (advice !== null) page.say(message('page.review.change', { advice }), { indent: 6, hang: 2 });
}

function interfaceWords({ interface: name, profile, to }: Reach, isOneOfMany: boolean): Words {
  const which = interfaceName(name, isOneOfMany);
  const shown = profile === null ? which : message('page.interface.profile', { which, profile });
  return to === undefined ? shown : message('page.interface', { which: shown, to });
}

function interfaceName(name: string, isOneOfMany: boolean): Words {
  if (name === 'lo') return message('page.interface.loopback');
  if (name === '*') return message(isOneOfMany ? 'page.interface.every-other' : 'page.interface.every');
  return name.endsWith('*') ? message('page.interface.pattern', { name }) : name;
}

function familyWords(family: Family, networks: readonly Cidr[]): Message {
  if (networks.length === 0) return message('page.review.nobody');
  const others = toNetworks(complement(setOf(family, networks)));
  if (others.length === 0) return message('page.review.everybody');
  return others.length < networks.length
    ? message('page.review.everybody-but', { networks: listWords(others) })
    : listWords(networks);
}

/** One address is shown as people write it, without the length of its network. */
function listWords(all: readonly Cidr[]): Message {
  const networks = all
    .slice(0, fewNetworks)
    .map((network) => network.replace(network.includes(':') ? /\/128$/ : /\/32$/, ''));
  const count = all.length - networks.length;
  return count > 0 ? message('page.networks-and-more', { networks, count }) : message('page.networks', { networks });
}
