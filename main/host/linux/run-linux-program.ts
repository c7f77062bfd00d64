// Runs a Linux system program as every one here is run: nothing of the user's environment, from the root folder.
import { type Ran, type RunOptions, runProgram, type Surroundings } from '../run-program';

const surroundings: Surroundings = {
  // LC_ALL=C: messages end with the C library's words for the error.
  env: { LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
  cwd: '/',
  decode: (output) => output.toString('utf8'),
};

/** As `runProgram`. */
export function runLinuxProgram(path: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return runProgram(path, args, surroundings, options);
}
