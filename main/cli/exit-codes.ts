// The seven ways a command can end, as scripts see them. Pure.
import type { Part } from '../engine/engine';
import type { PatchVerdict } from '../model/advisory';
import type { Outcome } from '../model/outcome';
import type { Report } from '../model/report';
import type { Review } from '../model/review';
import type { ShieldState } from '../model/verdicts';
import type { ProbeDocument } from './documents';
import { type Doubt, inspectionDoubts, patchDoubts, reviewDoubts, shieldDoubts } from './doubts';

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

/** Of every answer: bad news goes before "could not be told", and that before good news. */
export function exitForAnswer(isBadNews: boolean, doubts: readonly Doubt[]): ExitCode {
  if (isBadNews) return exit.badNews;
  return doubts.length > 0 ? exit.unknown : exit.done;
}

/** `only` null = everything; the shield's state counts only where it was asked for by name, and so does each hole. */
export function exitForInspection(report: Report, only: ReadonlySet<Part> | null): ExitCode {
  const { door, findings, shield, patch } = report.verdicts;
  const isBadNews =
    findings.some(({ severity }) => severity === 'high') ||
    ((only === null || only.has('firewall')) && door.state === 'open') ||
    (only?.has('shield') === true && isDown.has(shield.state)) ||
    (only?.has('patch') === true && hasVulnerable(patch));
  return exitForAnswer(isBadNews, inspectionDoubts(report, only));
}

export function exitForPatches(patches: PatchVerdict | null): ExitCode {
  return exitForAnswer(hasVulnerable(patches), patchDoubts(patches));
}

const hasVulnerable = (patches: PatchVerdict | null): boolean =>
  patches?.verdicts.some(({ state }) => state === 'vulnerable') ?? false;

export function exitForShield(state: ShieldState): ExitCode {
  return exitForAnswer(isDown.has(state), shieldDoubts({ state }));
}

const isDown: ReadonlySet<ShieldState> = new Set(['none', 'damaged', 'expired', 'foreign'] as const);

export function exitForReview(review: Pick<Review, 'verdict' | 'unsure'>): ExitCode {
  return exitForAnswer(review.verdict === 'open' || review.verdict === 'partly', reviewDoubts(review));
}

/** An open door is what was asked about, not bad news in itself; a finding of high severity is. */
export function exitForProbe({ findings, doubts }: Pick<ProbeDocument, 'findings' | 'doubts'>): ExitCode {
  return exitForAnswer(
    findings.some(({ severity }) => severity === 'high'),
    doubts,
  );
}

export function exitForOutcome({ kind }: Pick<Outcome, 'kind'>): ExitCode {
  return outcomeCodes[kind];
}

const outcomeCodes = {
  done: exit.done,
  refused: exit.usage,
  'not-permitted': exit.notPermitted,
  'failed-undone': exit.undone,
  'failed-left': exit.left,
  unknown: exit.unknown,
} as const;
