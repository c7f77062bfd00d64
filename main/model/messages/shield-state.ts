// How a shield stands, and why.
import type { Message, Words } from '../message';
import type { None } from './none';

export interface ShieldStateMessages {
  readonly 'shield-state.record-unread': { readonly why: Message };
  readonly 'shield-state.gone': None;
  readonly 'shield-state.switched-off': { readonly names: readonly string[] };
  readonly 'shield-state.switched-off-by-failure': { readonly names: readonly string[] };
  readonly 'shield-state.date-passed': { readonly until: string };
  readonly 'shield-state.no-keeper': { readonly why: Words };
  readonly 'shield-state.keeper-broken': None;
  readonly 'shield-state.interrupted.apply': { readonly at: string };
  readonly 'shield-state.interrupted.revert': { readonly at: string };
  readonly 'shield-state.foreign': None;
  readonly 'shield-state.none': None;
  readonly 'shield-state.expired': { readonly until: string | null };
  readonly 'shield-state.rules-gone': None;
  readonly 'shield-state.not-on-record': { readonly id: string | null };
  readonly 'shield-state.lift-or-replace': None;
  readonly 'shield-state.rules-may-stand': None;
  readonly 'shield-state.rules-unknown': { readonly why: Message };
  readonly 'shield-state.none-on-record': None;
  readonly 'shield-state.seen-whole': { readonly at: string };
  readonly 'shield-state.seen-open': { readonly at: string };
  readonly 'shield-state.restarted': None;
  readonly 'shield-state.recorded': { readonly at: string; readonly why: Message | null };
}
