import type { WindowsMessages } from '../../model/messages/windows';
import { textsOf } from '../texts';

export const windows = textsOf<WindowsMessages>()({
  'windows.manager.other':
    'It is registered in the Security Center as a firewall; Windows may leave the filtering to it.',
  'windows.manager.others-unread': '{key}, where the Security Center lists them, could not be read.',
  'windows.manager.disabled': 'Its service {name} is disabled.',
  'windows.manager.stopped': 'Its service ({name}) does not run.',
  'windows.manager.profiles': '{profiles:semicolons}.',
  'windows.manager.profile.on': '{profile}: on',
  'windows.manager.profile.off': '{profile}: off',
  'windows.manager.profile.on-by-policy': '{profile}: on by group policy',
  'windows.manager.profile.off-by-policy': '{profile}: off by group policy',
  'windows.manager.profile.no-local-rules': '{profile}, local rules do not count',
  'windows.netstat.line': 'netstat printed a line that is not understood: {line}',
  'windows.netstat.none': 'netstat listed no program that waits for connections; no Windows is without any',
  'windows.netstat.not-run': 'netstat could not be run',
  'windows.no-answer': 'this PC did not answer, and which programs wait for connections is not known',
  'windows.no-build': 'the registry does not say which build of Windows this is',
  'windows.server-unread': '{key} could not be read, so nothing is known of the SMB server',
  'windows.key-unread': '{key} could not be read.',
  'windows.key-not-saved': '{key} was not saved.',
  'windows.restart.pending': 'An update waits for a restart: {key} is there.',
  'windows.restart.none': 'There is no {key}.',
  'windows.source.managers': "the firewall's profiles, Security Center",
  'windows.source.policy': 'the firewall policy of this PC and of group policy',
  'windows.setting.unread': '{key} was not read',
  'windows.setting.absent': 'there is no {key}',
  'windows.default.smb2': 'default: SMB2 and 3 are on',
  'windows.default.compression': 'default of Windows 10 1903 and later: compression is on',
  'windows.default.no-compression': 'no compression before Windows 10 1903',
  'windows.default.not-required': 'default: not required',
  'windows.default.restricted': 'default: restricted',
  'windows.default.none': 'default: none',
  'windows.default.admin-shares': 'default: C$, ADMIN$ are shared with administrators',
  'windows.default.signing.before':
    'default before Windows 11 24H2 and Server 2025: not required (domain controllers: required)',
  'windows.default.signing.server-client': 'default of Server 2025 and later: required of what this PC asks of others',
  'windows.default.signing.server':
    'default of Server 2025 and later: not required of others (domain controllers: required)',
  'windows.default.signing.home': 'default of Windows 11 Home 24H2 and later: not required',
  'windows.default.signing.pro': 'default of Windows 11 Pro, Enterprise and Education 24H2 and later: required',
  'windows.default.guests.server': 'default before Server 2019: guests without a password are accepted',
  'windows.default.guests.client': 'default before Windows 10 1709: guests without a password are accepted',
  'windows.default.guests.home-and-pro':
    'default of Home and Pro before Windows 11 24H2: guests without a password are accepted',
  'windows.default.guests.refused': 'default of this edition: refused',
});
