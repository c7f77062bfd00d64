import type { SmbMessages } from '../../model/messages/smb';
import { textsOf } from '../texts';

export const smb = textsOf<SmbMessages>()({
  'smb.no-usable-answer': 'No usable answer of {endpoint} about {about:and}: {why}.',
  'smb.about-dialect': 'SMB {dialect}',
  'smb.about-choice': 'its choice among all dialects',
  'smb.about-name': 'its name',

  'smb.no-connection': 'no connection came about: {why}',
  'smb.address-nonsense': 'the address or port makes no sense',
  'smb.out-of-turn': 'the server spoke out of turn',
  'smb.ended-without-answer': 'the server ended the connection without an answer',
  'smb.refused': 'the connection was refused',
  'smb.cut': 'the connection was cut',
  'smb.nobody-answered': 'nobody answered the connection attempt',
  'smb.unreachable': 'that address cannot be reached from here',
  'smb.address-unusable': 'that address cannot be used from here',
  'smb.forbidden-here': 'rules on this PC forbid the connection',
  'smb.name-unknown': 'that name is not known',
  'smb.name-not-looked-up': 'that name could not be looked up',
  'smb.connection-failed': 'the connection failed ({code})',
  'smb.unusable': 'what came back cannot be used ({why})',
  'smb.error-reported': 'the server reported error {status}',
  'smb.cut-short': 'it is cut short',
  'smb.not-of-question': 'it does not belong to the question',
  'smb.not-smb1': 'it is not an SMB1 answer',
  'smb.not-smb2': 'it is not an SMB2 answer',
  'smb.wrong-header-size': 'its header has a wrong size',
  'smb.wrong-body-size': 'its body has a wrong size',
  'smb.dialect-not-offered': 'it chose a dialect that was not offered',
  'smb.terms-cut-short': 'its list of terms is cut short',
  'smb.term-malformed': 'one of its terms is malformed',
  'smb.no-ntlm': 'it has no NTLM message',
  'smb.ntlm-no-challenge': 'its NTLM message is not a challenge',
  'smb.ntlm-cut-short': 'its NTLM message is cut short',
  'smb.ntlm-malformed': 'its NTLM message is malformed',
  'smb.not-smb': 'what came back is not SMB',
  'smb.too-long': 'a message of {bytes} bytes was announced, far more than such an answer has',
  'smb.stopped': 'the probe was stopped',
  'smb.timeout': 'nothing came back within {seconds} s',

  'finding.smb1-accepted.title': 'This PC still speaks SMB1',
  'finding.smb1-accepted.detail':
    'SMB1 is the old version of Windows file sharing. Worms such as WannaCry spread through it, and it has no protection against someone who listens in. {advice}',
  'finding.signing-not-required.title.off': 'File sharing on this PC does not sign its messages',
  'finding.signing-not-required.title.offered': 'File sharing on this PC does not insist on signed messages',
  'finding.signing-not-required.detail':
    "Without signing, someone on the same network can slip into a connection or pass on another person's log-on. {advice}",
  'finding.smb3-not-accepted.title': 'This PC speaks SMB {dialects:and} at most',
  'finding.smb3-not-accepted.detail':
    'SMB 2 can neither encrypt files on their way nor notice when someone weakens the connection; SMB 3 can, and has been there since 2012. Update the file server, or allow SMB 3 in its settings.',
  'finding.encryption-not-offered.title': 'File sharing on this PC does not encrypt',
  'finding.encryption-not-offered.detail':
    'Files that others open on this PC cross the network readable for anyone who listens in. {advice}',
  'finding.compression-on.title': 'SMB compression is switched on',
  'finding.compression-on.detail':
    'The code path of CVE-2020-0796 (SMBGhost) is switched on. Whether it is patched cannot be seen in the answer: the patch level decides. Windows 10 1903 needs build 18362.720 or later, 1909 needs 18363.720 or later.',
  'finding.ntlm-identity-told.title': 'This PC tells strangers its name',
  'finding.ntlm-identity-told.detail':
    'Anyone who can connect is told, before any log-on: {told:commas}. That is how NTLM works and cannot be switched off by itself; it helps an attacker to choose. Closing the port to strangers ends it.',
  'finding.ntlm-identity-told.clock': 'its clock',
  'finding.ntlm-identity-told.version': 'version {version}',
  'finding.smb-questions-open.title': 'Some questions to the file server stayed open',
  'finding.smb-questions-open.detail':
    '{problems} What is not known counts neither as safe nor as unsafe; inspect again in a moment.',
  'finding.server-settings-unread.title': 'Some settings of the file server could not be read',
  'finding.server-settings-unread.detail':
    'Not read: {unread:semicolons}. What is set or shared there is not known, and no finding speaks of it.',
  'finding.guest-share-writable.title': 'Anyone may change files without a password',
  'finding.guest-share-writable.detail':
    'Shared with guests: {shares:quoted}. Whoever can reach this PC on the network can read, change and delete what lies there. Take guest access away unless this is wanted.',
  'finding.guest-share-readable.title': 'Anyone may read files without a password',
  'finding.guest-share-readable.detail':
    'Shared with guests: {shares:quoted}. Whoever can reach this PC on the network can read what lies there. Take guest access away unless this is wanted.',
  'finding.null-sessions.title': 'Strangers may ask this PC for its shares and users',
  'finding.null-sessions.detail':
    'Connections without any log-on ("null sessions") are allowed, and can be used to list what is shared and who has an account. Restrict them unless old devices need them.',

  'evidence.answers': 'answer {endpoints:and}',
  'evidence.answer-of': 'of {endpoint}',
  'evidence.shares': {
    by: 'count',
    one: 'share {shares:quoted} in {configuration}',
    other: 'shares {shares:quoted} in {configuration}',
  },
  'evidence.settings': '{settings:commas}',
  'evidence.setting': '{name} = {value} ({from})',

  'advice.samba': '{act}: in smb.conf, section [global], write "{setting}" and restart smbd.',
  'advice.ksmbd': '{act}: in ksmbd.conf, section [global], write "{setting}" and restart ksmbd.',
  'advice.windows': '{act}: as administrator, Set-SmbServerConfiguration {setting}.',
  'advice.other': '{act} in the settings of the file server.',
  'advice.turn-off': 'Turn it off',
  'advice.turn-on': 'Turn it on',
  'advice.require': 'Make it a must',
  'advice.allow': 'Allow it',
});
