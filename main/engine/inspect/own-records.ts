// What Breakwater itself has written down on this PC, as facts: the journal, and what background protection saw last.
import type { Host } from '../../host/host';
import type { Fact } from '../../model/facts';
import type { Journal } from '../../model/journal';
import type { KeeperFact } from '../../model/kept';
import { messageOf } from '../../model/message-error';
import { journalPath, readJournal } from '../journal/journal';
import { readKept, statusPath } from '../keeper/status-file';

/** Never rejects: a journal that can't be read is a fact that says why. */
export async function journalFact(host: Pick<Host, 'stateFolder' | 'now' | 'simulated'>): Promise<Fact<Journal>> {
  const source = { kind: 'file', name: journalPath(host.stateFolder) } as const;
  const at = host.now().toISOString();
  try {
    return { state: 'known', value: await readJournal(host.stateFolder, host.simulated === null), source, at };
  } catch (error) {
    return { state: 'failed', why: messageOf(error), source, at };
  }
}

/** `helper`: absolute path of the helper's script, which the schedule runs. Never rejects. */
export async function keeperFact(
  host: Pick<Host, 'stateFolder' | 'now' | 'simulated' | 'keeping'>,
  helper: string,
): Promise<Fact<KeeperFact>> {
  const source = { kind: 'file', name: statusPath(host.stateFolder) } as const;
  const schedule = await host.keeping.find(helper);
  const value = { schedule, ...readKept(host.stateFolder, host.simulated === null) };
  return { state: 'known', value, source, at: host.now().toISOString() };
}
