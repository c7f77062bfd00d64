// `collect`: saves this PC's firewall policy, to be judged elsewhere by `review --from`.

import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { SavedPolicy } from '../../host/host';
import type { Platform } from '../../model/facts';
import { type Message, message, type Words } from '../../model/message';
import { type Options, quotedPath, UsageError } from '../arguments';
import type { Desk } from '../context';
import { collectDoubts } from '../doubts';
import { type ExitCode, exit, exitForAnswer } from '../exit-codes';
import { layDoubts } from '../pages/doubts';

import { caller, pathInCommand } from '../pages/words';

export async function collect({ terminal, interrupts, openEngine }: Desk, { out }: Options): Promise<ExitCode> {
  if (out === null) throw new UsageError(message('usage.collect.out'));
  const folder = resolve(out);
  mustBeFree(folder, out);
  const engine = await openEngine();
  const endProgress = terminal.progress(message('command.progress.rules'));
  const read = await engine.readPolicy({ signal: interrupts.signal });
  endProgress();
  if ('unread' in read) {
    const isForbidden = read.unread.state === 'not-permitted';
    terminal.tell(
      isForbidden
        ? message('command.collect.not-permitted', { command: caller(null)(`collect --out ${pathInCommand(out)}`) })
        : message('command.rules-unread', { why: read.unread.why }),
    );
    terminal.tell(message('command.nothing-written'));
    return isForbidden ? exit.notPermitted : exit.undone;
  }
  const saved = await read.policy.saved();
  if (saved === null) throw new UsageError(message('usage.collect.simulated'));
  if (saved.torn) {
    terminal.tell(message('command.collect.torn'));
    return exit.undone;
  }
  writeFolder(folder, saved);
  const doubts = collectDoubts(read, saved.unread);
  terminal.show((page) => {
    page.say(message('command.collect.saved', { folder }), { tone: 'strong' });
    page.table(
      [...saved.files].map(([name, text]) => [name, sizeWords(Buffer.byteLength(text)), contents[name] ?? '']),
    );
    page.gap();
    page.say(message('command.collect.nothing-else', { who: whoMayRead[read.platform] }));
    page.say(
      message('command.collect.judge', {
        inspect: caller(null)('inspect --from DIR'),
        review: caller(null)('review --from DIR'),
      }),
    );
    layDoubts(page, doubts);
  });
  return exitForAnswer(false, doubts);
}

const whoMayRead = {
  linux: message('command.collect.only-you'),
  macos: message('command.collect.only-you'),
  windows: message('command.collect.folder-readers'),
} as const satisfies Readonly<Record<Platform, Message>>;

const contents: Readonly<Record<string, Words>> = {
  'ruleset.json': 'nft -j list ruleset',
  'ruleset.nft': 'nft list ruleset',
  'ruleset-bytecode.txt': message('command.collect.bytecode'),
  'iptables-save.txt': 'iptables-save',
  'ip6tables-save.txt': 'ip6tables-save',
  'iptables-legacy.txt': message('command.collect.legacy4'),
  'ip6tables-legacy.txt': message('command.collect.legacy6'),
  'ipset.txt': 'ipset save',
  'local-policy.txt': message('command.collect.local-policy'),
  'group-policy.txt': message('command.collect.group-policy'),
  'firewall-service.txt': message('command.collect.mpssvc'),
  'filter-engine.txt': message('command.collect.bfe'),
  'other-firewalls.txt': message('command.collect.other-firewalls'),
  'system-and-smb.txt': message('command.collect.system'),
  'host.json': message('command.collect.host'),
};

const sizeWords = (bytes: number): string =>
  bytes < 10_000
    ? `${bytes} bytes`
    : bytes < 10_000_000
      ? `${Math.round(bytes / 1000)} kB`
      : `${Math.round(bytes / 1e6)} MB`;

/** Asked before anything is read. */
function mustBeFree(folder: string, shown: string): void {
  if (!isFolder(dirname(folder)))
    throw new UsageError(message('usage.out.no-folder', { path: quotedPath(shown), folder: dirname(folder) }));
  let present: readonly string[];
  try {
    present = readdirSync(folder);
  } catch (error) {
    const { code, message: why } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    throw new UsageError(
      code === 'ENOTDIR'
        ? message('usage.out.is-file', { path: quotedPath(shown) })
        : message('usage.out.unusable', { path: quotedPath(shown), why }),
    );
  }
  if (present.length > 0) throw new UsageError(message('usage.out.not-empty', { path: quotedPath(shown) }));
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Written aside and put in place whole, in one breath: no Ctrl-C comes between, and a failure leaves nothing. */
function writeFolder(folder: string, { files }: SavedPolicy): void {
  const draft = mkdtempSync(join(dirname(folder), `.${basename(folder)}-`));
  try {
    for (const [name, text] of files) writeFileSync(join(draft, name), text, { mode: 0o600, flag: 'wx' });
    // Takes the place of an empty folder too (rename(2)).
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}
