// Shares that users made themselves ("net usershare add", a file manager's "Share this folder"): their files are strangers' files.
import type { Share } from '../../../model/facts';
import { type Message, message } from '../../../model/message';
import { MessageError, messageOf } from '../../../model/message-error';
import { type SystemFiles, Unreadable } from './files';
import type { Section } from './smb-conf';

const usualFolder = '/var/lib/samba/usershares';

/** Samba takes no larger one (source3/param/loadparm.c, MAX_USERSHARE_FILE_SIZE), and none that is a link. */
const limits = { most: 10 * 1024, followLinks: false };
/** Samba's own limit is set by the administrator: 100 on Debian. */
const mostShares = 2000;
/** Milliseconds for all of them. */
const longest = 2000;

export interface UserShares {
  readonly shares: readonly Share[];
  /** Usually only members of one group may look into the folder; then a note says so. */
  readonly notes: readonly Message[];
  /** Those among them about files that were refused: what they share is not known, a sentence each. */
  readonly unread: readonly Message[];
}

/** Never throws `Unreadable`: one file that can't be read does not keep the others from being told. */
export function readUserShares(files: SystemFiles, global: Section): UserShares {
  const folder = global.get('usershare path')?.value || usualFolder;
  if (global.get('usershare max shares')?.value === '0' || !files.exists(folder))
    return { shares: [], notes: [], unread: [] };
  const shares: Share[] = [];
  const unread: Message[] = [];
  try {
    const { names, whole } = files.list(folder, mostShares);
    const mounted = names.length > 0 ? mountsBelow(files, folder) : new Set<string>();
    const end = Date.now() + longest;
    let refused = 0;
    for (const [i, name] of names.entries()) {
      if (Date.now() > end) {
        unread.push(message('linux.user-shares.too-long', { count: names.length - i, folder }));
        break;
      }
      if (name.startsWith('.')) continue;
      try {
        // A file system of an ordinary user's own may never answer.
        if (mounted.has(name))
          throw new MessageError(message('linux.user-shares.mounted', { path: `${folder}/${name}` }));
        // Node could not find it again by such a name.
        if (name.includes('\u{fffd}')) throw new MessageError(message('linux.user-shares.name', { folder }));
        shares.push(...shareFrom(name, files.readNamed(`${folder}/${name}`, limits)));
      } catch (error) {
        if (++refused <= mostTold) unread.push(messageOf(error));
      }
    }
    if (refused > mostTold) unread.push(message('linux.user-shares.more', { count: refused - mostTold, folder }));
    if (!whole) unread.push(message('linux.user-shares.too-many', { folder, count: mostShares }));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { shares, notes: [message('linux.user-shares.not-listed', { why: error.said })], unread };
  }
  return { shares, notes: unread, unread };
}

const mostTold = 5;

/** Names in a folder that are mount points (proc(5), /proc/pid/mountinfo: the fifth field, odd characters as \ooo). */
function mountsBelow(files: SystemFiles, folder: string): ReadonlySet<string> {
  const below = `${folder}/`;
  const names = new Set<string>();
  for (const line of (files.readIfThere('/proc/self/mountinfo') ?? '').split('\n')) {
    const point = (line.split(' ')[4] ?? '').replace(/\\([0-7]{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    if (point.startsWith(below)) names.add(point.slice(below.length).split('/')[0] ?? '');
  }
  return names;
}

/** `path=`, `guest_ok=y`, `usershare_acl=S-1-1-0:R,...` (F = everything, R = read, D = nothing). */
function shareFrom(name: string, text: string | null): readonly Share[] {
  const value = (key: string): string | null => new RegExp(`^${key}=(.*)$`, 'm').exec(text ?? '')?.[1]?.trim() ?? null;
  const path = value('path');
  if (path === null) return [];
  const rights = (value('usershare_acl') ?? '').split(',').filter((entry) => entry !== '');
  return [
    {
      name,
      path,
      guest: value('guest_ok') === 'y',
      readOnly: !rights.some((entry) => /:F$/i.test(entry)),
    },
  ];
}
