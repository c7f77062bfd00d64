// Runs nft(8) and tells its failures apart.
import type { RunOptions } from '../run-program';
import { runLinuxProgram } from './run-linux-program';

const nft = '/usr/sbin/nft';

export class NftFailed extends Error {
  constructor(
    readonly reason: 'not-permitted' | 'absent' | 'missing-tool' | 'failed',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Runs `nft ARGS`, `input` on its standard input, and gives its standard output.
 * Rejects with `NftFailed`: absent = the object asked for does not exist; output cut short or a signal is failed.
 */
export async function runNft(args: readonly string[], options: RunOptions = {}): Promise<string> {
  const ran = await runLinuxProgram(nft, args, options);
  if (ran.kind === 'not-there') throw new NftFailed('missing-tool', `${nft} is not installed (package "nftables").`);
  if (ran.kind === 'not-run') throw new NftFailed('failed', `${nft} could not be run: ${ran.why}`);
  const { code, signal, stdout, complaint, tooMuch } = ran;
  if (code === 0) return stdout;
  if (tooMuch) throw new NftFailed('failed', 'The ruleset is larger than can be read.');
  if (signal)
    throw new NftFailed(
      'failed',
      `nft was ended by ${signal} (after ${(options.within ?? 30_000) / 1000} seconds it is given up).`,
    );
  const says = complaint.trim().split('\n').slice(0, 3).join(' ');
  if (/Operation not permitted/.test(complaint))
    throw new NftFailed('not-permitted', "Only an administrator may read the firewall's rules.");
  if (/No such file or directory/.test(complaint)) throw new NftFailed('absent', says);
  throw new NftFailed('failed', `nft ended with code ${code}: ${says || 'it said nothing'}`);
}
