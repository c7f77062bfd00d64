// Whether this process has administrator rights.
import { spawnSync } from 'node:child_process';
import type { Ran } from '../run-program';
import type { SystemFolder } from './system-folder';

/**
 * The registry of the account LOCAL SERVICE, which only processes with administrator rights may read. Where this should be wrong,
 * Windows itself refuses the change, or asks a question too many; nothing is decided by it.
 */
const args: readonly string[] = ['query', 'HKU\\S-1-5-19', '/reg:64'];

/** As `isAdministrator`, without waiting. False where it can't be told. */
export async function isAdministratorBy(reg: (args: readonly string[]) => Promise<Ran>): Promise<boolean> {
  const ran = await reg(args);
  return ran.kind === 'ended' && ran.code === 0;
}

/** Waits for the answer, some 20 ms. */
export function isAdministrator(folder: SystemFolder): boolean {
  const { env, cwd } = folder.surroundings;
  const options = { env: { ...env }, cwd, windowsHide: true, timeout: 10_000, stdio: 'ignore' } as const;
  return spawnSync(folder.program('reg'), args, options).status === 0;
}
