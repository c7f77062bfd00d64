// What decides whether the PC is patched, as tables for the details page. Pure.
import type { Known, PatchFact } from '../../preload/contract';
import { say } from '../say';
import { labels } from './labels';
import type { Table } from './sections';

const { columns, captions, values } = labels;

export function patchTables(value: PatchFact): readonly Table[] {
  const summary: Table = {
    caption: labels.title.patch,
    columns: [columns.what, columns.value],
    rows: [...(value.kind === 'linux' ? linuxRows(value) : windowsRows(value)), [captions.restart, restart(value)]],
  };
  if (value.kind !== 'linux' || value.packages.state !== 'known') return [summary];
  const packages: Table = {
    caption: captions.packages(value.packages.value.lookedFor.join(', ')),
    columns: [columns.name, columns.version, columns.source, columns.sourceVersion],
    rows: value.packages.value.installed.map(({ name, version, source, sourceVersion }) => [
      name,
      version,
      source,
      sourceVersion,
    ]),
  };
  return [summary, packages];
}

type Linux = Extract<PatchFact, { kind: 'linux' }>;
type Windows = Extract<PatchFact, { kind: 'windows' }>;

function linuxRows({ distribution, release, packages, kernel }: Linux): readonly (readonly string[])[] {
  return [
    [captions.distribution, `${distribution} ${release}`.trim() || values.notTold],
    [
      captions.kernel,
      told(kernel, ({ release: name, packageVersion }) =>
        packageVersion === null ? name : `${name} (${packageVersion})`,
      ),
    ],
    ...(packages.state === 'unknown' ? [[captions.packagesUnknown, say(packages.why)]] : []),
  ];
}

function windowsRows(value: Windows): readonly (readonly string[])[] {
  const { build, ubr, installationType, edition, hotpatch, preview, updates } = value;
  return [
    [captions.build, ubr === null ? build : `${build}.${ubr}`],
    [captions.installation, installationType ?? values.notTold],
    [captions.edition, edition ?? values.notTold],
    [captions.hotpatch, yesNo(hotpatch)],
    [captions.preview, yesNo(preview)],
    [captions.updates, updates === null ? values.notKnown : updates.join(', ') || values.none],
  ];
}

const restart = ({ restart: { state, because } }: PatchFact): string =>
  `${{ none: values.no, pending: values.yes, unknown: values.notKnown }[state]} (${say(because)})`;

const yesNo = (value: boolean | null): string => (value === null ? values.notTold : value ? values.yes : values.no);

const told = <T>(known: Known<T>, words: (value: T) => string): string =>
  known.state === 'known' ? words(known.value) : `${values.notKnown}: ${say(known.why)}`;
