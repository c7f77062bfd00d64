// Reads what a Windows PC says about itself and SMB: a first wave of quick programs all at once, then what needs PowerShell.
import type { Fact, Facts, Listener, Owner, Source } from '../../../model/facts';
import { type Message, message } from '../../../model/message';
import { MessageError, messageOf } from '../../../model/message-error';
import type { SmbAnswer } from '../../../model/smb';
import { places } from '../../../policy/windows/places';
import { withAbsent } from '../../../policy/windows/read-registry';
import type { Registry } from '../../../policy/windows/registry';
import { type HostFactName, type HostFacts, known, type OnHostFact } from '../../host';
import { allFacts, type FactsSoFar, unlessStopped } from '../../host-facts';
import { isAdministratorBy } from '../administrator';
import { type PolicyTools, readPolicy, type WindowsRuleset } from '../policy-reads';
import type { KeyAnswer, KeyQuestion } from '../registry-reads';
import { readTogether } from '../registry-together';
import { connectionsIn, connectionsKey } from './connections';
import { lanmanServer, patchKeys, serverKeys, servicing } from './keys';
import { managersOf } from './managers';
import { type NetstatRead, readNetstat } from './netstat';
import { type InterfaceProfile, networkOf } from './network';
import { patchOf } from './patch';
import { readProfilesWithin } from './profiles';
import { namedOwner, programNames } from './program-names';
import { serversOf } from './servers';
import { systemOf } from './system';
import { policyTools, type ReadingTools } from './tools';

/**
 * As `Host.readFacts`: never rejects. All programs of the first wave are started at once; the network is told when PowerShell has said
 * which profile each interface is in, or has failed to within three seconds: without profiles, then.
 */
export async function readWindowsFacts(
  wanted: ReadonlySet<HostFactName>,
  onFact: OnHostFact,
  tools: ReadingTools,
  signal: AbortSignal = new AbortController().signal,
): Promise<HostFacts> {
  const facts: FactsSoFar = {};
  const shared = sharedReads(tools, signal);
  const readings = readingsOf(shared, tools, signal);
  const read = async <N extends HostFactName>(name: N): Promise<void> => {
    const stopped = (): Facts[N] => unread(name, 'failed', message('host.fact.stopped'), tools) as Facts[N];
    const fact = await unlessStopped(() => factOf(name, readings[name], tools), stopped, signal);
    facts[name] = fact;
    onFact(name, fact);
  };
  await Promise.all(order.filter((name) => wanted.has(name)).map(read));
  return allFacts(facts, (name) => unread(name, 'not-asked', message('host.fact.not-asked'), tools));
}

/** The slowest first. */
const order: readonly HostFactName[] = [
  'network',
  'ruleset',
  'listeners',
  'sessions',
  'smb',
  'servers',
  'managers',
  'system',
  'patch',
];

const sources: Readonly<Record<HostFactName, Source>> = {
  system: { kind: 'registry', name: places.windowsVersion },
  network: { kind: 'command', name: 'GetAdaptersAddresses, Get-NetConnectionProfile' },
  listeners: { kind: 'command', name: 'netstat -ano' },
  sessions: { kind: 'command', name: 'netstat -ano' },
  smb: { kind: 'network', name: message('host.source.negotiate-here') },
  servers: { kind: 'registry', name: lanmanServer },
  managers: { kind: 'registry', name: message('windows.source.managers') },
  ruleset: { kind: 'registry', name: message('windows.source.policy') },
  patch: { kind: 'registry', name: `${places.windowsVersion}, ${servicing}` },
};

/** Reads that more than one fact needs, done once and only when needed. */
interface SharedReads {
  netstat(): Promise<Extract<NetstatRead, { kind: 'read' }>>;
  /** Of running programs, by process number; empty where they are not told. */
  names(): Promise<ReadonlyMap<number, string>>;
  policy(): Promise<WindowsRuleset>;
  profiles(): Promise<readonly InterfaceProfile[] | null>;
  readKeys: PolicyTools['readKeys'];
}

function sharedReads(tools: ReadingTools, signal: AbortSignal): SharedReads {
  const profiles = once(() => readProfilesWithin(3_000, tools, signal));
  const plain = policyTools(tools, profiles, signal);
  const asked = new Map<string, Promise<readonly KeyAnswer[]>>();
  const readKeys: PolicyTools['readKeys'] = async (questions) => {
    const answers = questions.map((question) => {
      const name = `${question.how} ${question.key}`;
      const answer = asked.get(name) ?? plain.readKeys([question]);
      asked.set(name, answer);
      return answer;
    });
    return (await Promise.all(answers)).flat();
  };
  return {
    netstat: once(async () => {
      const ran = await tools.run('netstat', ['-ano'], signal);
      if (ran.kind !== 'ended' || ran.code !== 0) throw new MessageError(message('windows.netstat.not-run'));
      const read = readNetstat(ran.stdout);
      if (read.kind === 'bad') throw new MessageError(read.why);
      return read;
    }),
    names: once(async () => {
      const ran = await tools.run('tasklist', ['/fo', 'csv', '/nh'], signal);
      return programNames(ran.kind === 'ended' && ran.code === 0 ? ran.stdout : '');
    }),
    policy: once(() => readPolicy({ ...plain, readKeys }, 'whole')),
    profiles,
    readKeys,
  };
}

type Readings = { readonly [N in HostFactName]: () => Promise<Extract<Facts[N], { state: 'known' }>['value']> };

function readingsOf(shared: SharedReads, tools: ReadingTools, signal: AbortSignal): Readings {
  const { netstat, names, policy, profiles, readKeys } = shared;
  const named = <T extends { readonly owner: Owner | null }>(all: readonly T[], known: ReadonlyMap<number, string>) =>
    all.map((one) => namedOwner(one, known));
  const registry = async (questions: readonly KeyQuestion[]): Promise<Registry> =>
    readTogether(await readKeys(questions));
  return {
    async system() {
      const [read, administrator] = await Promise.all([
        registry([{ key: places.windowsVersion, how: 'values' }]),
        isAdministratorBy((args) => tools.run('reg', args, signal)),
      ]);
      return systemOf(read, { ...tools, administrator });
    },
    async network() {
      const [read, found] = await Promise.all([registry([{ key: connectionsKey, how: 'export' }]), profiles()]);
      return networkOf(tools.addresses(), connectionsIn(read), found);
    },
    async listeners() {
      const [{ listeners }, known] = await Promise.all([netstat(), names()]);
      return named(listeners, known);
    },
    async sessions() {
      const [{ sessions }, known] = await Promise.all([netstat(), names()]);
      return named(sessions, known);
    },
    smb: async () => askServer(await netstat().catch(() => null), tools, signal),
    async servers() {
      const answers = await readKeys(serverKeys);
      const absent = answers.flatMap(({ key, state }) => (state === 'absent' ? [key] : []));
      return serversOf(withAbsent(readTogether(answers), absent));
    },
    managers: async () => managersOf(await policy()),
    ruleset: policy,
    patch: async () => patchOf(await registry(patchKeys), tools.architecture),
  };
}

/**
 * Windows has one SMB server, which answers at each of the PC's addresses: this PC is asked at its loopback address, or where it waits
 * at certain addresses only, at the first of those. Where it is not known who listens, nobody answering is no answer.
 */
async function askServer(
  netstat: { readonly listeners: readonly Listener[] } | null,
  tools: ReadingTools,
  signal: AbortSignal,
): Promise<readonly SmbAnswer[]> {
  const waiting = netstat?.listeners.filter(({ protocol, port }) => protocol === 'tcp' && port === 445) ?? null;
  if (waiting?.length === 0) return [];
  const anywhere = waiting === null || waiting.some(({ address }) => address === '0.0.0.0');
  const first = waiting?.find(({ family }) => family === 'ipv4') ?? waiting?.[0];
  const address = anywhere ? '127.0.0.1' : first?.address === '::' ? '::1' : (first?.address ?? '127.0.0.1');
  const answer = await tools.probe({ address, port: 445 }, { signal });
  const said = answer.smb1 !== 'unknown' || Object.values(answer.dialects).some((one) => one !== 'unknown');
  if (netstat === null && !said) throw new MessageError(message('windows.no-answer'));
  return [answer];
}

async function factOf<N extends HostFactName>(name: N, read: Readings[N], tools: ReadingTools): Promise<Facts[N]> {
  try {
    return known(await read(), sources[name], tools.now()) as Facts[N];
  } catch (error) {
    return unread(name, 'failed', messageOf(error), tools) as Facts[N];
  }
}

function unread(name: HostFactName, state: 'failed' | 'not-asked', why: Message, tools: ReadingTools): Fact<never> {
  return { state, why, source: sources[name], at: tools.now().toISOString() };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | null = null;
  return () => {
    kept ??= read();
    return kept;
  };
}
