// A small catalogue, and what a PC may come to by it.
import { verbatim } from '../../main/model/message';
import type { Advisory, AdvisoryVerdict, Catalogue, PatchVerdict, RecordSource } from '../../preload/contract';

const source = (id: string): RecordSource => ({
  format: 'cve',
  id,
  url: `https://www.cve.org/CVERecord?id=${id}`,
  by: 'publisher',
  published: '2020-03-12T15:48:05.000Z',
  modified: null,
});
const reach = {
  kind: 'server',
  inboundBlock: 'closes',
  outboundBlock: 'no',
  says: 'A request to TCP 445 is enough.',
} as const;

const advisory = (id: string, more: Partial<Advisory> = {}): Advisory => ({
  id,
  title: `The hole ${id}`,
  summary: `What the publisher says of ${id}.`,
  sources: [source(id)],
  published: '2020-03-12T15:48:05.000Z',
  windows: [],
  windowsUnversioned: [],
  windowsUnaffected: [],
  otherProducts: [],
  packages: [],
  upstream: null,
  features: [],
  reach,
  workarounds: [],
  course: [],
  knownExploited: null,
  updates: [],
  ...more,
});

const verdict = (id: string, more: Partial<AdvisoryVerdict> = {}): AdvisoryVerdict => ({
  id,
  title: `The hole ${id}`,
  state: 'patched',
  because: verbatim('samba 2:4.17.12 is installed, and 2:4.17.12 fixes it.'),
  fixedIn: '2:4.17.12',
  remedy: null,
  knownExploited: false,
  code: 'fixed',
  doorClosed: null,
  restartPending: false,
  reach,
  stage: null,
  source: source(id),
  ...more,
});

const ghost = 'CVE-2020-0796';

export const catalogue: Catalogue = {
  advisories: [
    advisory(ghost, {
      course: [
        { stage: 'published', date: '2020-03-10', source: 'https://example.org/found' },
        { stage: 'patch-out', date: '2020-03-12', source: 'https://example.org/patch' },
        { stage: 'known-exploited', date: '2022-02-10', source: 'https://example.org/kev' },
      ],
      knownExploited: { since: '2022-02-10', due: '2022-08-10', ransomware: 'known' },
      workarounds: [{ what: 'Switch off compression', source: 'https://example.org/workaround' }],
      updates: ['KB4551762'],
    }),
    ...Array.from({ length: 44 }, (_, index) => advisory(`CVE-2023-${1000 + index}`)),
  ],
  asOf: '2026-07-30T00:00:00.000Z',
  updates: [{ scope: 'user', at: '2026-07-31T00:00:00.000Z', from: 'records.json', records: 12 }],
  problems: [],
};

const age = {
  asOf: catalogue.asOf,
  days: 6,
  tooOld: false,
  advisories: catalogue.advisories.length,
  passedOver: 0,
} as const;
const others = catalogue.advisories.slice(1).map(({ id }) => verdict(id));
const open = verdict(ghost, {
  state: 'vulnerable',
  because: verbatim('Samba 2:4.17.9 is installed.'),
  remedy: 'samba 2:4.17.12 or later',
  knownExploited: true,
  stage: 'known-exploited',
});

export const patches = {
  patched: { catalogue: age, verdicts: [verdict(ghost, { stage: 'known-exploited' }), ...others], problems: [] },
  missing: { catalogue: age, verdicts: [open, ...others], problems: [] },
  restart: { catalogue: age, verdicts: [{ ...open, restartPending: true, remedy: null }, ...others], problems: [] },
  unknown: {
    catalogue: age,
    verdicts: [{ ...open, state: 'unknown', because: verbatim('dpkg is installing packages right now.') }, ...others],
    problems: [],
  },
  old: {
    catalogue: { ...age, days: 90, tooOld: true },
    verdicts: [verdict(ghost), ...others],
    problems: ['The catalogue is too old to trust: its newest record is 90 days old.'],
  },
  passedOver: {
    catalogue: { ...age, passedOver: 1 },
    verdicts: [verdict(ghost), ...others],
    problems: ['An update of the catalogue is passed over: it is damaged.'],
  },
  ahead: { catalogue: { ...age, days: null }, verdicts: others, problems: ["This PC's clock is wrong."] },
  none: { catalogue: null, verdicts: [], problems: ['There is no catalogue of advisories: it is damaged.'] },
} satisfies Record<string, PatchVerdict>;
