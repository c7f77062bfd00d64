// What the keeper saw and did, as tables for the details page: its last look, and blocked attempts by source and hour. Pure.
import type { KeeperFact } from '../../preload/contract';
import { toSecond } from '../times';
import { labels } from './labels';
import type { Table } from './sections';

const { columns, captions, values } = labels;

export function keeperTables({ schedule, kept, doubt }: KeeperFact): readonly Table[] {
  const time = (iso: string | null): string => (iso === null ? values.never : toSecond(iso));
  const look: Table = {
    caption: labels.title.keeper,
    columns: [columns.what, columns.value],
    rows: [
      [
        captions.schedule,
        'why' in schedule ? `${values.schedule[schedule.state]} (${schedule.why})` : values.schedule[schedule.state],
      ],
      ...(doubt === null ? [] : [[captions.damage, doubt]]),
      ...(kept === null
        ? [[captions.lastLook, values.never]]
        : [
            [captions.lastLook, toSecond(kept.at)],
            [captions.seen, values.kept[kept.state]],
            [captions.wholeAt, time(kept.wholeAt)],
            [
              captions.restoredAt,
              kept.restoredAt === null ? values.never : `${time(kept.restoredAt)} (${kept.restores})`,
            ],
            ...(kept.waitsFor === null ? [] : [[captions.waitsFor, kept.waitsFor]]),
            ...(kept.patch === null ? [] : [[captions.patch, `${kept.patch.state}: ${kept.patch.because.join(' ')}`]]),
            ...kept.warnings.map(({ text }) => [captions.warning, text]),
            ...(kept.ended === null ? [] : [[captions.ended, `${toSecond(kept.ended.at)}: ${kept.ended.why}`]]),
          ]),
    ],
  };
  if (kept === null || kept.hours.length === 0) return [look];
  const attempts: Table = {
    caption: captions.attemptsByHour,
    columns: [columns.time, columns.from, columns.packets],
    rows: [...kept.hours]
      .reverse()
      .flatMap(({ hour, sources, otherPackets }) => [
        ...sources.map(({ address, packets }) => [toSecond(hour), address, String(packets)]),
        ...(otherPackets > 0 ? [[toSecond(hour), values.others, String(otherPackets)]] : []),
      ]),
  };
  return [look, attempts];
}
