// What reading and changing a Windows PC meets.
import type { Message } from '../message';
import type { None } from './none';

export interface WindowsMessages {
  readonly 'windows.manager.other': None;
  readonly 'windows.manager.others-unread': { readonly key: string };
  readonly 'windows.manager.disabled': { readonly name: string };
  readonly 'windows.manager.stopped': { readonly name: string };
  readonly 'windows.manager.profiles': { readonly profiles: readonly Message[] };
  readonly 'windows.manager.profile.on': { readonly profile: string };
  readonly 'windows.manager.profile.off': { readonly profile: string };
  readonly 'windows.manager.profile.on-by-policy': { readonly profile: string };
  readonly 'windows.manager.profile.off-by-policy': { readonly profile: string };
  readonly 'windows.manager.profile.no-local-rules': { readonly profile: Message };
  readonly 'windows.netstat.line': { readonly line: string };
  readonly 'windows.netstat.none': None;
  readonly 'windows.netstat.not-run': None;
  readonly 'windows.no-answer': None;
  readonly 'windows.no-build': None;
  readonly 'windows.server-unread': { readonly key: string };
  readonly 'windows.key-unread': { readonly key: string };
  readonly 'windows.key-not-saved': { readonly key: string };
  readonly 'windows.restart.pending': { readonly key: string };
  readonly 'windows.restart.none': { readonly key: string };
  readonly 'windows.source.managers': None;
  readonly 'windows.source.policy': None;
  readonly 'windows.setting.unread': { readonly key: string };
  readonly 'windows.setting.absent': { readonly key: string };
  readonly 'windows.default.smb2': None;
  readonly 'windows.default.compression': None;
  readonly 'windows.default.no-compression': None;
  readonly 'windows.default.not-required': None;
  readonly 'windows.default.restricted': None;
  readonly 'windows.default.none': None;
  readonly 'windows.default.admin-shares': None;
  readonly 'windows.default.signing.before': None;
  readonly 'windows.default.signing.server-client': None;
  readonly 'windows.default.signing.server': None;
  readonly 'windows.default.signing.home': None;
  readonly 'windows.default.signing.pro': None;
  readonly 'windows.default.guests.server': None;
  readonly 'windows.default.guests.client': None;
  readonly 'windows.default.guests.home-and-pro': None;
  readonly 'windows.default.guests.refused': None;
}
