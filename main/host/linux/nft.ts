// Runs nft(8) by absolute path, without a shell, and tells its failures apart.
import { spawn } from 'node:child_process';

const nft = '/usr/sbin/nft';
/** A PC with 200,000 rules prints about 80 MB. */
const mostOutput = 512 * 1024 * 1024;

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
export function runNft(
  args: readonly string[],
  options: { readonly input?: string; readonly signal?: AbortSignal | undefined } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    // LC_ALL=C: nft ends its messages with the C library's words for the error.
    const child = spawn(nft, args, {
      env: { LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      cwd: '/',
      timeout: 30_000,
      killSignal: 'SIGKILL',
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const out: Buffer[] = [];
    let size = 0;
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostOutput) child.kill('SIGKILL');
      else out.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      complaint = (complaint + chunk).slice(0, 4000);
    });
    // A child that ends early closes its input; its exit code tells the rest.
    child.stdin.on('error', () => undefined);
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT')
        reject(new NftFailed('missing-tool', `${nft} is not installed (package "nftables").`));
      else reject(new NftFailed('failed', `${nft} could not be run: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(Buffer.concat(out).toString('utf8'));
      const says = complaint.trim().split('\n').slice(0, 3).join(' ');
      if (signal)
        return reject(
          new NftFailed(
            'failed',
            size > mostOutput
              ? 'The ruleset is larger than can be read.'
              : `nft was ended by ${signal} (after 30 seconds it is given up).`,
          ),
        );
      if (/Operation not permitted/.test(complaint))
        return reject(new NftFailed('not-permitted', "Only an administrator may read the firewall's rules."));
      if (/No such file or directory/.test(complaint)) return reject(new NftFailed('absent', says));
      reject(new NftFailed('failed', `nft ended with code ${code}: ${says || 'it said nothing'}`));
    });
    child.stdin.end(options.input ?? '');
  });
}
