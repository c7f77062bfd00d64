// The review of a Linux PC: from which addresses, on which interface, and because of which rule a new connection gets in. Pure.

import type { Family } from '../../model/address';
import { type Message, message } from '../../model/message';
import type { LinuxPolicy, Reach, Review, ReviewHost } from '../../model/review';
import { type AddressSet, addressesOf, type Edges, everything, toNetworks, toRanges } from '../address-sets';
import { withMissing } from '../completeness';
import { verdictOf } from '../reach';
import { isOneOf } from './conditions';
import {
  answersStopped,
  type Effects,
  type Evaluation,
  evaluate,
  lateRules,
  noEffects,
  type Waiting,
} from './evaluate';
import { isSwitchedOff, localSet, ownOn, ownSet, placeOf, redirectOn, type View, viewsOf } from './host-view';
import type { Asked } from './owners';
import type { Journey, Place } from './packet';
import { alike, type Prepared, pieces } from './prepare';
import type { Unsure } from './program';
import { type ReadPolicy, readPolicy } from './read-policy';
import { Findings } from './reasons';

export interface Query extends Asked {
  /** Only connections count that rules lead to another port or PC: nobody waits at the asked port itself. */
  readonly onlyLed?: boolean;
}

/** Any text in, an answer out: never a throw, never "closed" where it can't be told. */
export function reviewLinux(policy: LinuxPolicy, query: Query): Review {
  const read = readPolicy(policy);
  return read.kind === 'bad' ? unknown(read.why) : reviewRead(read, policy, query);
}

/** As `reviewLinux`, of rules that were read before: they may be asked about port by port. */
export function reviewRead(
  read: Extract<ReadPolicy, { kind: 'rules' }>,
  { host, complete = false }: LinuxPolicy,
  query: Query,
): Review {
  return withMissing(reviewPrepared(read, host, query), read.missing, complete);
}

function unknown(why: Message): Review {
  const [ipv4, ipv6] = [toNetworks(everything('ipv4')), toNetworks(everything('ipv6'))];
  return {
    source: 'nftables',
    verdict: 'unknown',
    reach: [{ interface: '*', profile: null, ipv4, ipv6 }],
    because: [],
    unsure: [{ rule: message('netfilter.all-rules'), why }],
  };
}

/** Several programs beside each other, of which a packet must pass every one. */
export function reviewPrepared(
  { prepared, unsure }: { readonly prepared: Prepared; readonly unsure: readonly Unsure[] },
  host: ReviewHost | null,
  query: Query,
): Review {
  const inquiry: Inquiry = {
    prepared,
    host,
    query,
    effects: noEffects(),
    findings: new Findings(query),
    known: new Map(),
    notes: new Map(notSaved(prepared, host)),
  };
  const { effects, findings } = inquiry;
  const views = viewsOf(prepared, host);
  const answers = new Map<View, Answered['answers']>();
  // The PC itself last: what other interfaces share with it is theirs to explain.
  for (const view of [...views].sort((a, b) => Number(isLoopback(a)) - Number(isLoopback(b))))
    answers.set(
      view,
      bothFamilies.map((family) => answersOn(inquiry, view, family)),
    );
  const reach = entriesOf(views.map((view) => ({ name: view.name, answers: answers.get(view) ?? [] })));
  findings.addWaysHere(prepared);
  for (const [rule, chain] of lateRules(effects)) findings.addLate(rule, chain);
  return {
    source: 'nftables',
    verdict: verdictOf(reach),
    reach,
    because: findings.reasons(),
    unsure: [...unsure, ...findings.unsure(), ...[...inquiry.notes].map(([rule, why]): Unsure => ({ rule, why }))],
  };
}

/** What the answer goes by instead of what is not known of the PC, where its rules ask for it. */
function notSaved(prepared: Prepared, host: ReviewHost | null): readonly (readonly [Message, Message])[] {
  if (host === null || host.local !== undefined || !prepared.asksOwn) return [];
  return [[ownAddresses, message('netfilter.own-not-told')]];
}

const ownAddresses = message('netfilter.own-addresses');

const isLoopback = ({ name }: Pick<View, 'name'>): boolean => name === 'lo';
const bothFamilies: readonly Family[] = ['ipv4', 'ipv6'];

interface Inquiry {
  readonly prepared: Prepared;
  readonly host: ReviewHost | null;
  readonly query: Query;
  readonly effects: Effects;
  readonly findings: Findings;
  /** Answers by what rules can tell apart, so that interfaces alike are judged once. */
  readonly known: Map<string, Edges>;
  /** What is not about a rule: what it is about, and why. */
  readonly notes: Map<Message, Message>;
}

/** The sources that reach some of the PC's own addresses; `to` empty = whichever it is. */
interface Answer {
  readonly family: Family;
  readonly to: readonly string[];
  readonly edges: Edges;
}

function answersOn(inquiry: Inquiry, view: View, family: Family): readonly Answer[] {
  const { prepared, host } = inquiry;
  if (isSwitchedOff(host, family)) return [{ family, to: [], edges: [] }];
  const { addresses, networks } = ownOn(host, view.name, family);
  const parts = pieces(prepared, networks);
  const sets = new Map<string, AddressSet>();
  for (const part of parts ?? []) sets.set(toRanges(part)[0]?.[0] ?? '', part);
  const own = [...addresses, ...sets.keys()];
  const groups = own.length === 0 ? [[]] : alike(prepared, family, own);
  const answers: Answer[] = [];
  const add = (to: readonly string[], place: Place): void => {
    const edges = reachOf(inquiry, view, family, place);
    const same = answers.findIndex((answer) => sameEdges(answer.edges, edges));
    const known = answers[same];
    if (known) answers[same] = { ...known, to: [...known.to, ...to] };
    else answers.push({ family, to, edges });
  };
  for (const group of groups) {
    if (group.length === 0) add(group, { kind: 'own' });
    // What rules ask of an address's type may differ, too.
    const places = new Map(group.map((address) => [address, placeOf(host, address)]));
    for (const untyped of [false, true]) {
      const to = group.filter((address) => isUntyped(places.get(address)) === untyped);
      const place = places.get(to[0] ?? '');
      if (place) add(to, place);
    }
  }
  if (parts === null) add([elsewhere], { kind: 'own' });
  if (answers.length === 1) return answers.map((answer) => ({ ...answer, to: [] }));
  return answers.map((answer) => {
    const to = oneByOne(answer.to, sets);
    if (to.length === 0 && !isShut(answer)) inquiry.notes.set(ownAddresses, message('netfilter.too-many-own'));
    return { ...answer, to };
  });
}

const isUntyped = (place: Place | undefined): boolean => place?.kind === 'address' && place.untyped === true;

/** Stands for own addresses that rules part so often that they are not told apart here. */
const elsewhere = '';
/** Own networks are written out address by address as long as they have no more than this together. */
const mostWritten = 256;

/** Each address, with those of networks; empty = so many that they are not told one by one, and the answer counts for all. */
function oneByOne(to: readonly string[], sets: ReadonlyMap<string, AddressSet>): readonly string[] {
  if (to.includes(elsewhere)) return [];
  const networks = to.flatMap((name) => sets.get(name) ?? []);
  const single = to.filter((name) => !sets.has(name));
  if (networks.length === 0) return single;
  const [family] = networks.map((set) => set.family);
  const counted = networks.map(({ edges: [first = 0, end = 0] }) => BigInt(end) - BigInt(first));
  if (family === undefined || counted.reduce((sum, more) => sum + more, BigInt(single.length)) > BigInt(mostWritten))
    return [];
  return [...single, ...networks.flatMap(addressesOf)];
}

function reachOf(inquiry: Inquiry, view: View, family: Family, place: Place): Edges {
  const { name, at } = view;
  const { prepared, host, query, effects, findings, known } = inquiry;
  const redirect = redirectOn(host, name, family);
  const matched =
    at.kind === 'any-but-loopback' ? 'any' : prepared.interfaceNames.filter((other) => isOneOf(at, other)).join(' ');
  // Without rules about own addresses, it is all the same which of them it is.
  const where = prepared.translates || prepared.destinations.length > 0 ? `${spell(place)} ${spell(redirect)}` : '';
  const waiting = waitingOn(view, host, query);
  // Which interface is a bridge, and which of them is also the way out, differs from name to name.
  const bridge = prepared.asksBridges ? name : '';
  const key = JSON.stringify([family, matched, where, isUntyped(place), waiting.atPort, bridge]);
  const answered = known.get(key);
  if (answered) return answered;
  const journey: Journey = {
    family,
    protocol: query.proto === 'tcp' ? 6 : 17,
    asked: 'source',
    port: query.port,
    sourcePort: null,
    in: at,
    out: null,
    bridges: host?.bridges ? new Set(Object.keys(host.bridges)) : null,
    routes: host?.routes?.[family] ?? null,
    flags: ['syn'],
    own: host && ownSet(host, family),
    local: host && localSet(host, family),
    redirect,
    knownMark: prepared.writtenMark,
  };
  const evaluation = evaluate(prepared, journey, place, waiting, effects);
  // The same addresses are the same list, so that they are written out once.
  const open = [...known.values()].find((edges) => sameEdges(edges, evaluation.open)) ?? evaluation.open;
  known.set(key, open);
  if (isLoopback(view)) return open;
  findings.add(evaluation);
  if (open.length > 0) findings.addDoubts(answers(prepared, journey, place, evaluation));
  return open;
}

/** What is known of waiting programs is known of TCP only. */
function waitingOn(view: View, host: ReviewHost | null, { proto, port, onlyLed = false }: Inquiry['query']): Waiting {
  const known = proto === 'tcp' ? host?.listening : undefined;
  // A rule for others is judged whoever waits now; between programs of the PC itself only those that run count.
  const atPort = !onlyLed && (!isLoopback(view) || known === undefined || known.includes(port));
  return { atPort, ports: known ?? [], complete: known !== undefined && host?.listeningComplete === true };
}

/** Rules that may stop the answer on its way out. */
function answers(
  prepared: Prepared,
  journey: Journey,
  place: Place,
  { open, decisions }: Evaluation,
): ReturnType<typeof answersStopped> {
  const isLed = decisions.some(({ effect }) => effect === 'redirect');
  const back: Journey = {
    ...journey,
    asked: 'destination',
    // Callers choose their own port; most take one of these (RFC 6335 6).
    port: 50_000,
    sourcePort: isLed ? null : journey.port,
    in: null,
    out: journey.in,
    flags: ['syn', 'ack'],
  };
  return answersStopped(prepared, back, place, prepared.untracks ? 'unknown' : 'established', open);
}

const spell = (place: Place): string => (place.kind === 'address' ? place.text : place.kind);

interface Answered {
  readonly name: string;
  /** One list for each family. */
  readonly answers: readonly (readonly Answer[])[];
}

/**
 * Entries for every interface that is not as the wildcard over it is ("wl*", and over all of them "*"); empty ones only where they
 * say less than that wildcard.
 */
function entriesOf(answered: readonly Answered[]): readonly Reach[] {
  const networks = new Map<Edges, Reach['ipv4']>();
  const wildcards = answered.filter(({ name }) => name.endsWith('*')).sort((a, b) => b.name.length - a.name.length);
  return answered.flatMap(({ name, answers: lists }) => {
    const all = lists.flat();
    const over = wildcards.find((other) => other.name !== name && name.startsWith(other.name.slice(0, -1)));
    // Also held against "*", so that whoever looks there first finds the same.
    const others = name === '*' ? [] : [over, wildcards.at(-1)].map((other) => other?.answers.flat() ?? []);
    if (name !== '*' && others.every((other) => sameAnswers(all, other))) return [];
    if (all.every(isShut))
      return others.flat().every(isShut) ? [] : [{ interface: name, profile: null, ipv4: [], ipv6: [] }];
    return entriesOn(name, lists, networks);
  });
}

const isShut = ({ edges }: Answer): boolean => edges.length === 0;

const sameAnswers = (a: readonly Answer[], b: readonly Answer[]): boolean =>
  a.length === b.length && a.every((answer, i) => isSame(answer, b[i]));

function isSame(a: Answer, b: Answer | undefined): boolean {
  return b !== undefined && a.family === b.family && a.to.join() === b.to.join() && sameEdges(a.edges, b.edges);
}

const sameEdges = (a: Edges, b: Edges): boolean =>
  a === b || (a.length === b.length && a.every((edge, i) => edge === b[i]));

/** One entry where the own addresses do not matter, and one for each group of them where they do. */
function entriesOn(
  name: string,
  lists: readonly (readonly Answer[])[],
  written: Map<Edges, Reach['ipv4']>,
): readonly Reach[] {
  const networksOf = (of: readonly Answer[], family: Family): Reach['ipv4'] => {
    const edges = of.find((answer) => answer.family === family)?.edges ?? [];
    const networks = written.get(edges) ?? toNetworks({ family, edges });
    written.set(edges, networks);
    return networks;
  };
  const entry = (of: readonly Answer[], to: readonly string[]): Reach => ({
    interface: name,
    profile: null,
    ipv4: networksOf(of, 'ipv4'),
    ipv6: networksOf(of, 'ipv6'),
    ...(to.length === 0 ? {} : { to }),
  });
  const whole = lists.filter((list) => list.length === 1).flat();
  const parted = lists.filter((list) => list.length > 1).flat();
  return [
    ...(whole.every(isShut) ? [] : [entry(whole, [])]),
    ...parted.filter((answer) => !isShut(answer)).map((answer) => entry([answer], answer.to)),
  ];
}
