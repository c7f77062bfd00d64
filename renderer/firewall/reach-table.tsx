// The picture of who can reach the door, which is a table too: a line of lanes for each connection, from the Internet to this PC.
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import type { Few, Passage, ShownCell, ShownLane, Zone } from '../../preload/contract';
import { connectionName } from '../guide/check-words';
import { Sideways } from '../parts/sideways';
import { useTextStyles } from '../parts/text-styles';
import { words } from '../words';

/** The lanes that let in most come first. */
const lanesAtFirst = 12;
const say = words.firewallPage;
const zones: readonly Zone[] = ['internet', 'others', 'near', 'self'];

const useStyles = makeStyles({
  table: {
    borderCollapse: 'separate',
    borderSpacing: `0 ${tokens.spacingVerticalS}`,
    width: '100%',
    // Below this, words would break in the middle.
    minWidth: '36rem',
    tableLayout: 'fixed',
    '& caption': { textAlign: 'left', fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase500 },
    '& th': { textAlign: 'left', fontWeight: tokens.fontWeightRegular },
  },
  head: { verticalAlign: 'top', padding: `0 ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS}` },
  connection: { width: '26%', verticalAlign: 'bottom' },
  zone: { display: 'block', fontWeight: tokens.fontWeightSemibold },
  lane: {
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: tokens.spacingHorizontalS,
    overflowWrap: 'anywhere',
    '&:first-child': {
      borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
      borderTopLeftRadius: tokens.borderRadiusLarge,
      borderBottomLeftRadius: tokens.borderRadiusLarge,
      paddingLeft: tokens.spacingHorizontalL,
    },
    '&:last-child': {
      borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
      borderTopRightRadius: tokens.borderRadiusLarge,
      borderBottomRightRadius: tokens.borderRadiusLarge,
    },
  },
  cell: { verticalAlign: 'top' },
  way: { display: 'block', width: '100%', height: '28px', forcedColorAdjust: 'auto' },
  word: { display: 'block', fontWeight: tokens.fontWeightSemibold },
  bad: { color: tokens.colorStatusDangerForeground1 },
  mind: { color: tokens.colorStatusWarningForeground1 },
  good: { color: tokens.colorStatusSuccessForeground1 },
  plain: { color: tokens.colorNeutralForeground2 },
});

/** This PC's own programs are no danger to it: open is neither good nor bad there. */
const toneOf = (zone: Zone, passage: Passage): 'bad' | 'mind' | 'good' | 'plain' =>
  zone === 'self' && passage !== 'unknown'
    ? 'plain'
    : ({ open: 'bad', some: 'mind', shut: 'good', unknown: 'mind', none: 'plain' } as const)[passage];

interface ReachTableProps {
  readonly lanes: readonly ShownLane[];
  /** How many are left out. */
  readonly more: number;
}

export function ReachTable({ lanes, more }: ReachTableProps) {
  const styles = useStyles();
  const text = useTextStyles();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? lanes : lanes.slice(0, lanesAtFirst);
  return (
    <div className={text.tight}>
      <Sideways label={say.picture}>
        <table className={styles.table}>
          <caption>{say.picture}</caption>
          <thead>
            <tr>
              <th scope="col" className={mergeClasses(styles.head, styles.connection)}>
                <span className={styles.zone}>{say.connection}</span>
              </th>
              {zones.map((zone) => (
                <th key={zone} scope="col" className={styles.head}>
                  <ZoneDrawing zone={zone} />
                  <span className={styles.zone}>{say.zone[zone]}</span>
                  <span className={text.quiet}>{say.zoneHint[zone]}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((lane) => (
              <tr key={lane.key}>
                <th scope="row" className={mergeClasses(styles.lane, styles.cell)}>
                  <LaneName lane={lane} />
                </th>
                {lane.cells.map((cell) => (
                  <td key={cell.zone} className={mergeClasses(styles.lane, styles.cell)}>
                    <CellView cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
      {shown.length < lanes.length ? (
        <div>
          <Button size="small" onClick={() => setWhole(true)}>
            {say.allLanes(lanes.length)}
          </Button>
        </div>
      ) : more > 0 ? (
        <p className={text.quiet}>{say.lanesMore(more)}</p>
      ) : null}
      <p className={text.quiet}>{say.unaddressed}</p>
    </div>
  );
}

function LaneName({ lane }: { readonly lane: ShownLane }) {
  const styles = useStyles();
  const text = useTextStyles();
  const { interface: name, kind, profile, family, addresses } = lane;
  return (
    <>
      <span className={styles.zone}>
        {name === null ? say.anyOther : kind === null ? name : atStart(connectionName(kind, name))},{' '}
        {say.family[family]}
      </span>
      {name === null ? <span className={text.quiet}>{say.anyOtherHint}</span> : null}
      {profile === null ? null : <div className={text.quiet}>{say.profile[profile]}</div>}
      <Names names={addresses} more={say.addressesMore} />
    </>
  );
}

/** As it stands at the beginning of a sentence. */
const atStart = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function CellView({ cell }: { readonly cell: ShownCell }) {
  const styles = useStyles();
  const { zone, passage, names } = cell;
  return (
    <>
      <span className={styles[toneOf(zone, passage)]}>
        <Way passage={passage} className={styles.way} />
      </span>
      <span className={styles.word}>{say.passage[passage]}</span>
      <Names names={names} more={say.networksMore} />
    </>
  );
}

/** A few addresses or networks, a line each, and how many more there are. */
function Names({ names, more }: { readonly names: Few; readonly more: (count: number) => string }) {
  const text = useTextStyles();
  return (
    <>
      {names.first.map((name) => (
        <div key={name} className={mergeClasses(text.quiet, text.mono)}>
          {name}
        </div>
      ))}
      {names.more > 0 ? <div className={text.quiet}>{more(names.more)}</div> : null}
    </>
  );
}

/** The way from a zone to the PC: through, in part, up to a wall, not known. Beside words that say the same. */
function Way({ passage, className }: { readonly passage: Passage; readonly className: string }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      className={className}
      viewBox="0 0 120 28"
      preserveAspectRatio="xMinYMid meet"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {ways[passage]}
    </svg>
  );
}

const ways: Record<Passage, ReactNode> = {
  open: <path d="M4 14h106m-9-9 9 9-9 9" />,
  some: (
    <>
      <path d="M4 14h36M80 14h30m-9-9 9 9-9 9" />
      <path d="M46 4v4m0 12v4M60 4v4m0 12v4M74 4v4m0 12v4M46 14h28" strokeDasharray="4 5" />
    </>
  ),
  shut: (
    <>
      <path d="M4 14h46" />
      <path d="M62 3v22M70 3v22" strokeWidth="4" />
    </>
  ),
  unknown: (
    <>
      <path d="M4 14h36" strokeDasharray="2 6" />
      <path d="M56 9.5a5 5 0 1 1 7.5 4.4c-1.8 1.1-2.8 1.9-2.8 3.8m0 5v.2" />
      <path d="M80 14h30" strokeDasharray="2 6" />
    </>
  ),
  none: <path d="M50 14h10" />,
};

const drawings: Record<Zone, ReactNode> = {
  internet: (
    <>
      <circle cx="20" cy="20" r="15" />
      <path d="M5 20h30M20 5c9 9 9 21 0 30M20 5c-9 9-9 21 0 30" />
    </>
  ),
  others: <path d="M3 35V14l8-6 8 6v21M19 35V19h17v16M3 35h34M9 19h4M9 26h4M25 25h5" />,
  near: (
    <path d="M20 24v-8M8 30v-4a2 2 0 0 1 2-2h20a2 2 0 0 1 2 2v4M4 30h8v6H4zM16 30h8v6h-8zM28 30h8v6h-8zM14 8a9 9 0 0 1 12 0M17 12a5 5 0 0 1 6 0M20 24v6" />
  ),
  self: <path d="M5 7h30v20H5zM14 34h12M20 27v7" />,
};

function ZoneDrawing({ zone }: { readonly zone: Zone }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width="40"
      height="40"
      viewBox="0 0 40 40"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {drawings[zone]}
    </svg>
  );
}
