// `collect`: saves this PC's firewall policy, to be judged elsewhere by `review --from`.
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { SavedPolicy } from '../../host/host';
import type { Platform } from '../../model/facts';
import { type Options, quotedPath, UsageError } from '../arguments';
import type { Desk } from '../context';
import { collectDoubts } from '../doubts';
import { type ExitCode, exit, exitForAnswer } from '../exit-codes';
import { layDoubts } from '../pages/doubts';
import { caller, pathInCommand } from '../pages/words';

export async function collect({ terminal, interrupts, openEngine }: Desk, { out }: Options): Promise<ExitCode> {
  if (out === null) throw new UsageError('collect needs a folder to write: breakwater collect --out DIR');
  const folder = resolve(out);
  mustBeFree(folder, out);
  const engine = await openEngine();
  const endProgress = terminal.progress("reading the firewall's rules ...");
  const read = await engine.readPolicy({ signal: interrupts.signal });
  endProgress();
  if ('unread' in read) {
    const isForbidden = read.unread.state === 'not-permitted';
    terminal.tell(
      isForbidden
        ? `saving the firewall's rules needs administrator rights: sudo ${caller(null)(`collect --out ${pathInCommand(out)}`)}`
        : `the firewall's rules could not be read: ${read.unread.why}`,
    );
    terminal.tell('nothing was written.');
    return isForbidden ? exit.notPermitted : exit.undone;
  }
  const saved = await read.policy.saved();
  if (saved === null) throw new UsageError('a simulated PC has no rules to save: run collect on a real one.');
  if (saved.torn) {
    terminal.tell('the rules changed each time they were read. Nothing was written; please try again.');
    return exit.undone;
  }
  writeFolder(folder, saved);
  const doubts = collectDoubts(read, saved.unread);
  terminal.show((page) => {
    page.say(`Saved in ${folder}:`, { tone: 'strong' });
    page.table(
      [...saved.files].map(([name, text]) => [name, sizeWords(Buffer.byteLength(text)), contents[name] ?? '']),
    );
    page.gap();
    page.say(`Nothing else is in it. ${whoMayRead[read.platform]}`);
    page.say(`To judge it on another PC: ${caller(null)('inspect --from DIR')}, ${caller(null)('review --from DIR')}`);
    layDoubts(page, doubts);
  });
  return exitForAnswer(false, doubts);
}

const whoMayRead = {
  linux: 'Only your user may read the files.',
  macos: 'Only your user may read the files.',
  windows: 'The files may be read by whoever may read the folder; paths and owners in the rules can name users.',
} as const satisfies Readonly<Record<Platform, string>>;

const contents: Readonly<Record<string, string>> = {
  'ruleset.json': 'nft -j list ruleset',
  'ruleset.nft': 'nft list ruleset',
  'ruleset-bytecode.txt':
    'nft --debug=netlink list ruleset: rules with conditions that nft does not list; empty = there are none',
  'iptables-save.txt': 'iptables-save',
  'ip6tables-save.txt': 'ip6tables-save',
  'iptables-legacy.txt': 'iptables-legacy-save; empty = no old tables are active',
  'ip6tables-legacy.txt': 'ip6tables-legacy-save; empty = no old tables are active',
  'ipset.txt': 'ipset save',
  'local-policy.txt': "the firewall's rules and switches of this PC, and MDM's (reg export)",
  'group-policy.txt': "group policy's firewall settings and rules (reg export)",
  'firewall-service.txt': 'how the service mpssvc is started (reg query)',
  'filter-engine.txt': 'how the service BFE is started (reg query)',
  'other-firewalls.txt': 'other firewall products that are registered (reg query)',
  'system-and-smb.txt':
    "Windows' version and build, the SMB server's and client's settings, shares' names and folders, whether a restart is due",
  'host.json':
    "interfaces with addresses and the kernel's own table of them; every TCP port that is listened on, of file sharing with the programs; routes and bridges; when it was saved",
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
    throw new UsageError(`--out ${quotedPath(shown)}: the folder ${dirname(folder)} does not exist.`);
  let present: readonly string[];
  try {
    present = readdirSync(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    throw new UsageError(
      code === 'ENOTDIR'
        ? `--out ${quotedPath(shown)} is a file: name a new or an empty folder.`
        : `--out ${quotedPath(shown)} can't be used: ${message}.`,
    );
  }
  if (present.length > 0)
    throw new UsageError(`--out ${quotedPath(shown)} is not empty: name a new or an empty folder.`);
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
