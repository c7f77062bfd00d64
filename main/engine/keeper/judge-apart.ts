// Whether this PC is patched, judged within a bound of time: what it reads is other people's, and may be made to last for ever.
import * as v from 'valibot';
import type { Host } from '../../host/host';
import type { ReasonInForce } from '../../model/kept';
import { reasonPatchSchema } from './status-file';

/** Seconds. Reading and judging take about one; with the note before it, no note gets older than two looks by it. */
const longest = 20;

/**
 * In a process of its own where the platform offers that, since a file can hold up a whole process; else in this one. What takes too long
 * is not known. Never rejects.
 */
export async function judgeApart(host: Host, helper: string, reason: string | null): Promise<ReasonInForce> {
  const { apart } = host.administration;
  if (reason === null || apart === null) return inTime(host, helper, reason);
  const ran = await apart(helper, 'judge', longest);
  if (ran.kind === 'not-there') return notKnown('the program that judges it could not be started');
  if (ran.kind === 'not-run') return notKnown(ran.why);
  if (ran.signal !== null || ran.code === killed) return notKnown(tooLong);
  if (ran.code !== 0) return notKnown(ran.complaint.trim().split('\n')[0] || `it ended with code ${ran.code}`);
  try {
    const answer = v.parse(answerSchema, JSON.parse(ran.stdout));
    // The shield was changed in between.
    return answer.reason === reason ? answer.judged : notKnown('another reason was judged');
  } catch {
    return notKnown('its answer can not be read');
  }
}

const tooLong = `it took longer than ${longest} seconds`;
/** The exit code of timeout(1) where it had to end a program by SIGKILL. */
const killed = 137;

const answerSchema = v.object({
  act: v.literal('judge'),
  reason: v.nullable(v.string()),
  judged: v.object({ patch: reasonPatchSchema, others: v.nullable(v.array(v.string())) }),
});

async function inTime(host: Host, helper: string, reason: string | null): Promise<ReasonInForce> {
  const { judgeReasonInForce } = await import('./reason-patch');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ReasonInForce>((resolve) => {
    timer = setTimeout(() => resolve(notKnown(tooLong)), longest * 1000);
  });
  const judged = await Promise.race([judgeReasonInForce(host, helper, reason), late]);
  clearTimeout(timer);
  return judged;
}

const notKnown = (why: string): ReasonInForce => ({
  patch: { state: 'unknown', because: [`It could not be judged: ${why}.`] },
  others: null,
});
