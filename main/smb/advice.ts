// How a weakness is mended, and where it is written: for each make of server. Pure.
import type { ServerMake } from './server-make';

export interface Advice {
  /** One or two sentences. */
  readonly how: string;
  /** An https address. */
  readonly reference: string;
}

type ByMake = Readonly<Record<ServerMake, Advice>>;

const sambaManual = 'https://www.samba.org/samba/docs/current/man-html/smb.conf.5.html';
const ksmbdManual = 'https://docs.kernel.org/filesystems/smb/ksmbd.html';
const appleManual = 'https://support.apple.com/en-us/102050';
export const smb3Manual = 'https://learn.microsoft.com/en-us/windows-server/storage/file-server/smb-security';
const smb1Warning = 'https://www.cisa.gov/news-events/alerts/2017/01/16/smb-security-best-practices';
const signingOverview = 'https://learn.microsoft.com/en-us/windows-server/storage/file-server/smb-signing-overview';

const samba = (what: string, setting: string): Advice => ({
  how: `${what}: in smb.conf, section [global], write "${setting}" and restart smbd.`,
  reference: sambaManual,
});
const ksmbd = (what: string, setting: string): Advice => ({
  how: `${what}: in ksmbd.conf, section [global], write "${setting}" and restart ksmbd.`,
  reference: ksmbdManual,
});
const windows = (what: string, setting: string, reference: string): Advice => ({
  how: `${what}: as administrator, Set-SmbServerConfiguration ${setting}.`,
  reference,
});
const other = (what: string, reference: string): Advice => ({
  how: `${what} in the settings of the file server.`,
  reference,
});

export const turnOffSmb1: ByMake = {
  windows: windows(
    'Turn it off',
    '-EnableSMB1Protocol $false',
    'https://learn.microsoft.com/en-us/windows-server/storage/file-server/troubleshoot/detect-enable-and-disable-smbv1-v2-v3',
  ),
  samba: samba('Turn it off', 'server min protocol = SMB2_10'),
  ksmbd: ksmbd('Turn it off', 'server min protocol = SMB2_10'),
  macos: other('Turn it off', appleManual),
  unknown: other('Turn it off', smb1Warning),
};

export const requireSigning: ByMake = {
  windows: windows('Make it a must', '-RequireSecuritySignature $true', signingOverview),
  samba: samba('Make it a must', 'server signing = mandatory'),
  ksmbd: ksmbd('Make it a must', 'server signing = mandatory'),
  macos: other('Make it a must', appleManual),
  unknown: other('Make it a must', signingOverview),
};

export const allowEncryption: ByMake = {
  windows: windows('Turn it on', '-EncryptData $true', smb3Manual),
  samba: samba('Allow it', 'server smb encrypt = if_required'),
  ksmbd: ksmbd('Allow it', 'smb3 encryption = auto'),
  macos: other('Allow it', appleManual),
  unknown: other('Allow it', smb3Manual),
};

/** For all makes that show a weakness: what to do with each, and the first one's address. */
export function adviceFor(table: ByMake, makes: readonly ServerMake[]): Advice {
  const wanted = [...new Set(makes)].map((make) => table[make]);
  return {
    how: [...new Set(wanted.map(({ how }) => how))].join(' '),
    reference: (wanted[0] ?? table.unknown).reference,
  };
}
