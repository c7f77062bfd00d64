// Reads what a Linux PC says about itself and SMB, without starting a single program.
import type { Fact, Source } from '../../../model/facts';
import type { SmbAnswer } from '../../../model/smb';
import { type HostFactName, type HostFacts, known, type OnHostFact } from '../../host';
import { filesUnder, type SystemFiles, Unreadable } from './files';
import { listenersOf, sessionsOf } from './listeners';
import { readManagers } from './managers';
import { firstTarget, Negotiation, shownTarget, targetsOf } from './negotiation';
import { readNetwork } from './network';
import { nameOwners, type OwnerOf } from './owners';
import { readProcesses } from './processes';
import { readServers } from './servers';
import { readTcpSockets, readUdpSockets, type Socket } from './sockets';
import { readSystem } from './system';
import type { ReadingTools } from './tools';

/** A server on this PC that has not answered by then does not. */
const answerWithinMs = 3000;

/**
 * As `Host.readFacts`: never rejects. Questions to others (SMB servers, the ruleset) go out first; files, which cost a few
 * milliseconds in all, are read while those are answered, and each fact is told as soon as it is there.
 */
export async function readLinuxFacts(
  wanted: ReadonlySet<HostFactName>,
  onFact: OnHostFact,
  tools: ReadingTools,
  signal: AbortSignal = new AbortController().signal,
): Promise<HostFacts> {
  const facts: { [N in HostFactName]?: HostFacts[N] } = {};
  const tell = <N extends HostFactName>(name: N, fact: HostFacts[N]): void => {
    facts[name] = fact;
    onFact(name, fact);
  };
  const shared = sharedReads(filesUnder(tools.root), tools);

  const asked: Promise<void>[] = [];
  const ask = <N extends HostFactName>(name: N, answer: (signal: AbortSignal) => Promise<HostFacts[N]>): void => {
    if (wanted.has(name)) asked.push(unlessStopped(name, answer, tools, signal).then((fact) => tell(name, fact)));
  };
  ask('smb', (stop) => askServers(shared, tools, stop));
  ask('ruleset', (stop) => tools.readRuleset(stop));

  const readings = readingsOf(shared, tools);
  const take = <N extends Reading>(name: N): void =>
    tell(name, signal.aborted ? stopped<HostFacts[N]>(name, tools) : (readings[name]() as HostFacts[N]));
  for (const name of inOrder) {
    if (!wanted.has(name)) continue;
    // Answers that came meanwhile are taken first.
    await nextTurn();
    take(name);
  }
  await Promise.all(asked);

  const rest = <N extends HostFactName>(name: N): HostFacts[N] =>
    facts[name] ?? (unread(name, 'not-asked', 'This was not asked for.', tools) as HostFacts[N]);
  return {
    system: rest('system'),
    network: rest('network'),
    listeners: rest('listeners'),
    sessions: rest('sessions'),
    smb: rest('smb'),
    servers: rest('servers'),
    managers: rest('managers'),
    ruleset: rest('ruleset'),
  };
}

type Reading = Exclude<HostFactName, 'smb' | 'ruleset'>;

/** What is quick and decides most comes first. */
const inOrder: readonly Reading[] = ['listeners', 'network', 'sessions', 'system', 'servers', 'managers'];

/** Where each fact comes from when it could not be read. */
const sources: Readonly<Record<HostFactName, Source>> = {
  system: { kind: 'file', name: '/etc/os-release, /proc/sys/kernel' },
  network: { kind: 'file', name: '/proc/net' },
  listeners: { kind: 'file', name: '/proc/net/tcp, tcp6, udp, udp6' },
  sessions: { kind: 'file', name: '/proc/net/tcp, tcp6' },
  smb: { kind: 'network', name: 'negotiate with this PC' },
  servers: { kind: 'file', name: '/etc/samba/smb.conf' },
  managers: { kind: 'file', name: '/proc, /etc, /run' },
  ruleset: { kind: 'command', name: 'nft -j list ruleset' },
};

/** Reads that more than one fact needs, done once and only when needed. */
interface SharedReads {
  readonly files: SystemFiles;
  tcp(): readonly Socket[];
  sockets(): readonly Socket[];
  owners(): OwnerOf;
  processes(): ReturnType<typeof readProcesses>;
}

function sharedReads(files: SystemFiles, tools: ReadingTools): SharedReads {
  const tcp = once(() => readTcpSockets(files, tools.byteOrder));
  const processes = once(() => readProcesses(files));
  const sockets = once(() => [...tcp(), ...readUdpSockets(files, tools.byteOrder)]);
  const owners = once(() => nameOwners(files, sockets(), processes, tools.uid));
  return { files, tcp, sockets, owners, processes };
}

function readingsOf(shared: SharedReads, tools: ReadingTools): { readonly [N in Reading]: () => HostFacts[N] } {
  const { files } = shared;
  const plainly = <T>(name: Reading, read: () => T): Fact<T> =>
    reading(name, () => ({ value: read(), source: sources[name] }), tools);
  return {
    listeners: () => plainly('listeners', () => listenersOf(shared.sockets(), shared.owners())),
    network: () => plainly('network', () => readNetwork(files, tools)),
    sessions: () => plainly('sessions', () => sessionsOf(shared.tcp(), shared.owners())),
    system: () => reading('system', () => readSystem(files, tools), tools),
    servers: () => reading('servers', () => readServers(files, shared.processes()), tools),
    managers: () => plainly('managers', () => readManagers(files, shared.processes())),
  };
}

async function askServers(
  shared: SharedReads,
  tools: ReadingTools,
  signal: AbortSignal,
): Promise<Fact<readonly SmbAnswer[]>> {
  const negotiation = new Negotiation((target) => tools.probe(target, { timeoutMs: answerWithinMs, signal }));
  const first = firstTarget(shared.tcp(), tools.addresses);
  if (first === null)
    return known([], { kind: 'file', name: `${sources.sessions.name}: nobody waits at TCP 445 or 139` }, tools.now());
  // Servers take tens of milliseconds: the first is asked before anything else is read.
  const begun = negotiation.of(first);
  await nextTurn();
  const targets = targetsOf(shared.tcp(), shared.owners(), tools.addresses);
  const [answers] = await Promise.all([Promise.all(targets.map((target) => negotiation.of(target))), begun]);
  return known(
    answers,
    { kind: 'network', name: `negotiate with ${targets.map(shownTarget).join(', ')}` },
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

/** The answer, or what became of it; when `signal` ends it, at once. */
function unlessStopped<N extends HostFactName>(
  name: N,
  answer: (signal: AbortSignal) => Promise<HostFacts[N]>,
  tools: ReadingTools,
  signal: AbortSignal,
): Promise<HostFacts[N]> {
  return new Promise((resolve) => {
    const stop = (): void => resolve(stopped<HostFacts[N]>(name, tools));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    answer(signal)
      .catch((error: unknown) => failure(name, error, tools) as HostFacts[N])
      .then(resolve)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}

const stopped = <F>(name: HostFactName, tools: ReadingTools): F =>
  unread(name, 'failed', 'Stopped before this was read.', tools) as F;

function failure(name: HostFactName, error: unknown, tools: ReadingTools): Fact<never> {
  if (error instanceof Unreadable)
    return { state: error.state, why: error.message, source: error.source, at: tools.now().toISOString() };
  return unread(name, 'failed', error instanceof Error ? error.message : String(error), tools);
}

function unread(name: HostFactName, state: 'failed' | 'not-asked', why: string, tools: ReadingTools): Fact<never> {
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
