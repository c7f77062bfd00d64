// How a weakness is mended, and where it is written: for each make of server. Pure.
import { type Message, message, messageKey } from '../model/message';
import type { ServerMake } from './server-make';

interface Advice {
  readonly how: Message;
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

const turnOff = message('advice.turn-off');
const turnOn = message('advice.turn-on');
const required = message('advice.require');
const allow = message('advice.allow');

const samba = (act: Message, setting: string): Advice => ({
  how: message('advice.samba', { act, setting }),
  reference: sambaManual,
});
const ksmbd = (act: Message, setting: string): Advice => ({
  how: message('advice.ksmbd', { act, setting }),
  reference: ksmbdManual,
});
const windows = (act: Message, setting: string, reference: string): Advice => ({
  how: message('advice.windows', { act, setting }),
  reference,
});
const other = (act: Message, reference: string): Advice => ({ how: message('advice.other', { act }), reference });

export const turnOffSmb1: ByMake = {
  windows: windows(
    turnOff,
    '-EnableSMB1Protocol $false',
    'https://learn.microsoft.com/en-us/windows-server/storage/file-server/troubleshoot/detect-enable-and-disable-smbv1-v2-v3',
  ),
  samba: samba(turnOff, 'server min protocol = SMB2_10'),
  ksmbd: ksmbd(turnOff, 'server min protocol = SMB2_10'),
  macos: other(turnOff, appleManual),
  unknown: other(turnOff, smb1Warning),
};

export const requireSigning: ByMake = {
  windows: windows(required, '-RequireSecuritySignature $true', signingOverview),
  samba: samba(required, 'server signing = mandatory'),
  ksmbd: ksmbd(required, 'server signing = mandatory'),
  macos: other(required, appleManual),
  unknown: other(required, signingOverview),
};

export const allowEncryption: ByMake = {
  windows: windows(turnOn, '-EncryptData $true', smb3Manual),
  samba: samba(allow, 'server smb encrypt = if_required'),
  ksmbd: ksmbd(allow, 'smb3 encryption = auto'),
  macos: other(allow, appleManual),
  unknown: other(allow, smb3Manual),
};

/** For all makes that show a weakness: what to do with each, and the first one's address. */
export function adviceFor(
  table: ByMake,
  makes: readonly ServerMake[],
): { readonly advice: readonly Message[]; readonly reference: string } {
  const wanted = [...new Set(makes)].map((make) => table[make]);
  const advice = new Map(wanted.map(({ how }) => [messageKey(how), how]));
  return { advice: [...advice.values()], reference: (wanted[0] ?? table.unknown).reference };
}
