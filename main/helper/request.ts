// Parses the helper's one argument: only what the schema can express comes through.
import * as v from 'valibot';
import { shieldSchema } from '../engine/shield/shield-schema';
import type { Request } from '../model/request';

/** Base64url of a request with the most exceptions is below 16 KiB. */
const longestToken = 32 * 1024;
/** No honest request waits longer for permission. */
const longestWait = 15 * 60_000;

const base = {
  version: v.literal(1),
  notAfter: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/), v.isoTimestamp()),
};
const requestSchema: v.GenericSchema<unknown, Exclude<Request, { act: 'keep' | 'restore' | 'judge' }>> = v.variant(
  'act',
  [
    v.strictObject({ ...base, act: v.literal('look') }),
    v.strictObject({ ...base, act: v.literal('shield'), shield: shieldSchema }),
    v.strictObject({ ...base, act: v.literal('lift') }),
    v.strictObject({ ...base, act: v.literal('settle') }),
  ],
);

/** The request, or one line that says why it is none. */
export function parseRequest(token: string, now: number): Request | string {
  // Plain words, so that an administrator who reads the schedule sees what it asks for.
  if (token === 'keep' || token === 'restore' || token === 'judge') return { version: 1, act: token };
  if (token.length > longestToken)
    return `The request is too long (${token.length} characters; at most ${longestToken}).`;
  if (!/^[A-Za-z0-9_-]+$/.test(token)) return 'The request is not base64url.';
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(token, 'base64url')));
  } catch {
    return 'The request is not JSON.';
  }
  const parsed = v.safeParse(requestSchema, data, { abortEarly: true });
  // What was sent is not repeated: it may be anything.
  if (!parsed.success)
    return `The request is not one of ours: ${v.getDotPath(parsed.issues[0]) ?? 'it'} is not as it must be.`;
  const left = Date.parse(parsed.output.notAfter) - now;
  if (left < 0) return 'The request is too old: it waited longer for permission than it may.';
  if (left > longestWait) return 'The request is dated too far ahead.';
  return parsed.output;
}
