// The details page for the helpdesk: every fact with its state, source and time, and a filter over all lines.
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { Heading } from '../parts/heading';
import { type Look, Tag } from '../parts/notice';
import { SearchField } from '../parts/search-field';
import { Sideways } from '../parts/sideways';
import { useTextStyles } from '../parts/text-styles';
import { useWindow } from '../store';
import { toSecond } from '../times';
import { words } from '../words';
import { filterSections, type LongText, rowCount, type Section, sectionsOf, type Table } from './sections';

const rowsAtFirst = 200;
type FactState = NonNullable<Section['fact']>['state'];
const looks: Record<FactState, Look> = {
  known: { tone: 'good', icon: 'check' },
  'not-permitted': { tone: 'mind', icon: 'lock' },
  failed: { tone: 'bad', icon: 'error' },
  'not-asked': { tone: 'plain', icon: 'question' },
  waiting: { tone: 'plain', icon: 'waiting' },
};

const useStyles = makeStyles({
  section: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    fontSize: tokens.fontSizeBase200,
    '& caption': {
      textAlign: 'left',
      fontWeight: tokens.fontWeightSemibold,
      padding: `${tokens.spacingVerticalXS} 0`,
      overflowWrap: 'anywhere',
    },
    '& th, & td': {
      textAlign: 'left',
      verticalAlign: 'top',
      padding: `3px ${tokens.spacingHorizontalM} 3px 0`,
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
      overflowWrap: 'anywhere',
    },
    '& th': { fontWeight: tokens.fontWeightSemibold, whiteSpace: 'nowrap' },
  },
  pair: { '& td:first-child': { width: '16rem' } },
});

export function DetailsPage() {
  const text = useTextStyles();
  const facts = useWindow((state) => state.facts);
  const door = useWindow((state) => state.door);
  const shield = useWindow((state) => state.shield);
  const findings = useWindow((state) => state.findings);
  const version = useWindow((state) => state.about?.version ?? null);
  const [filter, setFilter] = useState('');
  const all = useMemo(() => sectionsOf({ facts, door, shield, findings }), [facts, door, shield, findings]);
  const shown = useMemo(() => filterSections(all, filter), [all, filter]);

  return (
    <div className={text.stack}>
      <div>
        <Heading level={1} takesFocus>
          {words.page.title}
        </Heading>
        <p className={text.paragraph}>{words.page.lead}</p>
        {version === null ? null : <p className={text.quiet}>{words.page.version(version)}</p>}
      </div>
      <SearchField label={words.page.filter} hint={words.page.filterHint} value={filter} onChange={setFilter} />
      <output className={text.quiet}>
        {shown.length === 0 ? words.page.nothing : words.page.shown(rowCount(shown), rowCount(all))}
      </output>
      {shown.map((section) => (
        <SectionView key={section.id} section={section} />
      ))}
    </div>
  );
}

function SectionView({ section }: { readonly section: Section }) {
  const text = useTextStyles();
  const styles = useStyles();
  const { fact } = section;
  return (
    <section aria-labelledby={`section-${section.id}`} className={mergeClasses(styles.section, text.tight)}>
      <div className={styles.head}>
        <h2 id={`section-${section.id}`} className={text.h2}>
          {section.title}
        </h2>
        {fact ? (
          <Tag tone={looks[fact.state].tone} icon={looks[fact.state].icon}>
            {words.page.state[fact.state]}
          </Tag>
        ) : null}
      </div>
      {fact?.source ? (
        <p className={mergeClasses(text.quiet, text.mono)}>
          {words.page.source}: {fact.source}
          {fact.at ? (
            <>
              {'. '}
              {words.page.read} <time dateTime={fact.at}>{toSecond(fact.at)}</time>
            </>
          ) : null}
        </p>
      ) : null}
      {fact?.why ? <p className={text.paragraph}>{fact.why}</p> : null}
      {section.tables.map((table) => (
        <TableView key={table.caption} table={table} />
      ))}
      {section.texts.map((long) => (
        <LongTextView key={long.caption} long={long} />
      ))}
    </section>
  );
}

function TableView({ table }: { readonly table: Table }) {
  const text = useTextStyles();
  const styles = useStyles();
  const [isWhole, setWhole] = useState(false);
  const rows = isWhole ? table.rows : table.rows.slice(0, rowsAtFirst);
  return (
    <Sideways label={table.caption}>
      <table className={mergeClasses(styles.table, table.columns.length === 2 && styles.pair)}>
        <caption>{table.caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are plain text without a state of their own
            <tr key={index}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                <td key={at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.rows.length === 0 ? <p className={text.quiet}>{words.page.empty}</p> : null}
      {rows.length < table.rows.length ? (
        <Button size="small" onClick={() => setWhole(true)}>
          {words.page.all(table.rows.length)}
        </Button>
      ) : null}
    </Sideways>
  );
}

function LongTextView({ long }: { readonly long: LongText }) {
  const text = useTextStyles();
  return (
    <details className={text.fold}>
      <summary>{long.caption}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre className={text.code} tabIndex={0}>
        {long.text}
      </pre>
      {long.rest > 0 ? <p className={text.quiet}>{words.page.cut(long.rest)}</p> : null}
    </details>
  );
}
