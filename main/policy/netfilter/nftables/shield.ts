// Finds our shield in a ruleset and judges its rules one by one: does the door hold for everybody but the exceptions?

import type { Family } from '../../../model/address';
import { type Message, message } from '../../../model/message';
import { MessageError } from '../../../model/message-error';
import type { Attempt, Counted, Judgement, Shield, ShieldFound } from '../../../model/shield';
import { isWithin, setOf, toNetworks } from '../../address-sets';
import { leaseEnd, nearNetworks, type PromiseJudged, promisesOf, type ShieldPromise } from '../../shield-scope';
import { acceptedBy } from '../evaluate';
import type { Journey } from '../packet';
import { type Prepared, prepare } from '../prepare';
import type { BaseChain } from '../program';
import { readListing } from './listing-text';
import { readTable } from './read';
import { type NftElement, type NftTable, parseRuleset, readElement } from './ruleset';

/** The table that is ours, and only ours where its comment carries our mark. */
export const shieldTable = { family: 'inet', name: 'breakwater' } as const;
/** Before dstnat (-100), after conntrack (-200): no redirect can take a packet around it. */
export const shieldPriority = -190;
/** Our mark: the table's comment. `nft -j` leaves table comments out, so it is read from the plain text. */
export const markOf = (id: string): string =>
  `Breakwater shield ${id}: SMB closed for now. Remove with: breakwater lift`;

const absent: ShieldFound = {
  state: 'absent',
  id: null,
  counted: null,
  judge: () => ({
    state: 'not-closed',
    lines: [message('proof.no-table')],
  }),
};

/**
 * Our rules as `nft -j list ruleset` (or `list table inet breakwater`) and the plain text of our table tell them; `now` dates the attempts.
 * Throws an Error with a message for people where the text can't be read: then nothing is known.
 */
export function findShield(json: string, shieldText: string | null, now: Date): ShieldFound {
  const parsed = parseRuleset(json);
  if (parsed.kind === 'bad') throw new MessageError(message('proof.rules-unread', { why: parsed.why }));
  const table = parsed.tables.find(({ family, name }) => family === shieldTable.family && name === shieldTable.name);
  if (!table && shieldText === null) return absent;
  if (!table || shieldText === null) throw new MessageError(message('proof.changed-meanwhile'));
  const id = /^\tcomment "Breakwater shield ([0-9a-f]{8}): /m.exec(shieldText)?.[1] ?? null;
  if (id === null)
    return {
      state: 'foreign',
      id: null,
      counted: null,
      judge: () => ({
        state: 'not-closed',
        lines: [message('proof.foreign-table')],
      }),
    };
  return {
    state: 'ours',
    id,
    counted: countedBy(table, now),
    judge: (shield) => judge(table, shieldText, id, shield, now),
  };
}

function judge(table: NftTable, shieldText: string, id: string, shield: Shield, now: Date): Judgement {
  const wrong: Message[] = [];
  const proof: Message[] = [];
  if (id !== shield.id) wrong.push(message('proof.other-mark', { found: id, expected: shield.id }));
  if (table.flagged || /^\tflags /m.test(shieldText)) wrong.push(message('proof.table-flags'));
  else proof.push(message('proof.table', { id }));

  const told = readListing(shieldText).get(`${shieldTable.family} ${shieldTable.name}`) ?? null;
  const rules = prepare([
    { language: 'nftables', baseChains: readTable(table, { told, hidden: new Map() }, []), unsure: [] },
  ]);
  const promises = promisesOf(shield);
  for (const promise of promises)
    for (const { holds, line } of judgePromise(rules, promise, shield)) (holds ? proof : wrong).push(line);
  if (promises.length === 0) wrong.push(message('proof.nothing-closed'));
  const end = leaseEnd(shield);
  const lease = leaseProblem(table, end);
  if (lease) wrong.push(lease);
  else if (end) proof.push(message('proof.lease', { until: end }));

  if (wrong.length === 0) return { state: 'closed', lines: proof };
  const overdue = end !== null && now.getTime() >= Date.parse(end);
  if (overdue && leased.every((name) => table.sets.get(name)?.elements?.length === 0))
    return {
      state: 'expired',
      lines: [message('proof.expired', { until: end })],
    };
  return { state: 'not-closed', lines: wrong };
}

function judgePromise(rules: Prepared, promise: ShieldPromise, shield: Shield): readonly PromiseJudged[] {
  switch (promise.kind) {
    case 'inbound': {
      const { protocol, port } = promise;
      return (['prerouting', 'input'] as const).map((hook) => {
        const what = message('proof.at', { protocol: protocol.toUpperCase(), port, hook });
        const journey = { ...firstPacket, protocol: protocol === 'tcp' ? 6 : 17, port };
        const open = bothFamilies.flatMap((family) =>
          openings(rules, hook, { ...journey, family }, shield.allow[family]),
        );
        return open.length > 0
          ? { holds: false, line: message('proof.open', { what, openings: open }) }
          : {
              holds: true,
              line: message('proof.closed', { what, from: exceptions(shield) }),
            };
      });
    }
    case 'outbound': {
      const { port } = promise;
      const leaving = {
        ...firstPacket,
        asked: 'destination',
        in: null,
        out: firstPacket.in,
        protocol: 6,
        port,
      } as const;
      const open = bothFamilies.flatMap((family) =>
        openings(rules, 'output', { ...leaving, family }, nearNetworks[family]),
      );
      return [
        open.length > 0
          ? { holds: false, line: message('proof.outbound.open', { port, openings: open }) }
          : { holds: true, line: message('proof.outbound', { port }) },
      ];
    }
    // None is offered on Linux (host/linux/linux-host.ts): nothing here tells whether one is in force.
    case 'workaround':
      return [{ holds: false, line: message('proof.workaround-unknown', { workaround: promise.workaround }) }];
  }
}

const bothFamilies: readonly Family[] = ['ipv4', 'ipv6'];

/** From outside, over an interface whose name is not decided here, to one of the PC's own addresses. */
const firstPacket: Omit<Journey, 'family' | 'protocol' | 'port'> = {
  asked: 'source',
  sourcePort: null,
  in: { kind: 'any-but-loopback' },
  out: null,
  bridges: null,
  routes: null,
  flags: ['syn'],
  redirect: { kind: 'own' },
  own: null,
  local: null,
  knownMark: 0,
};

/** Why the base chain on this hook lets in more than the allowed addresses; empty = it does not. */
function openings(
  rules: Prepared,
  hook: 'prerouting' | 'input' | 'output',
  journey: Journey,
  allowed: Shield['allow'][Family],
): readonly Message[] {
  const base = rules.chains[hook].find(isShieldBase);
  if (!base) return [message('proof.no-chain', { priority: shieldPriority })];
  const { family } = journey;
  const accepted = { family, edges: acceptedBy(rules, base, journey, { kind: 'own' }) };
  if (isWithin(accepted, setOf(family, allowed))) return [];
  const shown = toNetworks(accepted);
  const said = { family: family === 'ipv4' ? 'IPv4' : 'IPv6', networks: shown.slice(0, 4) };
  return [
    shown.length > 4
      ? message('proof.let-through-more', { ...said, more: shown.length - 4 })
      : message('proof.let-through', said),
  ];
}

const isShieldBase = ({ type, priority }: BaseChain): boolean => type === 'filter' && priority === shieldPriority;

const leased = ['leased_tcp', 'leased_udp'];

/** The members of a set of ours. */
const elementsOf = (table: NftTable, name: string): readonly NftElement[] =>
  (table.sets.get(name)?.elements ?? []).map(readElement);

function leaseProblem(table: NftTable, end: string | null): Message | null {
  const elements = leased.flatMap((name) => elementsOf(table, name));
  const ending = elements.filter((element) => element.timeout !== null);
  if (end === null && ending.length > 0) return message('proof.lease-unasked');
  if (end !== null && ending.length < elements.length) return message('proof.lease-missing');
  return null;
}

function exceptions(shield: Shield): Message {
  const allowed = [...shield.allow.ipv4, ...shield.allow.ipv6];
  return allowed.length === 0 ? message('proof.from.everywhere') : message('proof.from.but', { allowed });
}

function countedBy(table: NftTable, now: Date): Counted {
  const attempts = ['seen4', 'seen6']
    .flatMap((name) => elementsOf(table, name))
    .flatMap((element): Attempt[] => {
      if (typeof element.value !== 'string') return [];
      const until = element.expires === null ? null : new Date(now.getTime() + element.expires * 1000).toISOString();
      return [{ address: element.value, packets: element.packets ?? 0, until }];
    });
  return {
    blocked: table.counters.get('cut') ?? 0,
    allowed: table.counters.get('let') ?? 0,
    outboundBlocked: table.counters.get('out') ?? 0,
    attempts: attempts.sort((a, b) => b.packets - a.packets || (a.address < b.address ? -1 : 1)),
  };
}
