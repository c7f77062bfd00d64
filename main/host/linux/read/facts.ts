// Reads what a Linux PC says about itself and SMB, without starting a single program.
import type { Fact, Facts, Source } from '../../../model/facts';
import { type Message, message } from '../../../model/message';
import { messageOf } from '../../../model/message-error';
import { type HostFactName, type HostFacts, known, type OnHostFact } from '../../host';
import { allFacts, type FactsSoFar, unlessStopped } from '../../host-facts';
import { readServing } from '../stale-servers';
import { filesUnder, type SystemFiles, Unreadable } from './files';
import { listenersOf, sessionsOf } from './listeners';
import { readManagers } from './managers';
import { Negotiation, shownTarget, targetsOf, usualTarget } from './negotiation';
import { readNetwork } from './network';
import { nameOwners, type OwnerOf } from './owners';
import { readPatch } from './patch';
import { type Processes, readProcesses } from './processes';
import { readServers } from './servers';
import { readTcpSockets, readUdpSockets, type Socket, surelyServes, type TcpSockets } from './sockets';
import { readSystem } from './system';
import type { ReadingTools } from './tools';

/**
 * As `Host.readFacts`: never rejects. SMB servers and the ruleset are asked first, and the tables of connections are read
 * aside; meanwhile the small files are read here. Each fact is told as soon as it is there.
 */
export async function readLinuxFacts(
  wanted: ReadonlySet<HostFactName>,
  onFact: OnHostFact,
  tools: ReadingTools,
  signal: AbortSignal = new AbortController().signal,
): Promise<HostFacts> {
  const facts: FactsSoFar = {};
  const tell = <N extends HostFactName>(name: N, fact: Facts[N]): void => {
    facts[name] = fact;
    onFact(name, fact);
  };
  const shared = sharedReads(wanted, tools);

  const asked: Promise<void>[] = [];
  const questions = questionsOf(shared, tools);
  const ask = <N extends Question>(name: N): void => {
    const answer = (): Promise<Facts[N]> =>
      questions[name](signal).catch((error: unknown) => failure(name, error, tools) as Facts[N]);
    asked.push(unlessStopped(answer, () => stopped<Facts[N]>(name, tools), signal).then((fact) => tell(name, fact)));
  };
  for (const name of questionOrder) if (wanted.has(name)) ask(name);

  const readings = readingsOf(shared, tools);
  const take = <N extends Reading>(name: N): void =>
    tell(name, signal.aborted ? stopped<Facts[N]>(name, tools) : readings[name]());
  for (const name of readingOrder) {
    if (!wanted.has(name)) continue;
    // What came meanwhile is handled first.
    await nextTurn();
    take(name);
  }
  await Promise.all(asked);

  return allFacts(facts, (name) => unread(name, 'not-asked', message('host.fact.not-asked'), tools));
}

/** Facts that are waited for, and facts that are read at once. */
const questionOrder = ['smb', 'ruleset', 'network', 'patch', 'listeners', 'sessions'] as const;
const readingOrder = ['system', 'servers', 'managers'] as const;
type Question = (typeof questionOrder)[number];
type Reading = (typeof readingOrder)[number];

/** Where each fact comes from when it could not be read. */
const sources: Readonly<Record<HostFactName, Source>> = {
  system: { kind: 'file', name: '/etc/os-release, /proc/sys/kernel' },
  network: { kind: 'file', name: '/proc/net' },
  listeners: { kind: 'file', name: '/proc/net/tcp, tcp6, udp, udp6' },
  sessions: { kind: 'file', name: '/proc/net/tcp, tcp6' },
  smb: { kind: 'network', name: message('host.source.negotiate-here') },
  servers: { kind: 'file', name: '/etc/samba/smb.conf' },
  managers: { kind: 'file', name: '/proc, /etc, /run' },
  ruleset: { kind: 'command', name: 'nft -j list ruleset' },
  patch: { kind: 'file', name: message('linux.source.packages') },
};

/** Reads that more than one fact needs, done once and only when needed. */
interface SharedReads {
  readonly files: SystemFiles;
  tcp(): Promise<TcpSockets>;
  udp(): Promise<readonly Socket[]>;
  owners(): Promise<OwnerOf>;
  processes(): Processes;
}

function sharedReads(wanted: ReadonlySet<HostFactName>, tools: ReadingTools): SharedReads {
  const files = filesUnder(tools.root);
  const tcp = once(() => readTcpSockets(files, tools.byteOrder));
  const udp = once(() => readUdpSockets(files, tools.byteOrder));
  const processes = once(() => readProcesses(files));
  const owners = once(async () => {
    // The tables come first: who owns what is looked up in one go. Why one can't be read is said by the fact that is about it.
    const datagrams = wanted.has('listeners') ? await udp().catch(() => []) : [];
    return nameOwners(files, [...(await tcp()).sockets, ...datagrams], processes, tools.uid);
  });
  return { files, tcp, udp, owners, processes };
}

function questionsOf(
  shared: SharedReads,
  tools: ReadingTools,
): { readonly [N in Question]: (signal: AbortSignal) => Promise<Facts[N]> } {
  const { tcp, udp, owners } = shared;
  const plainly = <T>(name: Question, value: T): Fact<T> => known(value, sources[name], tools.now());
  return {
    smb: (signal) => askServers(shared, tools, signal),
    ruleset: (signal) => tools.readRuleset(signal),
    network: async () => {
      const network = readNetwork(shared.files, tools);
      // Why the table can't be read is said by the facts that are about it.
      const listening = await tcp().then(
        ({ listening: ports }) => ({ ports, complete: true }),
        () => null,
      );
      return plainly('network', listening === null ? network : { ...network, listening });
    },
    patch: async () => {
      const { value, source } = await readPatch(shared.files, tools.runRpm);
      const installed = value.packages.state === 'known' ? value.packages.value.installed : [];
      const serving = readServing(installed, shared.processes, { files: shared.files, root: tools.root });
      return known({ ...value, serving }, source, tools.now());
    },
    listeners: async () => {
      const sockets = [...(await tcp()).sockets, ...(await udp())];
      return plainly('listeners', listenersOf(sockets, await owners()));
    },
    sessions: async () => plainly('sessions', sessionsOf((await tcp()).sockets, await owners())),
  };
}

function readingsOf(shared: SharedReads, tools: ReadingTools): { readonly [N in Reading]: () => Facts[N] } {
  const { files, processes } = shared;
  return {
    system: () => reading('system', () => readSystem(files, tools), tools),
    servers: () => reading('servers', () => readServers(files, processes(), tools.uid), tools),
    managers: () =>
      reading('managers', () => ({ value: readManagers(files, processes()), source: sources.managers }), tools),
  };
}

async function askServers(shared: SharedReads, tools: ReadingTools, signal: AbortSignal): Promise<Facts['smb']> {
  const negotiation = new Negotiation((target) => tools.probe(target, { signal }));
  // A server takes tens of milliseconds to answer, longer than all else here: the usual one is asked before anything is read.
  if (surelyServes(shared.files)) void negotiation.of(usualTarget);
  const { sockets } = await shared.tcp();
  const targets = targetsOf(sockets, await shared.owners(), tools.addresses);
  const answers = await Promise.all(targets.map((target) => negotiation.of(target)));
  const { name } = sources.sessions;
  return targets.length === 0
    ? known([], { kind: 'file', name: message('host.source.nobody-waits', { name }) }, tools.now())
    : known(
        answers,
        { kind: 'network', name: message('host.source.negotiate', { targets: targets.map(shownTarget) }) },
        tools.now(),
      );
}

function reading<T>(
  name: Reading,
  read: () => { readonly value: T; readonly source: Source },
  tools: ReadingTools,
): Fact<T> {
  try {
    const { value, source } = read();
    return known(value, source, tools.now());
  } catch (error) {
    return failure(name, error, tools);
  }
}

const stopped = <F>(name: HostFactName, tools: ReadingTools): F =>
  unread(name, 'failed', message('host.fact.stopped'), tools) as F;

function failure(name: HostFactName, error: unknown, tools: ReadingTools): Fact<never> {
  if (error instanceof Unreadable)
    return { state: error.state, why: error.said, source: error.source, at: tools.now().toISOString() };
  return unread(name, 'failed', messageOf(error), tools);
}

function unread(name: HostFactName, state: 'failed' | 'not-asked', why: Message, tools: ReadingTools): Fact<never> {
  return { state, why, source: sources[name], at: tools.now().toISOString() };
}

/** Lets answers that have arrived be handled. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function once<T>(read: () => T): () => T {
  let kept: { readonly value: T } | null = null;
  return () => {
    kept ??= { value: read() };
    return kept.value;
  };
}
