// What an answer leaves open, as data, one pure function a document: the page, the JSON and the exit code are all made from it.
import type { Part } from '../engine/engine';
import type { Catalogue, CatalogueAge, PatchVerdict } from '../model/advisory';
import type { Fact, FactName, Facts } from '../model/facts';
import { type Message, message, verbatim, type Words } from '../model/message';
import type { Report } from '../model/report';
import type { Review } from '../model/review';
import type { SmbAnswer } from '../model/smb';
import type { ShieldVerdict } from '../model/verdicts';
import type { ProbeDocument, ProbedAddress } from './documents';

type DoubtCode =
  /** Whether others can reach the file sharing of this PC. */
  | 'door'
  /** A fact that the answer depends on could not be read. `about`: its name in the document. */
  | 'fact'
  /** An SMB server did not answer all that it was asked. `about`: its address and port. */
  | 'smb-answer'
  /** A part of a file server's configuration that could not be read. `about`: the server's product. */
  | 'server-settings'
  /** An address that could not be asked. */
  | 'address'
  /** A name has more addresses than are asked. `about`: how many were not. */
  | 'addresses-left-out'
  /** There is no catalogue of advisories that can be used. */
  | 'catalogue-missing'
  | 'catalogue-too-old'
  /** This PC's clock is behind the catalogue, or the catalogue is of no day. */
  | 'catalogue-age'
  /** Updates of the catalogue are there and can't be used. `about`: how many. */
  | 'catalogue-incomplete'
  /** Whether this PC is patched for one hole. `about`: the advisory's id. */
  | 'advisory'
  /** Whether the shield is up. `about`: the state that it is in as far as is known. */
  | 'shield'
  /** Who may connect by the firewall's rules. */
  | 'reach'
  /** A part that was to be saved and could not be read. `about`: its name. */
  | 'not-saved';

export interface Doubt {
  readonly code: DoubtCode;
  /** What it is about, as a script would look for it; null = the whole answer. */
  readonly about: string | null;
  readonly says: Message;
}

/** In the order in which they are told. */
const factOrder = [
  'system',
  'network',
  'listeners',
  'sessions',
  'smb',
  'servers',
  'managers',
  'ruleset',
  'patch',
  'journal',
  'keeper',
] as const satisfies readonly FactName[];

export const factTitle = (name: FactName): Message => message(`fact.${name}`);

/** `only`: the parts asked for; null = all. The shield and each hole count only where they were asked for by name: a closed door needs neither. */
export function inspectionDoubts(report: Report, only: ReadonlySet<Part> | null): readonly Doubt[] {
  const { facts, verdicts } = report;
  const isDoorAsked = only === null || only.has('firewall');
  return [
    ...(isDoorAsked && verdicts.door.state === 'unknown' ? [doubt('door', null, message('doubt.door'))] : []),
    ...unreadFacts(report)
      .filter((name) => countsUnread(report, name))
      .map((name) =>
        doubt('fact', name, message('doubt.fact', { fact: factTitle(name), why: whyUnread(facts[name]) })),
      ),
    ...(facts.smb.state === 'known' ? facts.smb.value.flatMap(smbDoubts) : []),
    // Findings come from the servers' settings: "none" is no answer where some were not read.
    ...(only === null || only.has('smb') ? unreadSettings(facts) : []),
    ...(only?.has('shield') ? shieldDoubts(verdicts.shield) : []),
    ...(only?.has('patch')
      ? patchDoubts(verdicts.patch)
      : verdicts.patch === null
        ? []
        : catalogueDoubts(verdicts.patch.catalogue, verdicts.patch.problems)),
  ];
}

function unreadSettings({ servers }: Facts): readonly Doubt[] {
  if (servers.state !== 'known') return [];
  return servers.value.flatMap(({ product, unread = [] }) =>
    unread.map((what) => doubt('server-settings', product, message('doubt.server-settings', { what }))),
  );
}

/** Names of the facts that were asked for and could not be read, whether or not the answer depends on them. */
export function unreadFacts({ facts }: Pick<Report, 'facts'>): readonly FactName[] {
  return factOrder.filter((name) => {
    const { state } = facts[name];
    return state === 'failed' || state === 'not-permitted';
  });
}

export const whyUnread = (fact: Facts[FactName]): Message | null => (fact.state === 'known' ? null : fact.why);

/**
 * What failed always counts. What only administrators may see counts where findings or patches are judged by it: of the door and the
 * shield the verdict itself says whether it was needed. Of a saved PC, what was not saved was not asked.
 */
function countsUnread({ facts, saved }: Report, name: FactName): boolean {
  const fact: Fact<unknown> = facts[name];
  if (saved && fact.source.name === saved.path) return false;
  return fact.state === 'failed' || judgedByAlone.has(name);
}

const judgedByAlone: ReadonlySet<FactName> = new Set(['system', 'network', 'listeners', 'smb', 'servers', 'patch']);

/** A server that was reached and of which not all is known that findings are judged by. */
export function smbDoubts({ address, port, smb1, dialects, problems }: SmbAnswer): readonly Doubt[] {
  const isOpen = smb1 === 'unknown' || Object.values(dialects).includes('unknown') || problems.length > 0;
  if (!isOpen) return [];
  const endpoint = `${address.includes(':') ? `[${address}]` : address}:${port}`;
  const says =
    problems.length > 0
      ? message('doubt.smb-answer.problems', { problems })
      : message('doubt.smb-answer', { endpoint });
  return [doubt('smb-answer', endpoint, says)];
}

/** `leftOut`: how many addresses of the name were not asked. */
export function probeDoubts(
  { host, port, door, addresses }: Pick<ProbeDocument, 'host' | 'port' | 'door' | 'addresses'>,
  leftOut: number,
): readonly Doubt[] {
  return [
    ...(door === 'unknown' ? [doubt('door', null, message('doubt.probe-door', { host, port }))] : []),
    ...(door === 'open' ? addresses.flatMap((one) => addressDoubts(one, port)) : []),
    ...(leftOut > 0
      ? [doubt('addresses-left-out', String(leftOut), message('doubt.addresses-left-out', { count: leftOut, host }))]
      : []),
  ];
}

/** Of one address beside others that were told of: no way there is no doubt about what answers from here. */
function addressDoubts({ address, connection, smb }: ProbedAddress, port: number): readonly Doubt[] {
  if (connection === 'forbidden' || connection === 'unknown')
    return [doubt('address', address, message('doubt.address', { address }))];
  if (connection !== 'accepted') return [];
  return smb === null
    ? [doubt('smb-answer', `${address}:${port}`, message('doubt.nobody-asked', { address }))]
    : smbDoubts(smb);
}

export function shieldDoubts({ state }: Pick<ShieldVerdict, 'state'>): readonly Doubt[] {
  const isOpen = state === 'recorded' || state === 'interrupted' || state === 'unknown';
  return isOpen ? [doubt('shield', state, message(`doubt.shield.${state}`))] : [];
}

/**
 * Of single holes those count that are, or may be, reached through a door that is not known to be closed: holes of other programs and
 * of outgoing connections are named, but decide nothing.
 */
export function patchDoubts(patches: PatchVerdict | null): readonly Doubt[] {
  if (patches === null) return catalogueDoubts(null, []);
  const untold = patches.verdicts.filter(
    ({ state, doorClosed, reach }) =>
      state === 'unknown' && doorClosed === null && (reach.kind === 'server' || reach.kind === 'unknown'),
  );
  return [
    ...catalogueDoubts(patches.catalogue, patches.problems),
    ...untold.map(({ id, because }) => doubt('advisory', id, message('doubt.advisory', { id, because }))),
  ];
}

/** `problems`: what else is wrong with it, for people; each is said by one of the doubts. */
export function catalogueDoubts(age: CatalogueAge | null, problems: Catalogue['problems']): readonly Doubt[] {
  if (age === null)
    return [doubt('catalogue-missing', null, sentences(problems) ?? message('doubt.catalogue-missing'))];
  const day = age.asOf.slice(0, 10);
  const doubts = [
    ...(age.days === null && !age.tooOld
      ? [
          doubt(
            'catalogue-age',
            null,
            day ? message('doubt.catalogue-age', { day }) : message('doubt.catalogue-age.no-day'),
          ),
        ]
      : []),
    ...(age.tooOld ? [doubt('catalogue-too-old', day, message('doubt.catalogue-too-old', { day }))] : []),
    ...(age.passedOver > 0
      ? [doubt('catalogue-incomplete', String(age.passedOver), message('doubt.catalogue-incomplete'))]
      : []),
  ];
  const other = sentences(problems);
  return doubts.length === 0 && other !== null
    ? [doubt('catalogue-incomplete', String(problems.length), other)]
    : doubts;
}

export function reviewDoubts({ verdict, unsure }: Pick<Review, 'verdict' | 'unsure'>): readonly Doubt[] {
  if (verdict !== 'unknown') return [];
  return [
    doubt(
      'reach',
      null,
      unsure.length > 0 ? verbatim(unsure.map(({ why }) => why).join('; ')) : message('doubt.reach'),
    ),
  ];
}

/** What a saved policy goes with and could not be read. `keys`: those of the registry. */
export function collectDoubts(read: Pick<Facts, 'network' | 'listeners'>, keys: readonly string[]): readonly Doubt[] {
  const facts = (['network', 'listeners'] as const).filter((name) => read[name].state !== 'known');
  return [
    ...facts.map((name) =>
      doubt('not-saved', name, message('doubt.not-saved', { fact: factTitle(name), why: whyUnread(read[name]) })),
    ),
    ...keys.map((key) => doubt('not-saved', key, message('doubt.key-not-saved', { key }))),
  ];
}

/** null = there are none. */
const sentences = (problems: readonly Words[]): Message | null =>
  problems.length === 0 ? null : message('page.sentences', { sentences: problems });

function doubt(code: DoubtCode, about: string | null, says: Message): Doubt {
  return { code, about, says };
}
