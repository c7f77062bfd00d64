// What a plan says: what will be noticed, and what to mind.
import type { Message } from '../message';
import type { None } from './none';

export interface PlanMessages {
  readonly 'plan.up-already': None;
  readonly 'plan.none-up': None;
  readonly 'plan.lift.as-before': None;
  readonly 'plan.lift.only-ours': None;
  readonly 'plan.lift.exposed': None;
  readonly 'plan.shield.nobody-connects': None;
  readonly 'plan.shield.no-exceptions': None;
  readonly 'plan.shield.exceptions': { readonly allowed: readonly string[] };
  readonly 'plan.shield.nothing-serves': None;
  readonly 'plan.shield.own-files': None;
  readonly 'plan.shield.outbound': None;
  readonly 'plan.shield.uses-others': None;
  readonly 'plan.shield.keeper': { readonly schedule: string };
  readonly 'plan.shield.take-away': None;
  readonly 'plan.sessions.cut': { readonly who: Message };
  readonly 'plan.sessions.stay': { readonly who: Message };
  readonly 'plan.sessions.not-known': None;
  readonly 'plan.sessions.go-on': None;
  readonly 'plan.sessions.none': None;
  readonly 'plan.end.at': { readonly at: string };
  readonly 'plan.end.at-or-patched': { readonly at: string; readonly reason: string };
  readonly 'plan.end.warned': { readonly at: string };
  readonly 'plan.end.patched-or-warned': { readonly at: string; readonly reason: string };
  readonly 'plan.end.by-hand': None;
  readonly 'plan.end.patched': { readonly reason: string };
  readonly 'plan.warning.damaged': None;
  readonly 'plan.warning.no-keeper': { readonly why: string };
  readonly 'plan.warning.no-keeper-nor-restart': { readonly why: string };
  readonly 'plan.warning.nftables-service': None;
  readonly 'plan.warning.nothing-lifts': None;
  readonly 'plan.warning.no-reason': None;
  readonly 'plan.warning.not-in-catalogue-stays': { readonly reason: string };
  readonly 'plan.warning.not-in-catalogue': { readonly reason: string };
  readonly 'plan.warning.patched': { readonly reason: string; readonly because: readonly string[] };
  readonly 'plan.warning.not-affected': { readonly reason: string; readonly because: readonly string[] };
  readonly 'plan.warning.unknown': { readonly reason: string; readonly because: readonly string[] };
}
