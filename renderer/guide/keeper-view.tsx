// What the keeper saw and did: its last look, what it waits for, rules it put back, and who knocked in the last two days.
import { makeStyles, tokens } from '@fluentui/react-components';
import type { AttemptsInHour, Kept } from '../../preload/contract';
import { useTextStyles } from '../parts/text-styles';
import { toMinute } from '../times';
import { words } from '../words';

/** How many lines of blocked attempts are shown; all of them are under Details. */
const mostLines = 20;

const useStyles = makeStyles({
  table: {
    borderCollapse: 'collapse',
    alignSelf: 'flex-start',
    '& th, & td': { textAlign: 'left', padding: `2px ${tokens.spacingHorizontalL} 2px 0` },
  },
});

export function KeeperView({ kept }: { readonly kept: Kept }) {
  const text = useTextStyles();
  return (
    <div className={text.tight}>
      <h3 className={text.h3}>{words.keeper.title}</h3>
      {kept.shield === null ? null : (
        <>
          <p className={text.paragraph}>{words.keeper.looked(toMinute(kept.at))}</p>
          {kept.waitsFor === null ? null : <p className={text.paragraph}>{words.keeper.ends(kept.waitsFor)}</p>}
          {kept.restoredAt === null ? null : (
            <p className={text.paragraph}>{words.keeper.restored(kept.restores, toMinute(kept.restoredAt))}</p>
          )}
        </>
      )}
      <KeeperEnded kept={kept} />
      <Hours hours={kept.hours} />
    </div>
  );
}

/** That the last shield was taken down by its keeper, where it was. */
export function KeeperEnded({ kept: { ended } }: { readonly kept: Kept }) {
  const text = useTextStyles();
  return ended === null ? null : <p className={text.paragraph}>{words.keeper.ended(toMinute(ended.at), ended.why)}</p>;
}

function Hours({ hours }: Pick<Kept, 'hours'>) {
  const text = useTextStyles();
  const styles = useStyles();
  const lines = linesOf(hours);
  if (lines.length === 0) return null;
  return (
    <details className={text.fold}>
      <summary>{words.keeper.hours}</summary>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{words.keeper.hour}</th>
            <th scope="col">{words.shield.from}</th>
            <th scope="col">{words.shield.packets}</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, mostLines).map(({ hour, from, packets }) => (
            <tr key={`${hour} ${from}`}>
              <td>{toMinute(hour)}</td>
              <td className={text.mono}>{from}</td>
              <td>{packets}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > mostLines ? <p className={text.quiet}>{words.keeper.more(lines.length - mostLines)}</p> : null}
    </details>
  );
}

interface Line {
  readonly hour: string;
  readonly from: string;
  readonly packets: number;
}

/** The newest hour first. */
const linesOf = (hours: readonly AttemptsInHour[]): readonly Line[] =>
  [...hours]
    .reverse()
    .flatMap(({ hour, sources, otherPackets }) => [
      ...sources.map(({ address, packets }) => ({ hour, from: address, packets })),
      ...(otherPackets > 0 ? [{ hour, from: words.keeper.others, packets: otherPackets }] : []),
    ]);
