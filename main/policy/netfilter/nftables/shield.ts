// Finds our shield in a ruleset and judges its rules one by one: does the door hold for everybody but the exceptions?
import type { Family } from '../../../model/address';
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
    lines: ['There is no table "inet breakwater": none of our rules is in force.'],
  }),
};

/**
 * Our rules as `nft -j list ruleset` (or `list table inet breakwater`) and the plain text of our table tell them; `now` dates the attempts.
 * Throws an Error with a message for people where the text can't be read: then nothing is known.
 */
export function findShield(json: string, shieldText: string | null, now: Date): ShieldFound {
  const parsed = parseRuleset(json);
  if (parsed.kind === 'bad') throw new Error(`Breakwater could not read the firewall's rules: ${parsed.why}.`);
  const table = parsed.tables.find(({ family, name }) => family === shieldTable.family && name === shieldTable.name);
  if (!table && shieldText === null) return absent;
  if (!table || shieldText === null)
    throw new Error('The firewall changed while Breakwater was reading it. Please try again.');
  const id = /^\tcomment "Breakwater shield ([0-9a-f]{8}): /m.exec(shieldText)?.[1] ?? null;
  if (id === null)
    return {
      state: 'foreign',
      id: null,
      counted: null,
      judge: () => ({
        state: 'not-closed',
        lines: ['The table "inet breakwater" does not carry our mark: it is somebody else\'s.'],
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
  const wrong: string[] = [];
  const proof: string[] = [];
  if (id !== shield.id) wrong.push(`The rules carry the mark of shield ${id}, not ${shield.id}.`);
  if (table.flagged || /^\tflags /m.test(shieldText))
    wrong.push('The table "inet breakwater" is switched off or owned by a program (it has flags).');
  else proof.push(`Table "inet breakwater" is there, switched on, and carries the mark of shield ${id}.`);

  const told = readListing(shieldText).get(`${shieldTable.family} ${shieldTable.name}`) ?? null;
  const rules = prepare([
    { language: 'nftables', baseChains: readTable(table, { told, hidden: new Map() }, []), unsure: [] },
  ]);
  const promises = promisesOf(shield);
  for (const promise of promises)
    for (const { holds, line } of judgePromise(rules, promise, shield)) (holds ? proof : wrong).push(line);
  if (promises.length === 0) wrong.push('The shield on record closes nothing.');
  const end = leaseEnd(shield);
  const lease = leaseProblem(table, end);
  if (lease) wrong.push(lease);
  else if (end) proof.push(`The kernel itself lets go of the ports at ${end}.`);

  if (wrong.length === 0) return { state: 'closed', lines: proof };
  const overdue = end !== null && now.getTime() >= Date.parse(end);
  if (overdue && leased.every((name) => table.sets.get(name)?.elements?.length === 0))
    return {
      state: 'expired',
      lines: [`The shield was up until ${end}; the kernel has let go of the ports as agreed.`],
    };
  return { state: 'not-closed', lines: wrong };
}

function judgePromise(rules: Prepared, promise: ShieldPromise, shield: Shield): readonly PromiseJudged[] {
  switch (promise.kind) {
    case 'inbound': {
      const { protocol, port } = promise;
      return (['prerouting', 'input'] as const).map((hook) => {
        const what = `${protocol.toUpperCase()} ${port} at ${hook}`;
        const journey = { ...firstPacket, protocol: protocol === 'tcp' ? 6 : 17, port };
        const open = bothFamilies.flatMap((family) =>
          openings(rules, hook, { ...journey, family }, shield.allow[family]),
        );
        return open.length > 0
          ? { holds: false, line: `${what}: ${open.join('; ')}.` }
          : {
              holds: true,
              line: `${what}: new connections are turned away, IPv4 and IPv6, ${exceptions(shield)}.`,
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
          ? { holds: false, line: `TCP ${port} going out: ${open.join('; ')}.` }
          : { holds: true, line: `TCP ${port} going out beyond the local networks: turned away, IPv4 and IPv6.` },
      ];
    }
    // None is offered on Linux (host/linux/linux-host.ts): nothing here tells whether one is in force.
    case 'workaround':
      return [{ holds: false, line: `Whether ${promise.workaround} is in force can't be told on this PC.` }];
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
): readonly string[] {
  const base = rules.chains[hook].find(isShieldBase);
  if (!base) return [`there is no chain of ours on this hook at priority ${shieldPriority}`];
  const { family } = journey;
  const accepted = { family, edges: acceptedBy(rules, base, journey, { kind: 'own' }) };
  if (isWithin(accepted, setOf(family, allowed))) return [];
  const shown = toNetworks(accepted);
  return [
    `${family === 'ipv4' ? 'IPv4' : 'IPv6'} is let through for ${shown.slice(0, 4).join(', ')}${shown.length > 4 ? ` and ${shown.length - 4} more networks` : ''}`,
  ];
}

const isShieldBase = ({ type, priority }: BaseChain): boolean => type === 'filter' && priority === shieldPriority;

const leased = ['leased_tcp', 'leased_udp'];

/** The members of a set of ours. */
const elementsOf = (table: NftTable, name: string): readonly NftElement[] =>
  (table.sets.get(name)?.elements ?? []).map(readElement);

function leaseProblem(table: NftTable, end: string | null): string | null {
  const elements = leased.flatMap((name) => elementsOf(table, name));
  const ending = elements.filter((element) => element.timeout !== null);
  if (end === null && ending.length > 0)
    return 'The ports would open by themselves: they carry a time-out that nobody asked for.';
  if (end !== null && ending.length < elements.length)
    return 'The ports would not open by themselves at the agreed time: the time-out is missing.';
  return null;
}

function exceptions(shield: Shield): string {
  const allowed = [...shield.allow.ipv4, ...shield.allow.ipv6];
  return allowed.length === 0 ? 'from everywhere' : `from everywhere but ${allowed.join(', ')}`;
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
