// Switches parts of the SMB server off and on again: sc.exe for the service, reg.exe for its settings; the registry says what became of it.
import { setTimeout as pause } from 'node:timers/promises';
import type { Change } from '../../model/plan';
import type { ShieldWorkaround, Was, WasBefore } from '../../model/shield';
import { disabled } from '../../policy/windows/workarounds';
import type { Ran } from '../run-program';
import { lanmanServer } from './read/keys';
import type { ServerNumbers } from './server-switches';
import { runningIn, serviceState } from './service-state';

/** What each does and costs (windows.md 5). */
export const workaroundWords: Readonly<Record<ShieldWorkaround, string>> = {
  'server-off':
    'Stops and disables the Server service: shared files and printers of this PC, its admin shares (C$, ADMIN$) and its remote management end, and services that depend on it stop, until the shield is lifted.',
  'smb1-off':
    'Switches SMBv1 off in the Server service, in force once that service, or the PC, is started anew. Very old devices lose this PC.',
  'compression-off':
    'Switches SMB compression off in the Server service (Windows 10 1903 and later), at once. It protects this PC as a server only, not as a client.',
};

interface Setting {
  readonly name: 'SMB1' | 'DisableCompression';
  readonly value: number;
}

const settings: Readonly<Record<Exclude<ShieldWorkaround, 'server-off'>, Setting>> = {
  'smb1-off': { name: 'SMB1', value: 0 },
  'compression-off': { name: 'DisableCompression', value: 1 },
};
const parameters = `${lanmanServer}\\Parameters`;
const service = 'LanmanServer';

const addArguments = (name: string, value: number): readonly string[] => [
  ...['add', parameters, '/v', name, '/t', 'REG_DWORD', '/d', String(value), '/f', '/reg:64'],
];
const deleteArguments = (name: string): readonly string[] => ['delete', parameters, '/v', name, '/f', '/reg:64'];
const configArguments = (start: string): readonly string[] => ['config', service, 'start=', start];

export function describeWorkaround(workaround: ShieldWorkaround): readonly Change[] {
  const what = workaroundWords[workaround];
  const commands =
    workaround === 'server-off'
      ? [
          ['sc', ...configArguments('disabled')],
          ['sc', 'stop', service],
        ]
      : [['reg', ...addArguments(settings[workaround].name, settings[workaround].value)]];
  return commands.map((command) => ({ what, command: command.join(' '), input: null }));
}

/** What brings it back by hand, as commands. */
export function clearCommands(was: Was): readonly string[] {
  return Object.entries(was).flatMap(([name, before]) => {
    if (name === 'server-off')
      return [['sc', ...configArguments(startWord(before))], ...before.ran.map((one) => ['sc', 'start', one])].map(
        (command) => command.join(' '),
      );
    return Object.entries(before.values).map(([own, value]) =>
      ['reg', ...(value === null ? deleteArguments(own) : addArguments(own, value))].join(' '),
    );
  });
}

export interface WorkaroundTools {
  run(program: 'sc' | 'reg', args: readonly string[]): Promise<Ran>;
  /** As they are now. */
  numbers(): Promise<ServerNumbers>;
}

/** Those that are in force already have no entry. Rejects with an Error with a message for people where it can't be told. */
export async function readWas(tools: WorkaroundTools, workarounds: readonly ShieldWorkaround[]): Promise<Was> {
  const now = await tools.numbers();
  const was: { [W in ShieldWorkaround]?: WasBefore } = {};
  for (const workaround of workarounds) {
    if (workaround === 'server-off') {
      const isRunning = serviceState(await tools.run('sc', ['query', service])) === 'running';
      const dependents = runningIn(await tools.run('sc', ['enumdepend', service, '65536']));
      if (dependents === null) throw new Error('which services depend on the Server service is not told');
      if (now.Start === disabled && !isRunning) continue;
      const values = { Start: now.Start, DelayedAutostart: now.DelayedAutostart };
      was[workaround] = { values, ran: isRunning ? [service, ...[...dependents].reverse()] : [] };
    } else {
      const { name, value } = settings[workaround];
      if (now[name] !== value) was[workaround] = { values: { [name]: now[name] }, ran: [] };
    }
  }
  return was;
}

/** Brings one in force; harmless where it is. */
export async function apply(tools: WorkaroundTools, workaround: ShieldWorkaround): Promise<void> {
  if (workaround !== 'server-off') {
    const { name, value } = settings[workaround];
    await must(tools.run('reg', addArguments(name, value)), `set ${name}`);
    if ((await tools.numbers())[name] !== value) throw new Error(`${name} is not ${value} after it was set.`);
    return;
  }
  // Disabled first: nothing starts it anew meanwhile.
  if ((await tools.numbers()).Start !== disabled) {
    await must(tools.run('sc', configArguments('disabled')), 'disable the Server service');
    if ((await tools.numbers()).Start !== disabled)
      throw new Error('The Server service is not disabled after it was told to be.');
  }
  for (const name of runningIn(await tools.run('sc', ['enumdepend', service, '65536'])) ?? []) await stop(tools, name);
  await stop(tools, service);
}

/** Back as it was, unless somebody has changed it since. */
export async function takeBackOne(tools: WorkaroundTools, workaround: ShieldWorkaround, was: WasBefore): Promise<void> {
  const now = await tools.numbers();
  if (workaround !== 'server-off') {
    const { name, value } = settings[workaround];
    const before = was.values[name] ?? null;
    if (now[name] !== value) return;
    await must(
      tools.run('reg', before === null ? deleteArguments(name) : addArguments(name, before)),
      `put ${name} back`,
    );
    if ((await tools.numbers())[name] !== before) throw new Error(`${name} is not as it was after it was put back.`);
    return;
  }
  const { Start: before = null } = was.values;
  if (now.Start !== disabled && now.Start !== before) return;
  if (now.Start !== before) {
    await must(tools.run('sc', configArguments(startWord(was))), "put the Server service's start back");
    if ((await tools.numbers()).Start !== before) throw new Error("The Server service's start is not as it was.");
  }
  for (const name of was.ran) await start(tools, name);
}

/** As `sc config` calls a service's Start (CreateService, dwStartType). */
function startWord({ values: { Start = null, DelayedAutostart = null } }: WasBefore): string {
  if (Start === 2) return DelayedAutostart === 1 ? 'delayed-auto' : 'auto';
  return Start === 3 ? 'demand' : 'disabled';
}

async function stop(tools: WorkaroundTools, name: string): Promise<void> {
  if (serviceState(await tools.run('sc', ['query', name])) === 'stopped') return;
  await must(tools.run('sc', ['stop', name]), `stop the service ${name}`);
  await reaches(tools, name, 'stopped');
}

/** ERROR_SERVICE_DOES_NOT_EXIST: it was taken off the PC meanwhile. */
const noSuchService = 1060;

async function start(tools: WorkaroundTools, name: string): Promise<void> {
  const ran = await tools.run('sc', ['query', name]);
  if (serviceState(ran) === 'running' || (ran.kind === 'ended' && ran.code === noSuchService)) return;
  await must(tools.run('sc', ['start', name]), `start the service ${name}`);
  await reaches(tools, name, 'running');
}

/** sc.exe says yes before the service has done it. */
async function reaches(tools: WorkaroundTools, name: string, state: 'running' | 'stopped'): Promise<void> {
  for (let step = 0; step < 60; step++) {
    if (serviceState(await tools.run('sc', ['query', name])) === state) return;
    await pause(500);
  }
  throw new Error(`The service ${name} is not ${state} after half a minute.`);
}

async function must(running: Promise<Ran>, what: string): Promise<void> {
  const ran = await running;
  if (ran.kind === 'ended' && ran.code === 0) return;
  const how = ran.kind === 'ended' ? `code ${ran.code ?? ran.signal}` : 'it could not be run';
  throw new Error(`Windows did not ${what} (${how}, mostly for want of administrator rights).`);
}
