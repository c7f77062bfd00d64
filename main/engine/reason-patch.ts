// Whether this PC is patched for a shield's reason, by its packages as they are now.
import type { Host } from '../host/host';
import type { ReasonPatch } from '../model/kept';

/** Never rejects: what can't be told is unknown, and says why. */
export async function judgeReason(_host: Host, reason: string | null): Promise<ReasonPatch> {
  if (reason === null) return { state: 'unknown', because: ['No advisory was named as the reason.'] };
  return { state: 'unknown', because: [`wip ${reason}`] };
}
