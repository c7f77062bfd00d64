// Whether polkit can be asked for administrator rights, told by what is there and by exit codes: its programs' words decide nothing.
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { ElevationFailed } from '../elevation/elevation-failed';
import type { Refusal, Refused } from '../host';
import type { Ran } from '../run-program';
import { runLinuxProgram } from './run-linux-program';

const pkexec = '/usr/bin/pkexec';
/** What sudo-prompt takes before pkexec, where it is there. */
const kdesudo = '/usr/bin/kdesudo';
export const byHand = 'Run this command as administrator (sudo).';

/** What of this PC decides whether a question can be put; passed in so that each state can be tried. */
export interface PolkitSurroundings {
  isThere(path: string): boolean;
  /** Owner and mode; null = not there. */
  owner(path: string): { readonly uid: number; readonly mode: number } | null;
  /** Text of a file below /proc/self; null where it can't be read. */
  self(name: 'status' | 'mountinfo'): string | null;
  /** `pkcheck ARGS`. */
  check(args: readonly string[]): Promise<Ran>;
}

export const thisPc: PolkitSurroundings = {
  isThere: existsSync,
  owner(path) {
    try {
      const { uid, mode } = lstatSync(path);
      return { uid, mode };
    } catch {
      return null;
    }
  },
  self(name) {
    try {
      return readFileSync(`/proc/self/${name}`, 'utf8');
    } catch {
      return null;
    }
  },
  check: (args) => runLinuxProgram('/usr/bin/pkcheck', args, { within: 10_000 }),
};

/** Why no question for rights can be put from here, for people; null = nothing is known to stand in its way. */
export function obstacleToAsking({ isThere, owner, self }: PolkitSurroundings): string | null {
  // No program gets more rights than it was started with (prctl(2), PR_SET_NO_NEW_PRIVS).
  if (/^NoNewPrivs:\s*1$/m.test(self('status') ?? ''))
    return 'this session was started so that no program in it can get more rights (no_new_privs)';
  if (isThere(kdesudo)) return null;
  const file = owner(pkexec);
  if (file === null) return `${pkexec} is not installed (package "pkexec" or "polkit")`;
  if (file.uid !== 0 || (file.mode & 0o4000) === 0)
    return `${pkexec} is not set up to get administrator rights (it must belong to root, with mode 4755)`;
  return isOnNosuid(pkexec, self('mountinfo') ?? '')
    ? `${pkexec} lies where no program gets more rights (mounted nosuid)`
    : null;
}

/** Whether the file system that a path lies in was mounted nosuid (proc(5), /proc/pid/mountinfo: the fifth field and the sixth). */
function isOnNosuid(path: string, mountinfo: string): boolean {
  let best: { readonly at: string; readonly options: string } | null = null;
  for (const line of mountinfo.split('\n')) {
    const [, , , , at, options] = line.split(' ');
    if (at === undefined || options === undefined) continue;
    const isAbove = path === at || path.startsWith(at === '/' ? '/' : `${at}/`);
    // A later line covers an earlier one at the same place.
    if (isAbove && at.length >= (best?.at.length ?? 0)) best = { at, options };
  }
  return best?.options.split(',').includes('nosuid') ?? false;
}

/** Throws `ElevationFailed` where no question can be put. */
export function mustBeAskable(surroundings: PolkitSurroundings): void {
  const why = obstacleToAsking(surroundings);
  if (why === null) return;
  throw new ElevationFailed('no-agent', `Nobody can be asked for an administrator's password: ${why}.`, byHand);
}

/**
 * Why nothing was granted, by the exit code of pkexec (pkexec(1): 126 = the person dismissed the question, 127 = not authorized, or it
 * failed); null = something may have run. `says`: what it said, shown as it is. What 127 stands for is asked of polkit itself by
 * pkcheck(1), without a question to anybody: 0 allowed, 1 denied by its rules, 2 somebody has to be asked, other codes: no answer.
 */
export async function refusedByPolkit(
  { code, says }: Refused,
  surroundings: PolkitSurroundings,
): Promise<Refusal | null> {
  if (code !== 126 && code !== 127) return null;
  const quoted = says === '' ? '' : ` (it said: ${says})`;
  const nothingDone = 'Nothing was changed. Try again when an administrator can answer.';
  if (code === 126)
    return { reason: 'denied', what: `The question for permission was dismissed${quoted}.`, todo: nothingDone };
  const why = obstacleToAsking(surroundings);
  if (why !== null)
    return { reason: 'no-agent', what: `Nobody can be asked for an administrator's password: ${why}.`, todo: byHand };
  const ran = await surroundings.check([
    ...['--action-id', 'org.freedesktop.policykit.exec', '--process', String(process.pid)],
  ]);
  if (ran.kind === 'ended' && ran.code === 1)
    return {
      reason: 'denied',
      what: `The rules of polkit do not let you have administrator rights${quoted}.`,
      todo: byHand,
    };
  if (ran.kind === 'ended' && (ran.code === 0 || ran.code === 2))
    return {
      reason: 'denied',
      what: `Permission was not given: the password was not right, or no program in this session can ask for one (a polkit agent: desktops bring it, remote and text sessions have none)${quoted}.`,
      todo: `Nothing was changed. ${byHand}`,
    };
  if (ran.kind === 'not-there')
    return { reason: 'denied', what: `Permission was not given, or nobody could be asked${quoted}.`, todo: byHand };
  return {
    reason: 'no-agent',
    what: `Nobody can be asked for an administrator's password: polkit, which would ask, does not answer${quoted}.`,
    todo: `Start polkit (systemctl start polkit), then try again. Or: ${byHand}`,
  };
}
