// What is noted in the status file after each look and each change. A note that can't be written fails no act.

import type { CodedText, Kept, OtherServers, ReasonPatch } from '../../model/kept';
import type { Shield } from '../../model/shield';
import { failureInEnglish } from '../in-english';
import { type Ground, isTrusted, type Sight } from '../shield/act-context';
import { tallyAttempts } from './attempts';
import type { KeepDecision } from './decision';
import { readKept, writeKept } from './status-file';

/** The keeper's last note about this very shield, or null. */
export const lastNote = (ground: Pick<Ground, 'host'>, shield: Shield | null): Kept | null =>
  readNote(ground, shield).last;

/** With whether a note is there that can't be read or believed: then what it told is lost. */
export function readNote(
  { host }: Pick<Ground, 'host'>,
  shield: Shield | null,
): { readonly last: Kept | null; readonly isLost: boolean } {
  const { kept, doubt } = readKept(host.stateFolder, isTrusted(host));
  return { last: kept?.shield && shield && kept.shield.id === shield.id ? kept : null, isLost: doubt !== null };
}

export interface Looked {
  readonly decision: Pick<KeepDecision, 'waitsFor' | 'warnings'>;
  /** null = not judged at this look. */
  readonly patch: ReasonPatch | null;
  readonly otherServers: OtherServers | null;
  readonly isWhole: boolean;
  /** Whether the rules were put back just now. */
  readonly restored: boolean;
  /** Whether the clock could be believed. */
  readonly isSure: boolean;
}

/** Whether the last look did not find it. By its code: its text may tell of other minutes and numbers each time. */
export const isNew = ({ code }: CodedText, last: Kept | null): boolean =>
  !last?.warnings.some((one) => one.code === code);

/** After a look of the keeper at a shield that should be up. Gives why it could not be written; null = it was. */
export function note(ground: Ground, { found }: Sight, shield: Shield, looked: Looked): string | null {
  const { host, boot } = ground;
  const last = lastNote(ground, shield);
  const now = host.now();
  const at = now.toISOString();
  const { waitsFor } = looked.decision;
  const warnings = looked.decision.warnings.map(({ code, text }) => {
    const before = last?.warnings.find((one) => one.code === code);
    return { code, text, since: before === undefined ? at : before.since };
  });
  return write(ground, {
    schema: 'breakwater/kept@1',
    at,
    sureAt: looked.isSure ? at : (last?.sureAt ?? null),
    boot,
    state: looked.isWhole ? 'whole' : 'open',
    shield,
    wholeAt: looked.isWhole ? at : (last?.wholeAt ?? null),
    restoredAt: looked.restored ? at : (last?.restoredAt ?? null),
    restores: (last?.restores ?? 0) + (looked.restored ? 1 : 0),
    counted: found.counted ?? last?.counted ?? null,
    hours: tallyAttempts(last?.hours ?? [], last?.counted ?? null, found.counted, now),
    patch: looked.patch ?? last?.patch ?? null,
    otherServers: looked.otherServers,
    waitsFor,
    warnings,
    ended: null,
  });
}

/** After the shield came down. `why`: the keeper's reason; null = somebody asked for it, or it was up no more. */
export function noteEnd(ground: Ground, shield: Shield | null, why: string | null): void {
  const at = ground.host.now().toISOString();
  write(ground, { ...nothingKept, at, boot: ground.boot, ended: shield && why !== null ? { at, shield, why } : null });
}

/** After a look that found no shield on record; how the last one ended stays noted. */
export function noteNothing(ground: Ground): void {
  const { host, boot } = ground;
  const ended = readKept(host.stateFolder, isTrusted(host)).kept?.ended ?? null;
  write(ground, { ...nothingKept, at: host.now().toISOString(), boot, ended });
}

const nothingKept = {
  schema: 'breakwater/kept@1',
  sureAt: null,
  state: 'none',
  shield: null,
  wholeAt: null,
  restoredAt: null,
  restores: 0,
  counted: null,
  hours: [],
  patch: null,
  otherServers: null,
  waitsFor: null,
  warnings: [],
} as const;

/** Where it can't be written, the age of the last one tells readers that nobody has looked since. */
function write({ host }: Ground, kept: Kept): string | null {
  try {
    writeKept(host.stateFolder, kept);
    return null;
  } catch (error) {
    return `How the shield stands can't be noted: ${failureInEnglish(error)}`;
  }
}
