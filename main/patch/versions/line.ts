// Which line of builds a package's version belongs to: versions are compared within one line only.
import { sambaSourceOf } from '../samba-packages';
import { branchOf } from './releases';
import { branchesOf, isShippedByDebian, type ProductOfLine, releasesOfRedHat, ubuntuWith } from './shipped';

/**
 * Line first, order second. A version is compared only with the bound of its own line: across lines a greater number proves
 * nothing, as "2:4.22.6+dfsg-0+deb13u1~bpo12+1" is Debian 13's of before the fix, and greater than Debian 12's fixed
 * "2:4.17.12+dfsg-0+deb12u4". The markers are those of Debian's developers reference (5.8.5.4, 5.11.2), Debian's backports,
 * Ubuntu's security team (SecurityTeam/UpdatePreparation), and of the dist tags of Fedora and Enterprise Linux.
 */
export interface PackageLine {
  /** upstream = its number and nothing else: built from source. foreign = somebody else's build, whose changes are not known. */
  readonly maker: 'debian' | 'ubuntu' | 'el' | 'fedora' | 'upstream' | 'foreign';
  /** "12", "22.04", "9"; null = not in the version: Debian's unstable, or a release of Ubuntu. */
  readonly release: string | null;
  /** Who rebuilt Enterprise Linux's package with a change of its own: "alma"; null = nobody, or not told. */
  readonly rebuild: 'alma' | 'rocky' | 'centos' | null;
  /** What is compared: without what a rebuild for an older release adds ("~bpo12+1"). */
  readonly version: string;
  /** Upstream's release that it was made from, "4.22.6"; null = it is not told, or was not out yet. */
  readonly upstream: string | null;
}

/** A release of a distribution as lines go: "debian" "12", "ubuntu" "22.04", "rhel" "9". */
export interface LineOfRelease {
  readonly distribution: string;
  readonly release: string;
}

/** `name` is the source, or one of the packages built from it; `distribution` is the PC's ID of os-release(5). Total: any text has a line. */
export function lineOf(name: string, version: string, distribution: string): PackageLine {
  const upstream = numberOf(version);
  const line = (maker: PackageLine['maker'], more: Partial<PackageLine> = {}): PackageLine => ({
    maker,
    release: null,
    rebuild: null,
    version,
    upstream,
    ...more,
  });
  const plain = version.replace(/^\d+:/, '');
  // A package of RPM always has a release: without it nobody can tell whose it is.
  if (isPlain(plain)) return line(isOfRpm(distribution) ? 'foreign' : 'upstream');
  if (productOf(name) === 'kernel' && mainline.test(plain)) return line('upstream');
  const el = enterprise.exec(plain);
  if (el)
    return line('el', {
      release: el[1] ?? el[2] ?? null,
      rebuild: (el[3] ?? null) as PackageLine['rebuild'],
    });
  const fedora = /^[^-]+-\d+(?:\.\d+)*\.fc(\d+)$/.exec(plain);
  if (fedora) return line('fedora', { release: fedora[1] ?? null });
  const kernel = productOf(name) === 'kernel' ? ubuntuKernel.exec(plain) : null;
  if (kernel && distribution === 'ubuntu') return line('ubuntu', { release: kernel[1] ?? null });
  const ubuntu = ubuntuRevision.exec(plain);
  if (ubuntu) return line('ubuntu', { release: ubuntu[2] ?? namedIn(ubuntu[1] ?? '') });
  const isBackport = backport.test(plain);
  const debian = debianRevision.exec(withoutBackport(plain));
  if (debian) {
    const release = debian[2] ?? (debian[3] === undefined ? null : (codeNames[debian[3]] ?? null));
    // Without any marker only a PC of Debian tells that it is Debian's.
    if (release !== null || isBackport || (distribution === 'debian' && debian[1] !== undefined))
      return line('debian', { release, version: withoutBackport(version) });
  }
  return line('foreign');
}

const isOfRpm = (distribution: string): boolean => distribution === 'fedora' || vendors[distribution] !== undefined;

const isPlain = (version: string): boolean => /^(?:\d+:)?\d+(?:\.\d+)*$/.test(version);

/** Samba's whole family has one version; flavours of the kernel count as the kernel does. */
export function productOf(name: string): ProductOfLine {
  if (sambaSourceOf(name) !== null) return 'samba';
  return /^(?:linux|kernel)(?:-|$)/.test(name) ? 'kernel' : 'other';
}

/** "3.fc39" and "4.el9_2", also with the number of the minor release's own update, or of who rebuilt it; modules name the release first. */
const enterprise =
  /^[^-]+-\d+(?:\.\d+)*(?:\.module\+el(\d+)[A-Za-z0-9+._]*|\.el(\d+)(?:_\d+)?(?:\.\d+)*)(?:\.(alma|rocky|centos)(?:\.\d+)*)?$/;
/** What Debian's and Ubuntu's own packages add to upstream's number. */
const upstreamPart = String.raw`\d+(?:\.\d+)*(?:[+~](?:dfsg|ds)[\d.]*|~ubuntu)*`;
const ubuntuRevision = new RegExp(
  String.raw`^${upstreamPart}-[\d.]+ubuntu(\d+(?:\.\d+)*)(?:~(\d\d\.\d\d)(?:\.\d+)*)?(?:\+esm\d+)?$`,
);
/** "5.15.0-94.104", "6.5.0-14.14~22.04.1"; mainline builds have six digits. */
const ubuntuKernel = /^\d+\.\d+\.0-[1-9]\d{0,3}(?:\.\d{1,4}){1,3}(?:~(\d\d\.\d\d)(?:\.\d+)*)?(?:\+(?:esm|fips)\d+)?$/;
/** Without what Debian's backports add: they rebuild what stands before it. */
export const withoutBackport = (version: string): string => version.replace(backport, '');

/** Builds of upstream's own kernels for Ubuntu (kernel.ubuntu.com/mainline): "6.2.10-060210.202304060735", as it runs "6.2.10-060210-generic". */
const mainline = /^\d+\.\d+\.\d+-0\d{5}(?:rc\d+)?(?:[.-]|$)/;
const backport = /~bpo\d+\+\d+(?:\+b\d+)?$/;
const debianRevision = new RegExp(
  String.raw`^${upstreamPart}(-\d+(?:\.\d+)*)(?:[+~]deb(?:\d+u\d+[+~]deb)?(\d+)u?\d*|\+?(lenny|squeeze|wheezy|jessie)\d*)?(?:\+b\d+)?$`,
);
const codeNames: Readonly<Record<string, string>> = { lenny: '5', squeeze: '6', wheezy: '7', jessie: '8' };

/** "0.20.04.8" is 20.04's own; "1.12" names none. */
const namedIn = (tail: string): string | null => /(?:^|\.)(\d\d\.(?:04|10))\.\d+$/.exec(tail)?.[1] ?? null;

/** Upstream's number at the beginning; null for what came before that release ("4.24.3~rc1"), or has letters in it. */
export function numberOf(version: string): string | null {
  const found = /^(?:\d+:)?(\d+(?:\.\d+)+)(.*)$/.exec(version);
  const [, number = '', rest = ''] = found ?? [];
  return found && /^(?:$|-(?!rc\d)|\+|[~+](?:dfsg|ds)\b|~bpo|~deb|_)/.test(rest) && !preRelease.test(rest)
    ? number
    : null;
}

/** Also what goes back to an older one: "4.24.3+really4.23.1". */
const preRelease = /(?:^|[^a-z])(?:rc|pre|alpha|beta)\.?\d|~git|\+really/;

/**
 * Whether a version is of the line of one release: by its marker, and by a version of upstream's that this release shipped.
 * `bounds` are those of the release's own records; `vendor` is the packager's name, null = not told (then what was shipped tells).
 */
export function isOfLine(
  line: PackageLine,
  { distribution, release }: LineOfRelease,
  about: { readonly name: string; readonly vendor: string | null; readonly bounds: readonly string[] },
): boolean {
  const { name, vendor, bounds } = about;
  const product = productOf(name);
  const isBound = bounds.includes(line.version);
  // A record that itself counts in upstream's numbers.
  if (line.maker === 'upstream') return bounds.some(isPlain);
  switch (distribution) {
    case 'debian':
      return line.maker === 'debian' && (isBound || isOfDebian(line, release, product, bounds));
    case 'ubuntu':
      return line.maker === 'ubuntu' && (isBound || isOfUbuntu(line, release, name, bounds));
    case 'rhel':
    case 'centos':
    case 'almalinux':
    case 'rocky':
      return line.maker === 'el' && isOfEnterprise(line, { distribution, release }, vendor, product, bounds);
    default:
      return false;
  }
}

const isBranchOf = (line: PackageLine, bounds: readonly string[]): boolean => {
  const { upstream } = line;
  return upstream !== null && bounds.some((bound) => branchIn(bound) === branchOf(upstream));
};

const branchIn = (version: string): string | null => {
  const number = numberOf(version);
  return number === null ? null : branchOf(number);
};

function isOfDebian(line: PackageLine, release: string, product: ProductOfLine, bounds: readonly string[]): boolean {
  const shipped = branchesOf('debian', release, product);
  const isShipped = line.upstream !== null && (shipped?.includes(branchOf(line.upstream)) ?? false);
  if (line.release !== null)
    return line.release === release && (shipped === null || isShipped || isBranchOf(line, bounds));
  // Kernels of a stable release carry no marker, and their branch is the release's.
  if (product === 'kernel') return isShipped || isBranchOf(line, bounds);
  return (
    isShippedByDebian(release, line.version, product) ||
    // What was fixed before a release came out was fixed in unstable, which goes forward only.
    (bounds.length > 0 && bounds.every(isOfUnstable)) ||
    bounds.some((bound) => bound.replace(ownMarker, '') === line.version && bound !== line.version)
  );
}

/** One of Debian's, without a marker. */
export function isOfUnstable(version: string): boolean {
  const debian = debianRevision.exec(version.replace(/^\d+:/, ''));
  return debian !== null && debian[2] === undefined && debian[3] === undefined;
}

/** What Debian adds to the version that a release came with: "-5+deb10u3" was "-5". */
const ownMarker = /\+deb\d+u\d+$/;

function isOfUbuntu(line: PackageLine, release: string, name: string, bounds: readonly string[]): boolean {
  const { upstream } = line;
  if (upstream === null) return false;
  const [branch, product] = [branchOf(upstream), productOf(name)];
  const named = /-(\d+\.\d+)$/.exec(name)?.[1];
  const shipped = product === 'kernel' && named !== undefined ? [named] : branchesOf('ubuntu', release, product);
  const isMarked =
    line.release === release ||
    (line.release !== null && bounds.some((bound) => lineOf(name, bound, 'ubuntu').release === line.release));
  if (line.release !== null && !isMarked) return false;
  if (shipped === null || (product === 'kernel' && isBranchOf(line, bounds))) return isBranchOf(line, bounds);
  // Without the release in its marker it is of the branch that the release came with.
  return line.release === null ? shipped[0] === branch : shipped.includes(branch);
}

/** Distributions that rebuild Red Hat's packages: one that is rebuilt unchanged has Red Hat's version. */
export const isRebuild = (distribution: string): boolean => rebuilders[distribution] !== undefined;

export const isVendorOf = (distribution: string, vendor: string): boolean =>
  vendors[distribution]?.test(vendor) ?? false;

/** The packager's name that each distribution gives (rpm's tag VENDOR). */
const vendors: Readonly<Record<string, RegExp>> = {
  rhel: /^Red Hat\b/i,
  centos: /^(?:CentOS|Red Hat)\b/i,
  almalinux: /^AlmaLinux\b/i,
  rocky: /^Rocky\b/i,
};
const rebuilders: Readonly<Record<string, PackageLine['rebuild']>> = {
  almalinux: 'alma',
  rocky: 'rocky',
  centos: 'centos',
};

function isOfEnterprise(
  line: PackageLine,
  { distribution, release }: LineOfRelease,
  vendor: string | null,
  product: ProductOfLine,
  bounds: readonly string[],
): boolean {
  const major = release.split('.')[0] ?? '';
  if (line.release !== major) return false;
  if (line.rebuild !== null && line.rebuild !== rebuilders[distribution]) return false;
  if (vendor !== null) return isVendorOf(distribution, vendor);
  const shipped = releasesOfRedHat(major, product);
  if (product === 'other') return true;
  return (
    line.upstream !== null &&
    ((shipped?.includes(line.upstream) ?? false) || bounds.some((bound) => numberOf(bound) === line.upstream))
  );
}

/** The releases whose line a version may be, beside that of the PC itself: what its own marker names. */
export function namedBy(line: PackageLine, name: string): readonly LineOfRelease[] {
  const { maker, release, rebuild, upstream } = line;
  switch (maker) {
    case 'debian':
      return release === null ? [] : [{ distribution: 'debian', release }];
    case 'ubuntu':
      if (release !== null) return [{ distribution: 'ubuntu', release }];
      return upstream === null
        ? []
        : ubuntuWith(branchOf(upstream), productOf(name)).map((one) => ({ distribution: 'ubuntu', release: one }));
    case 'el': {
      if (release === null) return [];
      if (rebuild === 'alma') return [{ distribution: 'almalinux', release }];
      if (rebuild === 'rocky') return [{ distribution: 'rocky', release }];
      return [{ distribution: 'rhel', release }];
    }
    default:
      return [];
  }
}

/** Where the last number of three is always 0 it counts a distribution's own builds, and says nothing of upstream's. */
export const isKernelOfUpstream = (number: string): boolean => /^\d+\.\d+\.[1-9]\d*$/.test(number);
