// A simulated PC behind the one interface: fixed facts, a fixed clock, and a shield kept in a file of its own.
import { join } from 'node:path';
import type { Fact, Facts, Ruleset, Source } from '../../model/facts';
import { type Message, message } from '../../model/message';
import { messageOf } from '../../model/message-error';
import { ElevationFailed } from '../elevation/elevation-failed';
import {
  type Elevation,
  type Host,
  type HostFactName,
  type HostFacts,
  known,
  noObstacles,
  type OnHostFact,
} from '../host';
import { simulatedAdministration } from './administration';
import { sceneNamed, simulatedNames } from './catalogue';
import { reviewSimulated } from './review';
import type { Scene } from './scene';
import { describeSimulatedLift, describeSimulatedShield, findSimulatedShield, mustBeSimulated } from './shield-rules';
import { readState } from './state-file';

export interface SimulationOptions {
  /** Lets facts arrive one after the other as on a real PC (up to 0.7 s); without it they are there at once. */
  readonly unhurried?: boolean;
}

/**
 * Its state lies in `<stateRoot>/simulated-<name>`. Touches nothing else of the real PC and asks no network.
 * Throws an Error with a message for people where no simulated PC has that name.
 */
export function simulatedHost(name: string, stateRoot: string, options: SimulationOptions = {}): Host {
  const scene = sceneNamed(name);
  if (!scene)
    throw new Error(
      `There is no simulated PC ${JSON.stringify(name.slice(0, 60))}. There are: ${simulatedNames.map((one) => one.name).join(', ')}.`,
    );
  const stateFolder = join(stateRoot, `simulated-${name}`);
  const now = (): Date => new Date(scene.clock);
  const source: Source = { kind: 'simulated', name: `simulated PC "${name}"` };
  const readRules = (): Fact<Ruleset> => {
    if (!scene.rulesReadable)
      return {
        state: 'not-permitted',
        why: message('simulated.rules-forbidden'),
        source,
        at: scene.clock,
      };
    try {
      return known({ kind: 'simulated', ...readState(stateFolder) }, source, now());
    } catch (error) {
      return { state: 'failed', why: messageOf(error), source, at: scene.clock };
    }
  };
  return {
    platform: scene.platform,
    simulated: name,
    stateFolder,
    now,
    readFacts: (wanted, onFact, signal) =>
      readSceneFacts(
        { scene, source, readRules, delays: options.unhurried === true ? delays : null },
        wanted,
        onFact,
        signal,
      ),
    readShieldRules: async () => readRules(),
    findShield: (ruleset) => findSimulatedShield(ruleset, now()),
    review: ({ ruleset }, query) => reviewSimulated(scene, ruleset, query),
    savePolicy: async () => null,
    passesOn: (ruleset) => {
      mustBeSimulated(ruleset);
      return false;
    },
    rulesExpire: scene.platform === 'linux',
    obstacles: () => noObstacles,
    workarounds: {},
    ruleNature: { outliveRestart: false, cutOpenConnections: true },
    describeShield: (shield) => describeSimulatedShield(scene, shield),
    describeLift: () => describeSimulatedLift(scene, readState(stateFolder).shield),
    keeping: {
      rhythm: 'all the time, simulated',
      // Everybody sees the schedule, also who may not read the rules. What is damaged is told by whoever reads those.
      async find() {
        try {
          return { state: readState(stateFolder).shield === null ? 'absent' : 'whole' };
        } catch {
          return { state: 'absent' };
        }
      },
      describeStart: () => [{ what: '(simulated) Let the system run the keeper', command: '(simulated)', input: null }],
      describeStop: () => [
        { what: '(simulated) Let the system run the keeper no longer', command: '(simulated)', input: null },
      ],
    },
    permissionQuestion: '(simulated) An administrator is asked for permission.',
    elevation: scene.nature === 'denies' ? alwaysDenied : null,
    administration: simulatedAdministration(scene, stateFolder),
  };
}

/** Asking for permission needs a program to run; here the answer is no before there is one. */
const alwaysDenied: Elevation = {
  isAdministrator: () => false,
  get node(): never {
    throw new ElevationFailed(
      'denied',
      'Permission was not given (simulated: the administrator of this PC always says no).',
      'Nothing was changed. Choose another simulated PC to see a shield go up.',
    );
  },
  env: null,
  plain: /^/,
  byHand: '',
  writableByOthers: () => null,
  prepare: () => undefined,
  refused: async () => null,
  endPrompts: () => undefined,
};

/** Milliseconds after which each fact arrives, in the proportions of a real PC. */
const delays: Readonly<Record<HostFactName, number>> = {
  system: 10,
  network: 30,
  listeners: 80,
  sessions: 100,
  servers: 160,
  managers: 200,
  patch: 250,
  ruleset: 350,
  smb: 700,
};

interface Reading {
  readonly scene: Scene;
  readonly source: Source;
  readonly readRules: () => Fact<Ruleset>;
  /** null = everything at once. */
  readonly delays: Readonly<Record<HostFactName, number>> | null;
}

async function readSceneFacts(
  reading: Reading,
  wanted: ReadonlySet<HostFactName>,
  onFact: OnHostFact,
  signal?: AbortSignal,
): Promise<HostFacts> {
  const { scene, source } = reading;
  const at = new Date(scene.clock);
  const read = async <N extends HostFactName>(name: N, fact: () => Facts[N]): Promise<Facts[N]> => {
    const unread = (state: 'not-asked' | 'failed', why: Message) => ({ state, why, source, at: scene.clock }) as const;
    if (!wanted.has(name)) return unread('not-asked', message('simulated.not-asked')) as Facts[N];
    if (reading.delays) await pause(reading.delays[name], signal);
    const arrived = signal?.aborted ? (unread('failed', message('simulated.stopped')) as Facts[N]) : fact();
    onFact(name, arrived);
    return arrived;
  };
  const [system, network, listeners, sessions, smb, servers, managers, patch, ruleset] = await Promise.all([
    read('system', () => known(scene.system, source, at)),
    read('network', () => known(scene.network, source, at)),
    read('listeners', () => known(scene.listeners, source, at)),
    read('sessions', () => known(scene.sessions, source, at)),
    read('smb', () => known(scene.smb, source, at)),
    read('servers', () => known(scene.servers, source, at)),
    read('managers', () => known(scene.managers, source, at)),
    read('patch', () => known(scene.patch, source, at)),
    read('ruleset', reading.readRules),
  ]);
  return { system, network, listeners, sessions, smb, servers, managers, patch, ruleset };
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
