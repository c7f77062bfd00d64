// Whether a Linux PC is fixed for one advisory: by the distribution's own package versions, within its own release.
import type { Advisory, PackageRange } from '../../model/advisory';
import type { InstalledPackage, PackagesFound } from '../../model/facts';
import { sambaSourceOf } from '../samba-packages';
import { compareReleases } from '../versions/releases';
import { type Judged, notAffected, patched, unknown, urgency, vulnerable } from './judged';
import { judgeKernel } from './kernel';
import { endOf, noFixIn, standingIn, standingUpstream, worstOf } from './ranges';
import { hasFeed, type LinuxFact, type LinuxRelease, notNamed, releaseOf } from './releases-of-linux';

export function judgeLinux(advisory: Advisory, pc: LinuxFact): Judged {
  const { packages, upstream } = advisory;
  if (packages.length === 0 && upstream === null) return judgeNoLinux(advisory);
  const release = releaseOf(pc.distribution, pc.release);
  const { ofKernel, ofPackages } = partsOf(advisory);
  const judged = [
    ...(ofKernel ? [judgeKernel(ofKernel, pc, release)] : []),
    ...(ofPackages ? [judgePackages(ofPackages, pc, release)] : []),
  ].sort((a, b) => urgency[a.state] - urgency[b.state]);
  return judged[0] ?? unknown('Its records name no package.');
}

/** The kernel is judged by what runs, programs by what is installed; RPM notices name what else is built from the kernel's source, too. */
function partsOf(advisory: Advisory): { readonly ofKernel: Advisory | null; readonly ofPackages: Advisory | null } {
  const { packages, upstream } = advisory;
  if (packages.length === 0)
    return upstream?.product === 'linux'
      ? { ofKernel: advisory, ofPackages: null }
      : { ofKernel: null, ofPackages: advisory };
  const kernels = packages.filter(({ name }) => isKernel(name));
  if (kernels.length === 0) return { ofKernel: null, ofPackages: advisory };
  const servers = packages.filter(({ name }) => familyOf(name) === 'samba' || name === 'ksmbd-tools');
  const samba = upstream?.product === 'samba' ? upstream : null;
  return {
    ofKernel: { ...advisory, packages: kernels },
    ofPackages: servers.length === 0 ? null : { ...advisory, packages: servers, upstream: samba },
  };
}

function judgePackages(advisory: Advisory, pc: LinuxFact, release: LinuxRelease | null): Judged {
  const { packages, upstream } = advisory;
  if (pc.packages.state === 'unknown') return unknown(`What is installed is not known: ${pc.packages.why}.`);
  const { installed } = pc.packages.value;
  const mine = oneEach(
    installed.filter(
      (one) =>
        packages.some((range) => isOf(range, one)) ||
        (upstream?.product === 'samba' && familyOf(one.source) === 'samba'),
    ),
  );
  if (mine.length === 0) return notInstalled(advisory, release, pc.packages.value);
  const ranges = release ? chosen(packages, mine, release) : [];
  // Distributions that have a feed add to upstream's version; one without that addition is not told whole.
  if (release === null && !hasFeed(pc.distribution))
    return byUpstream(advisory, mine) ?? notNamed(advisory, pc, release);
  if (release === null || ranges.length === 0) return notNamed(advisory, pc, release);
  return judgeRanges(ranges, mine, release, advisory);
}

/** Silence about Linux says something only in a record that tells which builds of Windows, or which programs of it, are affected. */
function judgeNoLinux({ windows, windowsUnversioned, windowsUnaffected, otherProducts }: Advisory): Judged {
  if (windows.length + windowsUnaffected.length > 0 || otherProducts.some(isOfWindows))
    return notAffected('It is not a hole of Linux.');
  if (windowsUnversioned.length > 0) return unknown('Its record names Windows only, without versions.');
  return otherProducts.length > 0
    ? unknown(`It is a hole of ${otherProducts.slice(0, 3).join(', ')}, which Breakwater does not look at.`)
    : unknown('Its records name no package.');
}

/** Programs that Microsoft makes for Windows, and not for Linux. */
const isOfWindows = (product: string): boolean =>
  /\b(?:Outlook|Office|365 Apps|Word|Excel|Exchange|SharePoint)\b/i.test(product);

const isKernel = (name: string): boolean => /^(?:linux|kernel)(?:-|$)/.test(name);

/** Records of RPM distributions name some of a source's packages only; all of them have its version. */
const familyOf = (name: string): string => (sambaSourceOf(name) === null ? name : 'samba');

function isOf({ kind, name }: PackageRange, { name: own, source }: InstalledPackage): boolean {
  return kind === 'source' ? source === name : own === name || familyOf(own) === familyOf(name);
}

const versionFor = ({ kind }: PackageRange, { version, sourceVersion }: InstalledPackage): string =>
  kind === 'source' ? sourceVersion : version;

/** By the names that records use in this release; in others the same source may have another one. */
function notInstalled(
  { packages, upstream }: Advisory,
  release: LinuxRelease | null,
  { installed, lookedFor }: PackagesFound,
): Judged {
  const own = packages.filter(({ ecosystem }) => release?.main.includes(ecosystem));
  const used = own.length > 0 ? own : packages;
  const names = [...new Set([...used.map(({ name }) => familyOf(name)), ...(upstream ? [upstream.product] : [])])];
  const kin = installed.find(({ source }) => names.includes(familyOf(source)));
  if (kin) return unknown(`${kin.source} ${kin.sourceVersion} is installed, of which its records do not tell.`);
  const untold = names.filter((name) => !lookedFor.includes(name));
  return untold.length === 0
    ? notAffected(`${names.join(', ')} is not installed.`)
    : unknown(`Whether ${untold.slice(0, 3).join(', ')} is installed is not told.`);
}

/** Samba's packages are all of its version: one of them is enough. */
function oneEach(packages: readonly InstalledPackage[]): readonly InstalledPackage[] {
  const seen = new Set<string>();
  return packages.filter(({ name, source, sourceVersion, version }) => {
    const key = `${familyOf(source) === 'samba' ? 'samba' : name} ${sourceVersion} ${version}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** What decides in this release: paid support counts where ordinary support has nothing. */
function chosen(
  packages: readonly PackageRange[],
  mine: readonly InstalledPackage[],
  release: LinuxRelease,
): readonly PackageRange[] {
  const of = (ecosystems: readonly string[]): readonly PackageRange[] =>
    packages.filter((range) => ecosystems.includes(range.ecosystem) && mine.some((one) => isOf(range, one)));
  const [main, extra] = [of(release.main), of(release.extra)];
  return main.length > 0 ? [...main, ...(release.main[0]?.startsWith('Red Hat') ? extra : [])] : extra;
}

function judgeRanges(
  ranges: readonly PackageRange[],
  mine: readonly InstalledPackage[],
  release: LinuxRelease,
  advisory: Advisory,
): Judged {
  const { compare } = release;
  const worst = worstOf(
    mine.flatMap((one) => {
      const standings = ranges
        .filter((range) => isOf(range, one))
        .map((range) => ({ one, range, at: standingIn(range, versionFor(range, one), release) }));
      const isLonger = ({ range }: { readonly range: PackageRange }): boolean =>
        release.extra.includes(range.ecosystem);
      const longer = worstOf(standings.filter(isLonger), compare);
      const end = longer === undefined || longer.at.state === 'vulnerable' ? null : endOf(longer.at);
      if (longer === undefined || end === null || release.packaging !== 'rpm') return worstOf(standings, compare) ?? [];
      if (isOfMinor(versionFor(longer.range, one), end)) return longer;
      // A later minor release's build is not of those that this one is kept longer with: the ordinary record decides.
      const why = `it is not one of the builds with which ${release.title} is kept longer`;
      return (
        worstOf(
          standings.filter((standing) => !isLonger(standing)),
          compare,
        ) ?? {
          ...longer,
          at: { state: 'unclear', why } as const,
        }
      );
    }),
    compare,
  );
  if (!worst) return unknown('Its records name no package that is installed.');
  const { one, range, at } = worst;
  const here = `${one.source} ${versionFor(range, one)}`;
  const record = range.record;
  switch (at.state) {
    case 'unclear':
      return unknown(`${here} is installed, but ${at.why}.`, { record });
    case 'never':
      return notAffected(`${one.source} of ${release.title} never had it.`, { record });
    case 'before':
      return notAffected(`${here} is installed, which is older than the hole.`, { record });
    case 'fixed':
      return patched(`${here} is installed, and ${at.by} or later is fixed in ${release.title}.`, {
        fixedIn: at.by,
        record,
      });
    case 'past':
      return patched(`${here} is installed, which is later than ${at.last}, the last affected in ${release.title}.`, {
        record,
      });
    case 'vulnerable':
      if (at.by === null)
        return vulnerable(`${here} is installed, and ${noFixIn(release.title, advisory, record)}.`, { record });
      return vulnerable(`${here} is installed; fixed in ${release.title} from ${at.by} on.`, {
        fixedIn: at.by,
        remedy: `${one.source} ${at.by} or later${/:Pro:/.test(range.ecosystem) ? ' (from Ubuntu Pro)' : ''}`,
        record,
      });
  }
}

/** The minor release in a build's dist tag: "el9_2" of 4.17.5-104.el9_2. */
const minorOf = (version: string): string | undefined => /\.el\d+(?:_\d+)?(?=\.|$)/.exec(version)?.[0];
const isOfMinor = (version: string, fixed: string): boolean => minorOf(version) === minorOf(fixed);

/** A package made by upstream itself carries upstream's version and nothing else: all that are installed must be such. */
function byUpstream(advisory: Advisory, mine: readonly InstalledPackage[]): Judged | null {
  const { upstream, id } = advisory;
  if (upstream === null || !mine.every(({ sourceVersion }) => /^\d+(?:\.\d+)+$/.test(sourceVersion))) return null;
  const worst = worstOf(
    mine.map((own) => ({ own, at: standingUpstream(upstream, own.sourceVersion) })),
    compareReleases,
  );
  if (worst === undefined) return null;
  const { own, at } = worst;
  const here = `${own.source} ${own.sourceVersion}`;
  if (at.state === 'fixed')
    return patched(`${here} is installed, and upstream fixed it in ${at.by}.`, { fixedIn: at.by, record: id });
  if (at.state === 'vulnerable')
    return at.by === null
      ? vulnerable(`${here} is installed, and ${noFixIn('upstream', advisory, id)}.`, { record: id })
      : vulnerable(`${here} is installed; upstream fixed it in ${at.by}.`, {
          fixedIn: at.by,
          remedy: `${own.source} ${at.by} or later`,
          record: id,
        });
  if (at.state === 'unclear') return unknown(`${here} is installed, but ${at.why}.`, { record: id });
  return notAffected(`${here} is installed, which is older than the hole.`, { record: id });
}
