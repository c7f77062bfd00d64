// Whether a Linux PC is fixed for one advisory: each package by the versions of its own line.
import type { Advisory, PackageRange } from '../../model/advisory';
import type { InstalledPackage, PackagesFound } from '../../model/facts';
import { type Message, message } from '../../model/message';
import { dayOfRecord } from '../record-day';
import { sambaSourceOf } from '../samba-packages';
import { whereOrdered } from '../versions/dpkg';
import { withoutBackport } from '../versions/line';
import { inForce, moduleInForce } from './in-force';
import { type Judged, notAffected, patched, unknown, urgency, vulnerable } from './judged';
import { judgeKernel } from './kernel';
import { type Build, feedOf, lineHere } from './lines';
import { endOf, noFixIn, type Standing, standingIn, worstOf } from './ranges';
import { type LinuxFact, type LinuxRelease, notNamed, releaseOf } from './releases-of-linux';
import { byUpstream } from './upstream';

export function judgeLinux(advisory: Advisory, pc: LinuxFact): Judged {
  const { packages, upstream } = advisory;
  if (packages.length === 0 && upstream === null) return judgeNoLinux(advisory);
  const release = releaseOf(pc.distribution, pc.release);
  const { ofKernel, ofPackages } = partsOf(advisory);
  const judged = [
    ...(ofKernel ? [moduleInForce(judgeKernel(ofKernel, pc, release), pc.serving)] : []),
    ...(ofPackages ? [inForce(judgePackages(ofPackages, pc, release), pc.serving)] : []),
  ].sort((a, b) => urgency[a.state] - urgency[b.state]);
  return judged[0] ?? unknown(message('judged.no-package'));
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
  if (pc.packages.state === 'unknown') return unknown(message('judged.packages-unknown', { why: pc.packages.why }));
  const { installed } = pc.packages.value;
  const mine = oneEach(
    installed.filter(
      (one) =>
        packages.some((range) => isOf(range, one)) ||
        (upstream?.product === 'samba' && familyOf(one.source) === 'samba'),
    ),
  );
  if (mine.length === 0) return notInstalled(advisory, release, pc.packages.value);
  return worstJudged(
    mine.map((one) => judgePackage(one, advisory, pc, release)),
    release,
  );
}

/** By feeds of the package's own line; else by upstream's releases; else it is not known. */
function judgePackage(one: InstalledPackage, advisory: Advisory, pc: LinuxFact, release: LinuxRelease | null): Judged {
  const about = advisory.packages.filter((range) => isOf(range, one));
  const [first] = about;
  const build: Build = {
    name: one.source,
    version: first ? versionFor(first, one) : one.sourceVersion,
    vendor: one.vendor ?? null,
  };
  const feed = feedOf(build, about, pc);
  if (feed !== null) return judgeRanges(feed.ranges, one, feed.release, advisory);
  const here = message('judged.here.installed', { name: one.source, version: build.version });
  const upstream =
    familyOf(one.source) === 'samba' && advisory.upstream?.product === 'samba' ? advisory.upstream : null;
  const judged = upstream && byUpstream(here, lineHere(build, pc), upstream, { advisory, pc, what: one.source });
  if (judged) return judged;
  const isNamed = about.some(
    ({ ecosystem }) => release !== null && [...release.main, ...release.extra].includes(ecosystem),
  );
  return isNamed && release !== null ? ofAnotherLine(here, release) : notNamed(advisory, pc, release);
}

/** There are records of this PC's release, and none of the line of what is installed. */
const ofAnotherLine = (here: Message, { title }: LinuxRelease): Judged =>
  unknown(message('judged.other-line', { here, title }), { code: 'other-line' });

/** The one that is not safe decides; of the same, the one with the later fix. */
function worstJudged(all: readonly Judged[], release: LinuxRelease | null): Judged {
  const isWorse = (a: Judged, than: Judged): boolean => {
    const difference = urgency[a.state] - urgency[than.state];
    if (difference !== 0 || a.fixedIn === null || than.fixedIn === null || release === null) return difference < 0;
    const [end, other] = [a.fixedIn, than.fixedIn];
    return whereOrdered(
      () => release.compare(end, other) > 0,
      () => false,
    );
  };
  const [first, ...others] = all;
  return others.reduce(
    (worst, one) => (isWorse(one, worst) ? one : worst),
    first ?? unknown(message('judged.not-installed-here')),
  );
}

/** Silence about Linux says something only in a record that tells which builds of Windows, or which programs of it, are affected. */
function judgeNoLinux({ windows, windowsUnversioned, windowsUnaffected, otherProducts }: Advisory): Judged {
  if (windows.length + windowsUnaffected.length > 0 || otherProducts.some(isOfWindows))
    return notAffected(message('judged.not-linux'));
  if (windowsUnversioned.length > 0) return unknown(message('judged.windows-only'));
  return otherProducts.length > 0
    ? unknown(message('judged.other-products', { products: otherProducts.slice(0, 3).join(', ') }))
    : unknown(message('judged.no-package'));
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
  if (kin) return unknown(message('judged.kin', { name: kin.source, version: kin.sourceVersion }));
  const untold = names.filter((name) => !lookedFor.includes(name));
  return untold.length === 0
    ? notAffected(message('judged.not-installed', { names }))
    : unknown(message('judged.not-told-installed', { names: untold.slice(0, 3) }));
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

function judgeRanges(
  ranges: readonly PackageRange[],
  one: InstalledPackage,
  release: LinuxRelease,
  advisory: Advisory,
): Judged {
  const worst = worstStanding(current(ranges, advisory), one, release);
  if (!worst) return unknown(message('judged.no-package-here'));
  const { range, at } = worst;
  const { title } = release;
  const here = message('judged.here.installed', { name: one.source, version: versionFor(range, one) });
  const record = range.record;
  switch (at.state) {
    case 'unclear':
      return unknown(message('judged.unclear', { here, why: at.why }), { record });
    case 'never':
      return notAffected(message('judged.never', { name: one.source, title }), { record });
    case 'before':
      return notAffected(message('judged.older', { here }), { record });
    case 'fixed':
      return patched(message('judged.fixed-in', { here, version: at.by, title }), {
        fixedIn: at.by,
        record,
      });
    case 'past':
      return patched(message('judged.past', { here, last: at.last, title }), {
        record,
      });
    case 'vulnerable':
      if (at.by === null)
        return vulnerable(message('judged.no-fix', { here, why: noFixIn(title, advisory, record) }), {
          record,
          code: 'no-fix',
        });
      return vulnerable(message('judged.fixed-from', { here, title, version: at.by }), {
        fixedIn: at.by,
        remedy: message(/:Pro:/.test(range.ecosystem) ? 'remedy.version-pro' : 'remedy.version', {
          name: one.source,
          version: at.by,
        }),
        record,
      });
  }
}

interface RangeStanding {
  readonly range: PackageRange;
  readonly at: Standing;
}

function worstStanding(
  ranges: readonly PackageRange[],
  one: InstalledPackage,
  release: LinuxRelease,
): RangeStanding | undefined {
  const { compare } = release;
  const standings = ranges.map((range) => ({
    range,
    at: standingIn(range, withoutBackport(versionFor(range, one)), release),
  }));
  const isLonger = ({ range }: RangeStanding): boolean => release.extra.includes(range.ecosystem);
  const longer = worstOf(standings.filter(isLonger), compare);
  const end = longer === undefined || longer.at.state === 'vulnerable' ? null : endOf(longer.at);
  if (longer === undefined || end === null || release.packaging !== 'rpm') return worstOf(standings, compare);
  if (isOfMinor(versionFor(longer.range, one), end)) return longer;
  // A later minor release's build is not of those that this one is kept longer with: the ordinary record decides.
  const ordinary = worstOf(
    standings.filter((standing) => !isLonger(standing)),
    compare,
  );
  const why = message('judged.why.longer', { title: release.title });
  return ordinary ?? { ...longer, at: { state: 'unclear', why } };
}

/** That there is no fix is true on the record's day: a later record about the same package that names one takes its place. */
function current(ranges: readonly PackageRange[], advisory: Advisory): readonly PackageRange[] {
  const dayOf = ({ record }: PackageRange): string => dayOfRecord(advisory, record) ?? '';
  const isOpen = ({ stretches }: PackageRange): boolean =>
    stretches.some(({ fixed, lastAffected }) => fixed === null && lastAffected === null);
  const isFixed = ({ stretches, versions, isUnclear }: PackageRange): boolean =>
    !isUnclear && versions.length === 0 && stretches.length > 0 && stretches.every(({ fixed }) => fixed !== null);
  return ranges.filter(
    (range) =>
      !isOpen(range) ||
      !ranges.some(
        (other) =>
          other.ecosystem === range.ecosystem &&
          familyOf(other.name) === familyOf(range.name) &&
          isFixed(other) &&
          dayOf(range) !== '' &&
          dayOf(other) > dayOf(range),
      ),
  );
}

/** The minor release in a build's dist tag: "el9_2" of 4.17.5-104.el9_2. */
const minorOf = (version: string): string | undefined => /\.el\d+(?:_\d+)?(?=\.|$)/.exec(version)?.[0];
const isOfMinor = (version: string, fixed: string): boolean => minorOf(version) === minorOf(fixed);
