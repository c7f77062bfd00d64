// Blocked attempts by source and hour: what the shield's counters have grown by since the last look. Pure.
import type { AttemptsInHour } from '../../model/kept';
import type { Counted } from '../../model/shield';

const hoursKept = 48;
const mostSources = 50;

/**
 * `before` and `after` are what was counted at the last look and at this one. A counter that is smaller than before was begun anew in
 * between. What was counted in between belongs to the hour in which it was seen.
 */
export function tallyAttempts(
  hours: readonly AttemptsInHour[],
  before: Counted | null,
  after: Counted | null,
  now: Date,
): readonly AttemptsInHour[] {
  const hour = new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000).toISOString();
  const oldest = new Date(Date.parse(hour) - (hoursKept - 1) * 3_600_000).toISOString();
  const kept = hours.filter((one) => one.hour >= oldest && one.hour <= hour);
  const counts = new Map((before?.attempts ?? []).map(({ address, packets }) => [address, packets]));
  const news = (after?.attempts ?? []).flatMap(({ address, packets }) => {
    const known = counts.get(address) ?? 0;
    const more = packets >= known ? packets - known : packets;
    return more > 0 ? [{ address, packets: more }] : [];
  });
  if (news.length === 0) return kept;
  const current = kept.find((one) => one.hour === hour) ?? { hour, sources: [], otherPackets: 0 };
  return [...kept.filter((one) => one.hour !== hour), added(current, news)];
}

function added(one: AttemptsInHour, news: AttemptsInHour['sources']): AttemptsInHour {
  const sums = new Map(one.sources.map(({ address, packets }) => [address, packets]));
  for (const { address, packets } of news) sums.set(address, (sums.get(address) ?? 0) + packets);
  const sorted = [...sums]
    .map(([address, packets]) => ({ address, packets }))
    .sort((a, b) => b.packets - a.packets || (a.address < b.address ? -1 : 1));
  const others = sorted.slice(mostSources).reduce((sum, { packets }) => sum + packets, 0);
  return { hour: one.hour, sources: sorted.slice(0, mostSources), otherPackets: one.otherPackets + others };
}
