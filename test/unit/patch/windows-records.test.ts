// What records say of Windows in ways that Microsoft's own do not use: nothing of it makes a PC patched or not affected by mistake.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdvisoryVerdict, PcForPatch } from '../../../main/model/advisory';
import { assemble } from '../../../main/patch/assemble';
import { judgeAdvisory } from '../../../main/patch/judge/judge';
import { readRecords } from '../../../main/patch/records/read';
import { inEnglish } from '../in-english';
import { server, windows } from './bundled';

const id = 'CVE-2024-0001';

const cve = (affected: readonly object[]): object => ({
  dataType: 'CVE_RECORD',
  dataVersion: '5.1',
  cveMetadata: {
    cveId: id,
    state: 'PUBLISHED',
    datePublished: '2024-01-09T18:00:00',
    dateUpdated: '2024-02-01T00:00:00Z',
  },
  containers: { cna: { affected } },
});

function judged(pc: PcForPatch, records: readonly object[]): AdvisoryVerdict {
  const read = readRecords(JSON.stringify(records), 'test.json');
  expect(read.refused).toEqual([]);
  const verdict = judgeAdvisory(assemble(read.records, { updates: [], problems: [] }), id, pc);
  if (!verdict) throw new Error(`no ${id}`);
  return verdict;
}

const microsoft = (product: string, versions: readonly object[], more: object = {}): object => ({
  vendor: 'Microsoft',
  product,
  versions,
  ...more,
});
const affected = (version: string, lessThan: string, more: object = {}): object => ({
  version,
  lessThan,
  status: 'affected',
  ...more,
});
const unaffected = (version: string, lessThan: string, more: object = {}): object => ({
  version,
  lessThan,
  status: 'unaffected',
  ...more,
});
const upTo = (version: string, lessThanOrEqual: string): object => ({ version, lessThanOrEqual, status: 'affected' });
const only = (version: string, status = 'affected'): object => ({ version, status });

const name = 'Windows 10 Version 22H2';
/** Windows 10 22H2 named with these versions, and another Windows beside it with an ordinary range. */
const beside = (...versions: readonly object[]): readonly object[] => [microsoft(name, versions), other];
const other = microsoft('Windows 11 Version 24H2', [affected('10.0.26100.0', '10.0.26100.9000')]);

type Row = readonly [
  says: string,
  affected: readonly object[],
  expected: Readonly<Record<string, AdvisoryVerdict['state']>>,
];

/** What the record says, its entries, and what follows for the builds. */
const rows: Readonly<Record<string, readonly Row[]>> = {
  'what is not affected': [
    [
      'from an update on frees no older one',
      [microsoft(name, [affected('10.0.19045.0', '10.0.19045.5965'), unaffected('10.0.19045.5965', '*')])],
      { '19045.1000': 'vulnerable', '19045.5965': 'patched' },
    ],
    [
      'from an update on, where all else is affected, is what is fixed',
      [microsoft(name, [unaffected('10.0.19045.5965', '*')], { defaultStatus: 'affected' })],
      { '19045.1000': 'vulnerable', '19045.5965': 'patched', '22631.1000': 'unknown' },
    ],
    [
      'of another product frees no build of this one',
      [
        microsoft(name, [affected('10.0.19045.0', '10.0.19045.5965')]),
        microsoft('Windows Server 2016', [unaffected('10.0.14393.7000', '*')]),
      ],
      { '19045.1000': 'vulnerable', '19045.5965': 'patched' },
    ],
    [
      'of one product frees no later build that is not its own',
      [microsoft('Windows Server 2016', [unaffected('10.0.14393.0', '*')]), microsoft(name, [only('unspecified')])],
      { '14393.1': 'not-affected', '17763.1': 'unknown', '19045.1000': 'unknown' },
    ],
    [
      'of all later builds frees none that is affected',
      [
        microsoft('Windows 10 and later', [unaffected('10.0.10240', '*')]),
        microsoft(name, [affected('10.0.19045.0', '10.0.19045.5965')]),
        microsoft('Windows 10 Version 21H2', [only('unspecified')]),
      ],
      { '19045.1000': 'vulnerable', '19044.1000': 'unknown', '17763.1000': 'not-affected' },
    ],
    [
      'of a whole build frees it, without an update number',
      [
        microsoft('Windows Server 2022 and later', [unaffected('10.0.20348', '*')]),
        microsoft(name, [affected('10.0.19045.0', '10.0.19045.5965')]),
      ],
      { '20348.1': 'not-affected', '22631.1': 'not-affected', '19045.1': 'vulnerable' },
    ],
    [
      'of everything is not of what is affected',
      [microsoft('Windows', [unaffected('0', '*')]), microsoft(name, [affected('10.0.19045.0', '10.0.19045.5965')])],
      { '22631.1': 'not-affected', '19045.1': 'vulnerable' },
    ],
    [
      'and changes within the range frees nothing',
      beside(unaffected('10.0.19045.0', '*', { changes: [{ at: '10.0.19045.4000', status: 'affected' }] })),
      { '19045.1000': 'unknown' },
    ],
    [
      'of one update only, where all else is affected, frees nothing',
      [microsoft(name, [only('10.0.19045.5965', 'unaffected')], { defaultStatus: 'affected' }), other],
      { '19045.1000': 'unknown', '19045.6000': 'unknown' },
    ],
    [
      'beside what can not be read of the same product frees nothing',
      beside(only('unspecified'), unaffected('10.0.19045.0', '*')),
      { '19045.1000': 'unknown' },
    ],
  ],
  'a range of affected updates': [
    [
      'that ends with the last affected one',
      beside(affected('10.0.17763.0', '10.0.17763.5000'), upTo('10.0.19045.0', '10.0.19045.5964')),
      {
        '19045.1000': 'vulnerable',
        '19045.5964': 'vulnerable',
        '19045.5965': 'unknown',
        '19044.1000': 'unknown',
        '17763.5000': 'patched',
      },
    ],
    [
      'that ends with the last affected one, and all later ones are said to be fixed',
      beside(upTo('10.0.19045.0', '10.0.19045.5964'), unaffected('10.0.19045.5965', '*')),
      { '19045.5964': 'vulnerable', '19045.5965': 'patched' },
    ],
    [
      'without an end',
      beside(affected('10.0.19045.0', '*')),
      { '19045.1000': 'vulnerable', '19045.99999': 'vulnerable', '26100.9000': 'patched' },
    ],
    [
      'of all later builds',
      [microsoft('Windows 10 and later', [affected('10.0.19045.0', '*')]), other],
      { '19045.99999': 'vulnerable', '22631.1': 'unknown', '26100.1': 'vulnerable', '26100.9000': 'unknown' },
    ],
    [
      'of one update',
      beside(only('10.0.19045.5000')),
      { '19045.5000': 'vulnerable', '19045.1000': 'unknown', '19045.6000': 'unknown' },
    ],
    ['of a build without an update', beside(only('10.0.19045')), { '19045.1000': 'unknown' }],
    [
      'that ends with another build, without an update',
      beside(affected('10.0.19045.0', '10.0.19046')),
      { '19045.1000': 'unknown', '19045.99999': 'unknown' },
    ],
    [
      'that begins in an older build',
      beside(affected('10.0.17763.0', '10.0.19045.5965')),
      { '17763.1': 'unknown', '19044.1': 'unknown', '19045.1000': 'vulnerable', '19045.5965': 'patched' },
    ],
    ...(
      [
        ['that can not be told of a build', affected('10.0.19045.0', '10.0.19046')],
        ['without an update number', only('10.0.19045')],
        ['without a number', only('unspecified')],
        ['without a status', { version: '10.0.19045.0', lessThan: '10.0.19045.5965' }],
        ['with changes', affected('10.0.19045.0', '10.0.19045.5965', { changes: [{ at: 'x', status: 'unaffected' }] })],
      ] as const
    ).map(
      ([says, version]): Row => [
        `${says}, beside one of another build`,
        [microsoft('Windows 10', [affected('10.0.17763.0', '10.0.17763.5000'), version]), other],
        { '19045.1000': 'unknown', '19045.99999': 'unknown', '17763.1': 'vulnerable', '26100.9000': 'patched' },
      ],
    ),
    [
      'of another build than its product is',
      beside(affected('10.0.17763.0', '10.0.17763.5000')),
      { '19045.1000': 'unknown', '17763.1': 'vulnerable' },
    ],
    [
      'that ends before it begins',
      beside(affected('10.0.19045.5965', '10.0.19045.3000')),
      { '19045.1000': 'unknown', '19045.6000': 'unknown' },
    ],
    [
      'with two ends',
      beside({ ...affected('10.0.19045.0', '10.0.19045.3000'), lessThanOrEqual: '10.0.19045.5000' }),
      { '19045.1000': 'unknown', '19045.4000': 'unknown', '19045.6000': 'unknown' },
    ],
    [
      'within which the status changes',
      beside(
        affected('10.0.19045.0', '10.0.19045.5965', { changes: [{ at: '10.0.19045.3000', status: 'unaffected' }] }),
      ),
      { '19045.1000': 'unknown', '19045.4000': 'unknown', '19045.5965': 'unknown' },
    ],
    ['of which the status is not known', beside(only('10.0.19045.0', 'unknown')), { '19045.1000': 'unknown' }],
    [
      'beside one without numbers of the same product',
      beside(affected('10.0.19045.0', '10.0.19045.3000'), only('unspecified')),
      { '19045.1000': 'vulnerable', '19045.5000': 'unknown' },
    ],
    [
      'beside another entry of the same product without versions',
      [...beside(affected('10.0.19045.0', '10.0.19045.3000')), microsoft(name, [only('unspecified')])],
      { '19045.1000': 'vulnerable', '19045.5000': 'unknown' },
    ],
    [
      'beside the same Windows under a longer name without versions',
      [
        ...beside(affected('10.0.19045.0', '10.0.19045.3000')),
        microsoft(`${name} for 32-bit Systems`, [only('unspecified')]),
      ],
      { '19045.1000': 'vulnerable', '19045.5000': 'unknown' },
    ],
    [
      'where everything else is affected, too',
      [microsoft(name, [affected('10.0.19045.0', '10.0.19045.3000')], { defaultStatus: 'affected' }), other],
      { '19045.1000': 'vulnerable', '19045.5000': 'unknown' },
    ],
  ],
  'two ranges of one build': [
    [
      'of which the second has no end',
      beside(affected('10.0.19045.0', '10.0.19045.3000'), affected('10.0.19045.4000', '*')),
      { '19045.2000': 'vulnerable', '19045.3500': 'unknown', '19045.5000': 'vulnerable' },
    ],
    [
      'are left behind above both only',
      beside(affected('10.0.19045.1000', '10.0.19045.3000'), affected('10.0.19045.4000', '10.0.19045.5000')),
      {
        '19045.500': 'unknown',
        '19045.2000': 'vulnerable',
        '19045.3500': 'unknown',
        '19045.4500': 'vulnerable',
        '19045.5000': 'patched',
      },
    ],
    [
      'that begin together and end apart',
      beside(affected('10.0.19045.0', '10.0.19045.3000'), affected('10.0.19045.0', '10.0.19045.5000')),
      { '19045.2000': 'vulnerable', '19045.4000': 'unknown', '19045.5000': 'patched' },
    ],
    [
      'of which one is of an update after the other ends',
      beside(affected('10.0.19045.0', '10.0.19045.3000'), only('10.0.19045.4000')),
      { '19045.2000': 'vulnerable', '19045.4000': 'vulnerable', '19045.5000': 'unknown' },
    ],
  ],
  'a Windows by another name': [
    ...(
      [
        ['Microsoft', 'Microsoft Windows 10 22H2'],
        ['microsoft', 'windows_10_22h2'],
        ['Microsoft_Corporation', 'Windows 10'],
        ['Microsoft', 'Windows10'],
        ['Microsoft', 'n/a'],
        ['n/a', 'Windows 10 Version 22H2'],
        ['n/a', 'Microsoft Windows'],
        ['', 'windows_10'],
      ] as const
    ).flatMap(([vendor, product]): readonly Row[] => [
      [
        `(${JSON.stringify(vendor)}, ${JSON.stringify(product)}) without versions`,
        [{ vendor, product, versions: [only('unspecified')] }, other],
        { '19045.1000': 'unknown', '26100.1': 'vulnerable' },
      ],
      [
        `(${JSON.stringify(vendor)}, ${JSON.stringify(product)}) with versions`,
        [{ vendor, product, versions: [affected('10.0.19045.0', '10.0.19045.5965')] }, other],
        { '19045.1000': 'vulnerable', '19045.5965': 'patched' },
      ],
    ]),
  ],
};

describe.each(Object.entries(rows))('%s', (_, group) => {
  it.each(
    group.flatMap(([says, entries, expected]) =>
      Object.entries(expected).map(([build, state]) => [says, build, state, entries] as const),
    ),
  )('%s: %s is %s', (_says, build, state, entries) => {
    const verdict = judged(windows(build), [cve(entries)]);
    expect(verdict.state, inEnglish(verdict.because)).toBe(state);
    expect(inEnglish(verdict.because)).toMatch(/\.$/);
  });
});

describe('what to install', () => {
  it('is not told where no update is known to fix it', () => {
    const verdict = judged(windows('19045.1000'), [cve(beside(upTo('10.0.19045.0', '10.0.19045.5964')))]);
    expect([verdict.fixedIn, verdict.remedy]).toEqual([null, null]);
    expect(inEnglish(verdict.because)).toBe('10.0.19045.1000 is installed, and no update that fixes it is known.');
  });

  it('is what lies above all ranges of the build', () => {
    const entries = beside(affected('10.0.19045.0', '10.0.19045.3000'), affected('10.0.19045.4000', '10.0.19045.5000'));
    expect(judged(windows('19045.1000'), [cve(entries)]).fixedIn).toBe('10.0.19045.5000');
  });

  it('may have been installed with a lower number where only the last affected update is told', () => {
    const entries = [microsoft('Windows Server 2025', [upTo('10.0.26100.0', '10.0.26100.9000')])];
    expect(judged(server('26100.8000'), [cve(entries)]).state).toBe('unknown');
    expect(judged(server('26100.8000', { hotpatch: false }), [cve(entries)]).state).toBe('vulnerable');
  });
});

describe('records of other systems', () => {
  const debians = {
    id: `DEBIAN-${id}`,
    modified: '2024-02-01T00:00:00Z',
    affected: [
      {
        package: { ecosystem: 'Debian:12', name: 'samba' },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2:4.17.12' }] }],
      },
    ],
  };

  it('say nothing of Windows', () => {
    expect(judged(windows('19045.1000'), [debians]).state).toBe('unknown');
  });

  it('do not stand for a CVE record that names no product', () => {
    expect(judged(windows('19045.1000'), [debians, cve([{ vendor: 'n/a', product: 'n/a' }])]).state).toBe('unknown');
  });

  it('are enough where the CVE record names products, and none is Windows', () => {
    const samba = { vendor: 'Samba', product: 'samba', versions: [only('4.19.1', 'unaffected')] };
    expect(judged(windows('19045.1000'), [debians, cve([samba])]).state).toBe('not-affected');
    const redHats = {
      vendor: 'Red Hat',
      product: 'Red Hat Enterprise Linux 9',
      packageName: 'samba',
      defaultStatus: 'affected',
    };
    expect(judged(windows('19045.1000'), [debians, cve([redHats])]).state).toBe('not-affected');
    expect(judged(windows('19045.1000'), [cve([samba, { vendor: 'n/a', product: 'Windows 10' }])]).state).toBe(
      'unknown',
    );
  });
});

it('an update that lies within any range of its build is never patched or not affected', () => {
  const ubr = fc.integer({ min: 0, max: 40 });
  const end = fc.oneof(
    ubr.map((number) => ({ lessThan: `10.0.19045.${number}` })),
    ubr.map((number) => ({ lessThanOrEqual: `10.0.19045.${number}` })),
    fc.constant({ lessThan: '*' }),
    fc.constant({}),
  );
  const version = fc.record({ from: ubr, end, status: fc.constantFrom('affected', 'unaffected') });
  fc.assert(
    fc.property(fc.array(version, { minLength: 1, maxLength: 4 }), ubr, (versions, here) => {
      const holds = versions.some(({ from, end: ends, status }) => {
        const { lessThan, lessThanOrEqual } = ends as { lessThan?: string; lessThanOrEqual?: string };
        const number = (text: string): number => Number(text.split('.')[3]);
        if (status !== 'affected' || here < from) return false;
        if (lessThan !== undefined) return lessThan === '*' || here < number(lessThan);
        return lessThanOrEqual === undefined ? here === from : here <= number(lessThanOrEqual);
      });
      fc.pre(holds);
      const entries = beside(
        ...versions.map(({ from, end: ends, status }) => ({ version: `10.0.19045.${from}`, ...ends, status })),
      );
      expect(['vulnerable', 'unknown']).toContain(judged(windows(`19045.${here}`), [cve(entries)]).state);
    }),
    { numRuns: 1000 },
  );
});

it('a Windows that a record names as affected, in whatever way, is never not affected', () => {
  const text = fc.constantFrom(
    ...['0', '*', '-', 'unspecified', '10.0.0', '10.0.17763.0', '10.0.17763.5000', '10.0.19045', '10.0.19045.0'],
    ...['10.0.19045.3000', '10.0.19045.5965', '10.0.19046', '10.0.22000.0', '6.1.7601.0', '16.0.1'],
  );
  const version = fc.record(
    { version: text, lessThan: text, lessThanOrEqual: text, status: fc.constantFrom('affected', 'unknown') },
    { requiredKeys: ['version'] },
  );
  fc.assert(
    fc.property(fc.array(version, { maxLength: 3 }), fc.constantFrom(0, 2999, 5000, 99999), (versions, ubr) => {
      const entries = [...beside(...versions), microsoft('Windows 10 and later', [unaffected('0', '*')])];
      expect(judged(windows(`19045.${ubr}`), [cve(entries)]).state).not.toBe('not-affected');
    }),
    { numRuns: 1000 },
  );
});
