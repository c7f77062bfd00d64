// Shares that users made themselves ("net usershare add", a file manager's "Share this folder").
import type { Share } from '../../../model/facts';
import { type SystemFiles, Unreadable } from './files';
import type { Section } from './smb-conf';

const usualFolder = '/var/lib/samba/usershares';

/** Usually only members of one group may look into the folder; then a note says so. */
export function readUserShares(
  files: SystemFiles,
  global: Section,
): { readonly shares: readonly Share[]; readonly notes: readonly string[] } {
  const folder = global.get('usershare path')?.value || usualFolder;
  if (global.get('usershare max shares')?.value === '0' || !files.exists(folder)) return { shares: [], notes: [] };
  try {
    const shares = files
      .list(folder)
      .flatMap((name) => (name.startsWith('.') ? [] : shareFrom(name, files.readIfThere(`${folder}/${name}`))));
    return { shares, notes: [] };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { shares: [], notes: [`shares that users made themselves are not listed: ${error.message}`] };
  }
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
