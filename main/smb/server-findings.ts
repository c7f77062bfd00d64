// What the settings and shares of an SMB server open to people without an account. Pure.
import type { Share, SmbServer } from '../model/facts';
import { asMessage, message } from '../model/message';
import { configurationPlace } from '../model/smb-server';
import type { Finding } from '../model/verdicts';

/** Shares for guests and null sessions of one server, as far as its settings are known. */
export function serverFindings(server: SmbServer): readonly Finding[] {
  const guests = server.shares.filter(({ guest }) => guest === true);
  return [
    ...guestFinding(
      server,
      guests.filter((share) => share.readOnly !== true),
      'high',
    ),
    ...guestFinding(
      server,
      guests.filter((share) => share.readOnly === true),
      'medium',
    ),
    ...nullSessionFinding(server),
    ...unreadFinding(server),
  ];
}

/** What is not known counts neither as safe nor as unsafe: it is named. */
function unreadFinding(server: SmbServer): readonly Finding[] {
  const { product, unread = [] } = server;
  if (unread.length === 0) return [];
  return [
    {
      id: 'server-settings-unread',
      severity: 'info',
      title: message('finding.server-settings-unread.title'),
      detail: message('finding.server-settings-unread.detail', { unread }),
      reference: guestManual[product],
      because: asMessage(configurationPlace(server)),
    },
  ];
}

/** Writable is high: whoever reaches the port may plant or destroy files. Readable only is medium: they may take them. */
function guestFinding(server: SmbServer, shares: readonly Share[], severity: 'high' | 'medium'): readonly Finding[] {
  if (shares.length === 0) return [];
  const writable = severity === 'high';
  const id = writable ? 'guest-share-writable' : 'guest-share-readable';
  const names = shares.map((share) => share.name);
  return [
    {
      id,
      severity,
      title: message(`finding.${id}.title`),
      detail: message(`finding.${id}.detail`, { shares: names }),
      reference: guestManual[server.product],
      because: message('evidence.shares', {
        count: shares.length,
        shares: names,
        configuration: server.configuration,
      }),
    },
  ];
}

/** Low: names of shares and users can be listed without a log-on, files can not. */
function nullSessionFinding(server: SmbServer): readonly Finding[] {
  const open = server.settings.filter(
    (setting) => nullSessionChecks[plain(setting.name)]?.(setting.value.trim()) === true,
  );
  if (open.length === 0) return [];
  return [
    {
      id: 'null-sessions',
      severity: 'low',
      title: message('finding.null-sessions.title'),
      detail: message('finding.null-sessions.detail'),
      reference: nullSessionManual[server.product],
      because: message('evidence.settings', {
        settings: open.map(({ name, value, from }) => message('evidence.setting', { name, value, from })),
      }),
    },
  ];
}

/** Samba ignores case and spaces in names of settings, Windows case. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(' ', '');
}

/** Which value lets null sessions in, by setting. */
const nullSessionChecks: Readonly<Record<string, (value: string) => boolean>> = {
  restrictanonymous: (value) => value === '0',
  restrictnullsessaccess: (value) => value === '0',
  nullsessionshares: (value) => value !== '',
  nullsessionpipes: (value) => value !== '',
};

const smbConf = 'https://www.samba.org/samba/docs/current/man-html/smb.conf.5.html';
const ksmbdConf = 'https://docs.kernel.org/filesystems/smb/ksmbd.html';
const guestManual: Readonly<Record<SmbServer['product'], string>> = {
  samba: smbConf,
  ksmbd: ksmbdConf,
  windows:
    'https://learn.microsoft.com/en-us/windows-server/storage/file-server/enable-insecure-guest-logons-smb2-and-smb3',
};
const nullSessionManual: Readonly<Record<SmbServer['product'], string>> = {
  samba: smbConf,
  ksmbd: ksmbdConf,
  windows:
    'https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-10/security/threat-protection/security-policy-settings/network-access-restrict-anonymous-access-to-named-pipes-and-shares',
};
