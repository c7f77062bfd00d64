// By which names records call a release of a distribution, and how its versions are ordered.
import type { Advisory } from '../../model/advisory';
import type { PatchFact } from '../../model/facts';
import { message } from '../../model/message';
import type { LineOfRelease } from '../versions/line';
import { type Compare, compareBy, type Packaging } from '../versions/packaging';
import { type Judged, unknown } from './judged';

export type LinuxFact = Extract<PatchFact, { kind: 'linux' }>;

export interface LinuxRelease {
  /** For people: "Debian 12". */
  readonly title: string;
  /** By which its packages are told from others'. */
  readonly line: LineOfRelease;
  /** Ecosystems whose ranges decide. */
  readonly main: readonly string[];
  /** Ecosystems of paid or longer support: they count where `main` has nothing, or as one more way to be fixed. */
  readonly extra: readonly string[];
  readonly packaging: Packaging;
  readonly compare: Compare;
}

/** Null where no feed is known to name this distribution: derivatives rebuild packages with versions of their own. */
export function releaseOf(distribution: string, release: string): LinuxRelease | null {
  const major = release.split('.')[0] ?? '';
  if (release === '') return null;
  const of = (line: string): LineOfRelease => ({ distribution, release: line });
  switch (distribution) {
    case 'debian':
      return dpkg(`Debian ${major}`, of(major), [`Debian:${major}`], []);
    case 'ubuntu': {
      // 22.04.3 is 22.04 with newer installation media.
      const main = /^\d+\.\d+/.exec(release)?.[0] ?? release;
      return dpkg(`Ubuntu ${main}`, of(main), [`Ubuntu:${main}:LTS`, `Ubuntu:${main}`], [`Ubuntu:Pro:${main}:LTS`]);
    }
    case 'rhel':
      return rpm(
        `Red Hat Enterprise Linux ${release}`,
        of(major),
        [`Red Hat:${major}`],
        release === major ? [] : [`Red Hat:${release}`],
      );
    case 'almalinux':
      return rpm(`AlmaLinux ${release}`, of(major), [`AlmaLinux:${major}`], []);
    case 'rocky':
      return rpm(`Rocky Linux ${release}`, of(major), [`Rocky Linux:${major}`], []);
    default:
      return null;
  }
}

/** Distributions that ship what upstream releases, and go on to its next release for a fix: what is below upstream's is not fixed. */
export const shipsUpstream = (distribution: string): boolean => ['arch', 'fedora', 'slackware'].includes(distribution);

type Names = readonly string[];

const by =
  (packaging: Packaging) =>
  (title: string, line: LineOfRelease, main: Names, extra: Names): LinuxRelease => ({
    title,
    line,
    main,
    extra,
    packaging,
    compare: compareBy[packaging],
  });
const dpkg = by('dpkg');
const rpm = by('rpm');

/** No record is about this release: it is not known, whatever others say. */
export function notNamed(
  { packages }: Advisory,
  { distribution, release }: LinuxFact,
  known: LinuxRelease | null,
): Judged {
  if (release === '') return unknown(message('judged.release-not-told', { distribution: distribution || 'Linux' }));
  const title =
    known?.title ?? (distribution ? `${distribution} ${release}` : message('judged.this-linux', { release }));
  const named = [...new Set(packages.map(({ ecosystem }) => ecosystem.replace(/:LTS$/, '').replaceAll(':', ' ')))];
  if (named.length === 0) return unknown(message('judged.no-record', { title }));
  const names = message(named.length > 4 ? 'judged.list-more' : 'judged.list', { names: named.slice(0, 4) });
  return unknown(message('judged.no-record-but', { title, names }));
}
