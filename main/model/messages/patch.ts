// Whether a PC is patched for an advisory, and why.
import type { Message, Words } from '../message';
import type { None } from './none';

export interface PatchMessages {
  readonly 'patch.no-catalogue': None;
  readonly 'patch.empty-catalogue': None;
  readonly 'patch.clock-behind': { readonly day: string };
  readonly 'patch.too-old': { readonly day: string; readonly days: number };
  readonly 'patch.reach-unknown': None;
  readonly 'patch.server-of-no-package': None;
  readonly 'patch.server-unread': { readonly why: Message };
  readonly 'patch.feature.nobody-waits': None;
  readonly 'patch.feature.no-ksmbd': None;
  readonly 'patch.feature.no-fruit': { readonly from: Words };
  readonly 'patch.feature.samba-no-controller': { readonly from: Words };
  readonly 'patch.feature.smb1-not-installed': { readonly from: Words };
  readonly 'patch.feature.smb1-off': { readonly from: Words };
  readonly 'patch.feature.smb2-off': { readonly from: Words };
  readonly 'patch.feature.spooler-off': { readonly from: Words };
  readonly 'patch.feature.no-controller': { readonly from: Words };
  readonly 'patch.feature.compression-off': { readonly from: Words };
  readonly 'patch.feature.described.smb1-on': None;
  readonly 'patch.feature.described.smb1-off': None;
  readonly 'patch.feature.described.smb-server-on': None;
  readonly 'patch.feature.described.smb-server-off': None;
  readonly 'patch.feature.described.smb-compression-on': None;
  readonly 'patch.feature.described.smb-compression-off': None;
  readonly 'patch.described.not-told': None;
  readonly 'patch.described.says-so': None;
  readonly 'patch.described.no-packages': None;
  readonly 'patch.described.several': None;
  readonly 'patch.described.older-may-run': None;
  readonly 'patch.described.no-json': { readonly why: string };
  readonly 'patch.described.os': None;
  readonly 'patch.described.field': { readonly field: string; readonly why: string };
  readonly 'patch.not-judged': { readonly why: Message };
}
