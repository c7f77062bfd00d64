import type { PatchMessages } from '../../model/messages/patch';
import { textsOf } from '../texts';

export const patch = textsOf<PatchMessages>()({
  'patch.no-catalogue': 'There is no catalogue of advisories.',
  'patch.empty-catalogue': 'The catalogue of advisories holds no published record.',
  'patch.clock-behind':
    "This PC's clock is set to a day before the catalogue's newest record ({day}): its age can't be told.",
  'patch.too-old':
    'The catalogue is too old to trust: its newest record is of {day}, {days} days ago. Holes published since are not in it.',
  'patch.reach-unknown':
    'Breakwater does not know how this hole is reached, so not whether a shield helps: read the record.',
  'patch.server-of-no-package': 'an SMB server is here that no package of this distribution brought',
  'patch.server-unread': 'whether an SMB server is here that no package brought is not known: {why}',
  'patch.feature.nobody-waits': 'Nobody waits at TCP 445 or 139 of this PC.',
  'patch.feature.no-ksmbd': "The kernel's SMB server ksmbd is neither loaded nor set up.",
  'patch.feature.no-fruit': 'No share of Samba loads vfs_fruit ({from}).',
  'patch.feature.samba-no-controller': 'Samba is no domain controller here ({from}).',
  'patch.feature.smb1-not-installed': 'SMBv1 is not installed ({from}).',
  'patch.feature.smb1-off':
    'SMBv1 is switched off ({from}), in force once the Server service, or the PC, has been started after that.',
  'patch.feature.smb2-off':
    'SMBv2 is switched off ({from}), in force once the Server service, or the PC, has been started after that.',
  'patch.feature.spooler-off':
    'The print spooler is disabled ({from}); it may run until it is stopped, or the PC started anew.',
  'patch.feature.no-controller': 'It is no domain controller ({from}).',
  'patch.feature.compression-off': 'SMB compression is off on the server ({from}).',
  'patch.feature.described.smb1-on': 'SMBv1 is on.',
  'patch.feature.described.smb1-off': 'SMBv1 is off.',
  'patch.feature.described.smb-server-on': 'The SMB server is on.',
  'patch.feature.described.smb-server-off': 'The SMB server is off.',
  'patch.feature.described.smb-compression-on': 'SMB compression is on.',
  'patch.feature.described.smb-compression-off': 'SMB compression is off.',
  'patch.described.not-told': 'the description does not tell',
  'patch.described.says-so': 'the description says so',
  'patch.described.no-packages': 'the description lists no packages',
  'patch.described.several': 'the description names several',
  'patch.described.older-may-run': 'a restart is pending, so an older one than the package may run',
  'patch.described.no-json':
    'it is not JSON ({why}); give {{"os": "windows", "build": "10.0.19045.3086"}, {{"os": "linux", "distro": "debian", "release": "12", "packages": {{...}}, or the saved output of "ver" and "systeminfo"',
  'patch.described.os': '"os" must be "windows" or "linux"',
  'patch.described.field': '"{field}": {why}',
  'patch.not-judged': "The catalogue of advisories can't be judged by: {why}",
});
