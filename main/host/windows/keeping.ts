// The keeper's schedule on Windows: a task of SYSTEM that is there only while a shield is up.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { win32 } from 'node:path';
import type { KeeperSchedule } from '../../model/kept';
import { helperFiles } from '../elevation/helper-files';
import type { Keeping } from '../host';
import type { Ran } from '../run-program';
import { outsideProgramFiles } from './elevation';
import {
  createTask,
  deleteTask,
  type KeeperTask,
  keeperFlag,
  keeperTaskFile,
  keeperTaskXml,
  taskName,
} from './keeper-task';
import { runSystemProgram } from './read/tools';
import { registryReader } from './registry-reads';
import { stateFolder } from './state-folder';
import { systemFolder, trustedSystemFolder } from './system-folder';

/** What the task was made from: everybody may read it, while a task of SYSTEM shows itself to administrators only. */
const file = (): string => win32.join(stateFolder(), 'keeper-task.xml');
/** What the scheduler has taken: under this name only after that, so that a failure in between is no task of ours. */
const taken = (): string => win32.join(stateFolder(), 'keeper-task-taken.xml');
/** Where the scheduler keeps its tasks by name. */
const taskKey = `HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree${taskName}`;

/**
 * Electron is Node only when a variable says so, and a task can't set one: there the app itself is told (`main/app/keeper-run.ts`). As it
 * is shipped, it lies in an archive that its program finds by itself.
 */
function taskOf(helper: string): KeeperTask {
  const program = process.execPath;
  if (process.versions.electron === undefined) return { program, args: [helper, 'keep'] };
  const app = win32.dirname(win32.dirname(helper));
  return { program, args: [...(app.endsWith('.asar') ? [] : [app]), keeperFlag, 'keep'] };
}

export const windowsKeeping: Keeping = {
  rhythm: 'every hour, when the PC starts or wakes, and after an update was installed',
  find,
  describeStart: (helper) => [
    {
      what: 'Let the task scheduler run the keeper',
      command: ['schtasks', ...createTask(file())].join(' '),
      input: keeperTaskXml(taskOf(helper)),
    },
  ],
  describeStop: () => [
    {
      what: 'Let the task scheduler run the keeper no longer',
      command: ['schtasks', ...deleteTask].join(' '),
      input: null,
    },
  ],
};

async function find(helper: string): Promise<KeeperSchedule> {
  const why = obstacle(helper);
  if (why !== null) return { state: 'impossible', why };
  let isThere: boolean;
  try {
    isThere = await hasTask();
  } catch (error) {
    return { state: 'impossible', why: error instanceof Error ? error.message : String(error) };
  }
  const written = fileText();
  if (written === null && !isThere) return { state: 'absent' };
  if (!isThere) return { state: 'broken', why: `the task ${taskName} is missing` };
  return written === keeperTaskXml(taskOf(helper))
    ? { state: 'whole' }
    : { state: 'broken', why: `the task ${taskName} was made by another version, or from another folder` };
}

/** Why no keeper can stand here; null = one can. */
function obstacle(helper: string): string | null {
  for (const path of [process.execPath, ...helperFiles(helper)]) {
    const bad = outsideProgramFiles(path, systemFolder().drive);
    if (bad !== null)
      return `this copy of Breakwater does not lie where only administrators can write (${bad}), so nothing of it may run as administrator by itself; install it for all users`;
  }
  return null;
}

/** Rejects with an Error whose message is for people. */
export async function startKeeping(helper: string): Promise<void> {
  mkdirSync(stateFolder(), { recursive: true });
  writeFileSync(file(), keeperTaskFile(taskOf(helper)));
  const ran = await schedule(createTask(file()));
  if (endedWell(ran)) renameSync(file(), taken());
  else throw new Error(`Windows did not take the keeper's task (schtasks ${codeOf(ran)}).`);
  const found = await find(helper);
  if (found.state !== 'whole')
    throw new Error(`the keeper's task is not as it was written${found.state === 'broken' ? ` (${found.why})` : ''}.`);
}

/** A look that the task itself runs goes on: only its definition goes. */
export async function stopKeeping(): Promise<void> {
  if (await hasTask()) {
    const ran = await schedule(deleteTask);
    if (await hasTask()) throw new Error(`Windows did not take the keeper's task away (schtasks ${codeOf(ran)}).`);
  }
  for (const path of [file(), taken()]) rmSync(path, { force: true });
}

const schedule = (args: readonly string[]): Promise<Ran> => runSystemProgram(trustedSystemFolder(), 'schtasks', args);
const endedWell = (ran: Ran): boolean => ran.kind === 'ended' && ran.code === 0;
/** Rejects with an Error with a message for people where it could not be told. */
async function hasTask(): Promise<boolean> {
  const { readKeys } = registryReader((args) => runSystemProgram(systemFolder(), 'reg', args), noExports);
  const [answer] = await readKeys([{ key: taskKey, how: 'values' }]);
  if (answer === undefined || answer.state === 'unknown')
    throw new Error(`whether there is a task ${taskName} could not be told: ${taskKey} could not be read`);
  return answer.state !== 'absent';
}

const noExports = (): never => {
  throw new Error('Nothing is exported here.');
};

function codeOf(ran: Ran): string {
  if (ran.kind === 'not-there') return 'is not there';
  return ran.kind === 'not-run' ? `could not be run: ${ran.why}` : `ended with code ${ran.code ?? ran.signal}`;
}

/** null = not there, or not readable as what we write. */
function fileText(): string | null {
  try {
    return new TextDecoder('utf-16le', { fatal: true }).decode(readFileSync(taken()));
  } catch {
    return null;
  }
}
