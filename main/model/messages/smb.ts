// What is said of an SMB server and its answers.
import type { Message, Words } from '../message';
import type { None } from './none';

export interface SmbMessages {
  /** One reason why several questions stayed open. `about`: what was asked. */
  readonly 'smb.no-usable-answer': {
    readonly endpoint: string;
    readonly about: readonly Message[];
    readonly why: Message;
  };
  readonly 'smb.about-dialect': { readonly dialect: string };
  readonly 'smb.about-choice': None;
  readonly 'smb.about-name': None;

  readonly 'smb.no-connection': { readonly why: Message };
  readonly 'smb.address-nonsense': None;
  readonly 'smb.out-of-turn': None;
  readonly 'smb.ended-without-answer': None;
  readonly 'smb.refused': None;
  readonly 'smb.cut': None;
  readonly 'smb.nobody-answered': None;
  readonly 'smb.unreachable': None;
  readonly 'smb.address-unusable': None;
  readonly 'smb.forbidden-here': None;
  readonly 'smb.name-unknown': None;
  readonly 'smb.name-not-looked-up': None;
  readonly 'smb.connection-failed': { readonly code: string };
  readonly 'smb.unusable': { readonly why: Message };
  readonly 'smb.error-reported': { readonly status: string };
  readonly 'smb.cut-short': None;
  readonly 'smb.not-of-question': None;
  readonly 'smb.not-smb1': None;
  readonly 'smb.not-smb2': None;
  readonly 'smb.wrong-header-size': None;
  readonly 'smb.wrong-body-size': None;
  readonly 'smb.dialect-not-offered': None;
  readonly 'smb.terms-cut-short': None;
  readonly 'smb.term-malformed': None;
  readonly 'smb.no-ntlm': None;
  readonly 'smb.ntlm-no-challenge': None;
  readonly 'smb.ntlm-cut-short': None;
  readonly 'smb.ntlm-malformed': None;
  readonly 'smb.not-smb': None;
  readonly 'smb.too-long': { readonly bytes: number };
  readonly 'smb.stopped': None;
  readonly 'smb.timeout': { readonly seconds: number };

  readonly 'finding.smb1-accepted.title': None;
  readonly 'finding.smb1-accepted.detail': { readonly advice: readonly Message[] };
  readonly 'finding.signing-not-required.title.off': None;
  readonly 'finding.signing-not-required.title.offered': None;
  readonly 'finding.signing-not-required.detail': { readonly advice: readonly Message[] };
  readonly 'finding.smb3-not-accepted.title': { readonly dialects: readonly string[] };
  readonly 'finding.smb3-not-accepted.detail': None;
  readonly 'finding.encryption-not-offered.title': None;
  readonly 'finding.encryption-not-offered.detail': { readonly advice: readonly Message[] };
  readonly 'finding.compression-on.title': None;
  readonly 'finding.compression-on.detail': None;
  readonly 'finding.ntlm-identity-told.title': None;
  readonly 'finding.ntlm-identity-told.detail': { readonly told: readonly Message[] };
  readonly 'finding.ntlm-identity-told.clock': None;
  readonly 'finding.ntlm-identity-told.version': { readonly version: string };
  readonly 'finding.smb-questions-open.title': None;
  readonly 'finding.smb-questions-open.detail': { readonly problems: readonly Message[] };
  readonly 'finding.server-settings-unread.title': None;
  readonly 'finding.server-settings-unread.detail': { readonly unread: readonly Message[] };
  readonly 'finding.guest-share-writable.title': None;
  readonly 'finding.guest-share-writable.detail': { readonly shares: readonly string[] };
  readonly 'finding.guest-share-readable.title': None;
  readonly 'finding.guest-share-readable.detail': { readonly shares: readonly string[] };
  readonly 'finding.null-sessions.title': None;
  readonly 'finding.null-sessions.detail': None;

  readonly 'evidence.answers': { readonly endpoints: readonly Message[] };
  readonly 'evidence.answer-of': { readonly endpoint: string };
  readonly 'evidence.shares': {
    readonly count: number;
    readonly shares: readonly string[];
    readonly configuration: Words;
  };
  readonly 'evidence.settings': { readonly settings: readonly Message[] };
  readonly 'evidence.setting': { readonly name: string; readonly value: string; readonly from: Words };

  readonly 'advice.samba': { readonly act: Message; readonly setting: string };
  readonly 'advice.ksmbd': { readonly act: Message; readonly setting: string };
  readonly 'advice.windows': { readonly act: Message; readonly setting: string };
  readonly 'advice.other': { readonly act: Message };
  readonly 'advice.turn-off': None;
  readonly 'advice.turn-on': None;
  readonly 'advice.require': None;
  readonly 'advice.allow': None;
}
