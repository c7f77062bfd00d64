// The keeper's status on disk: one small file, replaced whole, that everybody may read and only administrators can write.
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { KeeperFact, Kept, WarningCode } from '../../model/kept';
import { mustBeAdministrators } from '../journal/journal';
import { letAllRead } from '../journal/state-folder';
import { shieldSchema } from '../shield/shield-schema';

export const statusPath = (stateFolder: string): string => join(stateFolder, 'status.json');
/** What we write stays far below; anything longer is not ours. */
const longest = 4 * 1024 * 1024;

/** With `trusted`, only what administrators alone can write is believed. Never throws: what can't be believed is said in `doubt`. */
export function readKept(stateFolder: string, trusted: boolean): Pick<KeeperFact, 'kept' | 'doubt'> {
  const path = statusPath(stateFolder);
  try {
    if (trusted) mustBeAdministrators(stateFolder, path);
    const text = readFileSync(path, 'utf8');
    if (text.length > longest) return { kept: null, doubt: `${path} is longer than anything that the keeper writes.` };
    const parsed = v.safeParse(keptSchema, JSON.parse(text));
    if (parsed.success) return { kept: parsed.output, doubt: null };
    return {
      kept: null,
      doubt: `${path} is not what the keeper writes (${v.getDotPath(parsed.issues[0]) ?? 'its form'}).`,
    };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { kept: null, doubt: null };
    return { kept: null, doubt: error instanceof SyntaxError ? `${path} is damaged: ${message}.` : message };
  }
}

/** Replaces the file in one step: readers see the old one or the new one. The caller holds the lock. */
export function writeKept(stateFolder: string, kept: Kept): void {
  const path = statusPath(stateFolder);
  const draft = `${path}.draft`;
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o644);
  try {
    letAllRead(file);
    writeFileSync(file, `${JSON.stringify(fitting(kept))}\n`);
    // What must not be forgotten has to outlive a power cut; for the rest of a note, made anew twice a minute, the last one is enough.
    if (kept.otherServers !== null) fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

/** No sentence is longer than a reader takes: what programs complain of, or are called, is as long as they please. */
function fitting(kept: Kept): Kept {
  const { patch, otherServers, ended } = kept;
  return {
    ...kept,
    patch: patch && { ...patch, because: patch.because.map(shortened) },
    otherServers: otherServers && { ...otherServers, who: shortened(otherServers.who) },
    waitsFor: kept.waitsFor && shortened(kept.waitsFor),
    warnings: kept.warnings.map((warning) => ({ ...warning, text: shortened(warning.text) })),
    ended: ended && { ...ended, why: shortened(ended.why) },
  };
}

const longestLine = 4000;
const shortened = (text: string): string =>
  text.length > longestLine ? `${text.slice(0, longestLine - 1)}\u2026` : text;

const time = v.pipe(v.string(), v.isoTimestamp());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const line = v.pipe(v.string(), v.maxLength(longestLine));
const source = { address: v.pipe(v.string(), v.maxLength(64)), packets: count };
const countedSchema = v.object({
  blocked: count,
  allowed: count,
  outboundBlocked: count,
  attempts: v.array(v.object({ ...source, until: v.nullable(time) })),
});
export const reasonPatchSchema = v.object({
  state: v.picklist(['patched', 'vulnerable', 'not-affected', 'unknown']),
  code: v.exactOptional(v.literal('not-in-catalogue')),
  because: v.array(v.string()),
});
const warningCodes = [
  'clock-wrong',
  'date-passed',
  'foreign-table',
  'not-lifted',
  'not-put-back',
  'not-written',
  'schedule-broken',
  'left-switched-off',
  'record-long',
  'earlier',
] as const satisfies readonly WarningCode[];
const warningSchema = v.union([
  v.object({ code: v.picklist(warningCodes), text: line, since: v.nullable(time) }),
  // Notes written before warnings had codes.
  v.pipe(
    line,
    v.transform((text) => ({ code: 'earlier', text, since: null }) as const),
  ),
]);
const keptSchema: v.GenericSchema<unknown, Kept> = v.object({
  schema: v.literal('breakwater/kept@1'),
  at: time,
  sureAt: v.nullable(time),
  boot: v.nullable(v.string()),
  state: v.picklist(['whole', 'open', 'none']),
  shield: v.nullable(shieldSchema),
  wholeAt: v.nullable(time),
  restoredAt: v.nullable(time),
  restores: count,
  counted: v.nullable(countedSchema),
  hours: v.array(v.object({ hour: time, sources: v.array(v.object(source)), otherPackets: count })),
  patch: v.nullable(reasonPatchSchema),
  // Notes written before these were remembered.
  otherServers: v.optional(
    v.nullable(
      v.object({
        who: line,
        seenAt: time,
        goneSince: v.nullable(v.object({ uptime: v.pipe(v.number(), v.safeInteger()), boot: v.nullable(v.string()) })),
      }),
    ),
    null,
  ),
  waitsFor: v.nullable(line),
  warnings: v.array(warningSchema),
  ended: v.nullable(v.object({ at: time, shield: shieldSchema, why: line })),
});
