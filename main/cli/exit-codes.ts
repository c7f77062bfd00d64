// The seven ways a command can end, as scripts see them. Pure.
import type { Part } from '../engine/engine';
import type { PatchVerdict } from '../model/advisory';
import type { Outcome } from '../model/outcome';
import type { Report } from '../model/report';
import type { ShieldState } from '../model/verdicts';

export const exit = {
  /** Done, and closed / up as asked. */
  done: 0,
  /** Done, and the answer is bad news. */
  badNews: 1,
  /** Wrong usage or unreadable input. */
  usage: 2,
  /** Needs administrator rights. */
  notPermitted: 3,
  /** Failed or stopped; everything is as it was before. */
  undone: 4,
  /** Failed, and something is left. */
  left: 5,
  /** Done, but it could not be told. */
  unknown: 6,
} as const;

export type ExitCode = (typeof exit)[keyof typeof exit];

/**
 * Bad news goes before "could not be told", and that before good news. `only` null = everything; the shield's state counts only
 * where it was asked for by name (a closed door needs none), and so does the patch.
 */
export function exitForInspection({ verdicts, facts }: Report, only: ReadonlySet<Part> | null): ExitCode {
  const codes: ExitCode[] = [];
  if (verdicts.findings.some(({ severity }) => severity === 'high')) codes.push(exit.badNews);
  if (only === null || only.has('firewall')) codes.push(exitForDoor[verdicts.door.state]);
  else if (only.has('smb')) codes.push(facts.smb.state === 'known' ? exit.done : exit.unknown);
  // Findings rest on the servers' settings: "none" is no answer where some were not read.
  if ((only === null || only.has('smb')) && hasUnreadSettings(facts)) codes.push(exit.unknown);
  if (only?.has('shield')) codes.push(exitForShield(verdicts.shield.state));
  if (only?.has('patch')) codes.push(exitForPatches(verdicts.patch));
  return [exit.badNews, exit.unknown].find((code) => codes.includes(code)) ?? exit.done;
}

function hasUnreadSettings({ servers }: Report['facts']): boolean {
  return servers.state === 'known' && servers.value.some(({ unread = [] }) => unread.length > 0);
}

/**
 * One vulnerable is bad news. What could not be told counts where the hole is, or may be, reached through the door and that is not
 * known to be closed: holes of other programs and of outgoing connections are named, but decide nothing.
 */
export function exitForPatches(patches: PatchVerdict | null): ExitCode {
  if (patches === null || patches.catalogue === null) return exit.unknown;
  if (patches.verdicts.some(({ state }) => state === 'vulnerable')) return exit.badNews;
  if (patches.catalogue.passedOver > 0) return exit.unknown;
  const untold = patches.verdicts.filter(({ state, doorClosed }) => state === 'unknown' && doorClosed === null);
  return untold.some(({ reach }) => reach.kind === 'server' || reach.kind === 'unknown') ? exit.unknown : exit.done;
}

export function exitForShield(state: ShieldState): ExitCode {
  return shieldCodes[state];
}

export function exitForOutcome({ kind }: Pick<Outcome, 'kind'>): ExitCode {
  return outcomeCodes[kind];
}

export const exitForDoor = { closed: exit.done, open: exit.badNews, unknown: exit.unknown } as const;

const shieldCodes = {
  up: exit.done,
  kept: exit.done,
  none: exit.badNews,
  damaged: exit.badNews,
  expired: exit.badNews,
  foreign: exit.badNews,
  recorded: exit.unknown,
  interrupted: exit.unknown,
  unknown: exit.unknown,
} as const;

const outcomeCodes = {
  done: exit.done,
  refused: exit.usage,
  'not-permitted': exit.notPermitted,
  'failed-undone': exit.undone,
  'failed-left': exit.left,
  unknown: exit.unknown,
} as const;
