// What an answer leaves open, and the names of facts.
import type { Message } from '../message';
import type { None } from './none';

export interface DoubtMessages {
  readonly 'doubt.door': None;
  readonly 'doubt.fact': { readonly fact: Message; readonly why: Message | null };
  readonly 'doubt.server-settings': { readonly what: Message };
  readonly 'doubt.smb-answer': { readonly endpoint: string };
  readonly 'doubt.smb-answer.problems': { readonly problems: readonly Message[] };
  readonly 'doubt.probe-door': { readonly host: string; readonly port: number };
  readonly 'doubt.addresses-left-out': { readonly count: number; readonly host: string };
  readonly 'doubt.address': { readonly address: string };
  readonly 'doubt.nobody-asked': { readonly address: string };
  readonly 'doubt.shield.recorded': None;
  readonly 'doubt.shield.interrupted': None;
  readonly 'doubt.shield.unknown': None;
  readonly 'doubt.advisory': { readonly id: string; readonly because: Message };
  readonly 'doubt.catalogue-missing': None;
  readonly 'doubt.catalogue-age': { readonly day: string };
  readonly 'doubt.catalogue-age.no-day': None;
  readonly 'doubt.catalogue-too-old': { readonly day: string };
  readonly 'doubt.catalogue-incomplete': None;
  readonly 'doubt.reach': None;
  readonly 'doubt.key-not-saved': { readonly key: string };
  readonly 'doubt.not-saved': { readonly fact: Message; readonly why: Message | null };

  readonly 'fact.system': None;
  readonly 'fact.network': None;
  readonly 'fact.listeners': None;
  readonly 'fact.sessions': None;
  readonly 'fact.smb': None;
  readonly 'fact.servers': None;
  readonly 'fact.managers': None;
  readonly 'fact.ruleset': None;
  readonly 'fact.patch': None;
  readonly 'fact.journal': None;
  readonly 'fact.keeper': None;
}
