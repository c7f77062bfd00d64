// How an act ended: what happened, what was changed, what to do.
import type { Message } from '../message';
import type { None } from './none';

export interface OutcomeMessages {
  readonly 'outcome.firewall-changed': None;
  readonly 'outcome.firewall-changed.what': None;
  readonly 'outcome.firewall-changed.todo': None;
  readonly 'outcome.no-exceptions': None;
  readonly 'outcome.no-exceptions.what': { readonly obstacles: readonly Message[] };
  readonly 'outcome.no-exceptions.todo': None;
  readonly 'outcome.no-effect': None;
  readonly 'outcome.no-effect.what': { readonly obstacles: readonly Message[] };
  readonly 'outcome.no-effect.instead': { readonly instead: Message };
  readonly 'outcome.no-workaround': None;
  readonly 'outcome.no-workaround.none': { readonly workaround: string };
  readonly 'outcome.no-workaround.others': { readonly workaround: string; readonly others: readonly string[] };
  readonly 'outcome.no-workaround.todo': None;
}
