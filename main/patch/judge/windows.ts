// Whether a Windows PC is fixed for one advisory: by build and update number, within the same build only.
import type { Advisory, WindowsRange } from '../../model/advisory';
import type { PatchFact } from '../../model/facts';
import { type Message, message, type Words } from '../../model/message';
import { parseWindows, type WindowsVersion } from '../versions/windows';
import { type Baselines, mayBeHotpatched } from './hotpatch';
import { type Judged, notAffected, patched, unknown, vulnerable } from './judged';
import {
  isNamedBy,
  mayBeNamedBy,
  newestBuild,
  newestBuildMade,
  shareUpdates,
  type WindowsBuild,
  windowsBuilds,
} from './windows-builds';

export type WindowsFact = Extract<PatchFact, { kind: 'windows' }>;

export function judgeWindows(advisory: Advisory, pc: WindowsFact, baselines: Baselines): Judged {
  const { windows, windowsUnversioned, windowsUnclear, windowsUnaffected, otherProducts } = advisory;
  if (windows.length + windowsUnversioned.length + windowsUnaffected.length === 0)
    return otherProducts.length > 0
      ? unknown(message('judged.other-products', { products: listed(otherProducts) }))
      : namesOthers(advisory)
        ? notAffected(message('judged.not-windows'))
        : unknown(message('judged.maybe-windows'));
  const version = parseWindows(pc.build);
  const ranges = windows.filter(({ build }) => build === pc.build);
  // A product that is named without versions may be this build, unless its own numbers of this build were read.
  const isUnclear =
    (windowsUnclear ?? []).some((span) => isIn(version, span)) ||
    windowsUnversioned.some(
      (product) => mayBeNamedBy(product, pc.build) && !ranges.some((range) => range.product === product),
    );
  const isAffected = ranges.length > 0 || isUnclear || windows.some(({ product }) => isNamedBy(product, pc.build));
  const isFree = !isAffected && windowsUnaffected.some((span) => isIn(version, span));
  const unreleased = version.major < 10 ? null : whyUnreleased(pc);
  if (isFree && (unreleased === null || isLongPast(advisory, version)))
    return notAffected(message('judged.not-counted', { build: named(pc.build) }), { record: advisory.id });
  if (advisory.features.includes('domain-controller') && pc.installationType === 'Client')
    return notAffected(message('judged.only-domain-controllers'), { record: advisory.id });
  if (version.major < 10) return judgeOld(advisory, pc);
  if (unreleased !== null) return unknown(unreleased);
  if (ranges.length === 0) return notNamed(advisory, pc);
  const judged = compare(advisory, ranges, pc, baselines);
  return isUnclear && judged.state === 'patched'
    ? unknown(message('judged.more-than-read', { build: named(pc.build) }))
    : judged;
}

/** Records tell of released builds only: what they count as unaffected may have been made before the hole was mended. Null = released. */
function whyUnreleased({ preview, build }: WindowsFact): Message | null {
  if (preview === true) return message('judged.preview');
  return windowsBuilds[build] === undefined ? message('judged.newer-build', { build }) : null;
}

/** Whether every build with this number was made after the hole was mended in all later ones. */
const isLongPast = ({ published }: Advisory, { major, minor, build }: WindowsVersion): boolean =>
  major === 10 && minor === 0 && build > newestBuild && published !== null && published < newestBuildMade;

/** A CVE record tells of all products; a distribution's of its own packages only, whoever else has the hole. */
const namesOthers = ({ packages, upstream, sources }: Advisory): boolean =>
  upstream !== null ||
  packages.some(({ record }) => sources.some(({ format, id }) => format === 'cve' && id === record));

const listed = (names: readonly string[]): Words =>
  names.length > 3 ? message('judged.list-more', { names: names.slice(0, 3) }) : names.join(', ');
const named = (build: string): Words => windowsBuilds[build]?.name ?? message('judged.build', { build });

function isIn(
  { major, minor, build }: WindowsVersion,
  { from, below }: { readonly from: string; readonly below: string | null },
): boolean {
  const order = (text: string): number => {
    const other = parseWindows(text);
    return major - other.major || minor - other.minor || build - other.build;
  };
  return order(from) >= 0 && (below === null || order(below) < 0);
}

/** Before Windows 10 updates are not all cumulative: only a named update that is installed proves anything. */
function judgeOld({ windows, updates: known }: Advisory, pc: WindowsFact): Judged {
  const ranges = windows.filter(({ build }) => build === pc.build);
  const updates = [...new Set(ranges.flatMap((range) => range.updates))];
  const installed = updates.find((update) => pc.updates?.includes(update));
  const record = known[0] ?? null;
  if (installed)
    return afterRestart(patched(message('judged.update-installed', { update: installed }), { record }), pc);
  const remedy = updates.length > 0 ? message('remedy.updates', { updates }) : null;
  return unknown(message(pc.updates === null ? 'judged.old.not-read' : 'judged.old.not-listed'), { remedy });
}

/** Not in the record: not affected, if Microsoft still served the build then, and the record has numbers for others. */
function notNamed({ windows, windowsUnversioned, published }: Advisory, pc: WindowsFact): Judged {
  if (windowsUnversioned.length > 0)
    return unknown(message('judged.unversioned', { products: listed(windowsUnversioned) }));
  if (!windows.some((range) => range.below !== null && range.build.startsWith('10.')))
    return unknown(message('judged.no-fixed-version'));
  const build = windowsBuilds[pc.build];
  const name = named(pc.build);
  const misnamed = windows.find(({ product }) => isNamedBy(product, pc.build));
  if (misnamed)
    return unknown(
      message('judged.misnamed', { product: misnamed.product, other: named(misnamed.build), build: name }),
    );
  if (build === undefined || published === null || listedOn(windows, published) > lastServed(build, pc))
    return unknown(message('judged.not-served', { build: name }));
  if (build.previews && published.slice(0, 10) >= build.previews.since && (pc.ubr ?? 0) < build.previews.released)
    return unknown(message('judged.previews-then', { build: name, first: `${pc.build}.${build.previews.released}` }));
  const twins = windows.filter((range) => shareUpdates(range.build, pc.build));
  const older = ofKind(twins, pc.installationType).find(
    ({ below }) => below === null || pc.ubr === null || pc.ubr < ubrOf(below),
  );
  if (older)
    return unknown(
      older.below === null
        ? message('judged.twin-unfixed', { build: name, other: named(older.build) })
        : message('judged.twin', { build: name, other: named(older.build), version: older.below }),
    );
  return notAffected(message('judged.not-among', { build: name }));
}

/** The day on which its list of builds was made: one with a build that came out later was made then, and left out what was given up by then. */
const listedOn = (windows: readonly WindowsRange[], published: string): string =>
  windows
    .map(({ build }) => windowsBuilds[build]?.releasedOn ?? '')
    .reduce((latest, day) => (day > latest ? day : latest), published.slice(0, 10));

/** Where it is not told whether it is a server, the earlier day. */
const lastServed = ({ servedUntil, serversUntil }: WindowsBuild, { installationType }: WindowsFact): string =>
  installationType === 'Client' ? servedUntil : (serversUntil ?? servedUntil);

const ubrOf = (version: string): number => parseWindows(version).ubr ?? 0;

/** Where an update stands to one range; unclear = after the last that is known to be affected. */
function standing(
  { from, below, lastAffected }: WindowsRange,
  ubr: number,
): 'before' | 'affected' | 'fixed' | 'unclear' {
  if (ubr < ubrOf(from)) return 'before';
  if (below !== null) return ubr < ubrOf(below) ? 'affected' : 'fixed';
  return lastAffected !== undefined && (lastAffected === '*' || ubr <= ubrOf(lastAffected)) ? 'affected' : 'unclear';
}

function compare(advisory: Advisory, all: readonly WindowsRange[], pc: WindowsFact, baselines: Baselines): Judged {
  const own = onPlatform(ofKind(all, pc.installationType), pc.architecture);
  const ranges = own.length > 0 ? own : all;
  const fixes = ranges.flatMap(({ below }) => (below === null ? [] : [ubrOf(below)]));
  if (fixes.length === 0 && ranges.every(({ lastAffected }) => lastAffected === undefined))
    return unknown(message('judged.no-update-confirmed', { build: named(pc.build) }));
  // Fixed is what lies above all ranges: where one has no end that is told, nothing does.
  const fixedIn = fixes.length < ranges.length ? null : `${pc.build}.${Math.max(...fixes)}`;
  const remedy =
    fixedIn === null
      ? null
      : message('remedy.list', {
          items: [...advisory.updates, message('remedy.windows-build', { build: fixedIn.replace(/^10\.0\./, '') })],
        });
  const more = { fixedIn, remedy, record: advisory.id };
  const fixed = fixedIn === null ? message('judged.fixed.none') : message('judged.fixed.from', { version: fixedIn });
  const { ubr } = pc;
  if (ubr === null) return unknown(message('judged.number-not-told', { fixed }), more);
  const here = `${pc.build}.${ubr}`;
  if (ranges.every((range) => standing(range, ubr) === 'fixed'))
    return afterRestart(patched(message('judged.installed-and', { here, fixed }), { ...more, remedy: null }), pc);
  if (own.length === 0)
    return unknown(message('judged.kinds-only', { kinds: listed([...new Set(all.map(({ kind }) => kind))]) }), more);
  const affecting = ranges.filter((range) => standing(range, ubr) === 'affected');
  if (affecting.length === 0) return unknown(message('judged.not-told-of', { here, fixed }), more);
  const ended = fixes.find((fix) => fix <= ubr && affecting.some(({ from }) => ubrOf(from) < fix));
  if (ended !== undefined) return unknown(message('judged.two-numbers', { here, version: `${ended}` }), more);
  const said =
    fixedIn === null
      ? message('judged.installed-and', { here, fixed })
      : message('judged.installed-fixed-from', { here, version: fixedIn });
  const isEndless = affecting.some(({ lastAffected }) => lastAffected === '*');
  return (isEndless ? null : hotpatched(advisory, said, pc, baselines, more)) ?? stillOld(said, pc, more);
}

function stillOld(said: Message, { restart }: WindowsFact, more: Partial<Judged>): Judged {
  return restart.state === 'pending'
    ? vulnerable(message('judged.restart-may-finish', { said }), more)
    : vulnerable(said, more);
}

/** Null where hotpatches can't be why the number is low. */
function hotpatched(
  { published }: Advisory,
  said: Message,
  pc: WindowsFact,
  baselines: Baselines,
  more: Partial<Judged>,
): Judged | null {
  const may = mayBeHotpatched(pc);
  if (may === 'no') return null;
  const baseline = published === null ? null : baselines(pc.build, published);
  if (baseline !== null && (pc.ubr ?? 0) < baseline) return null;
  const because =
    may === 'yes'
      ? message('judged.hotpatched', { said })
      : message('judged.hotpatched-unclear', { said, why: may.unclear });
  return unknown(because, more);
}

/** A pending restart may finish an update, or take one back. */
function afterRestart(judged: Judged, { restart }: WindowsFact): Judged {
  if (restart.state !== 'pending') return judged;
  return {
    ...judged,
    state: 'unknown',
    code: 'restart-due',
    because: message('judged.restart-may-undo', { said: judged.because }),
    restartPending: true,
  };
}

function ofKind(ranges: readonly WindowsRange[], kind: WindowsFact['installationType']): readonly WindowsRange[] {
  if (kind === null) return ranges;
  const exact = ranges.filter((range) => range.kind === kind || range.kind === 'unknown');
  if (exact.length > 0 || kind === 'Client') return exact;
  return ranges.filter((range) => range.kind !== 'Client');
}

const platformWords = { x64: /x64/i, x86: /32-bit/i, arm64: /arm64/i } as const;

/** Records leave platforms out at times: where none fits, all count. */
function onPlatform(
  ranges: readonly WindowsRange[],
  architecture: WindowsFact['architecture'],
): readonly WindowsRange[] {
  if (architecture === null) return ranges;
  const fitting = ranges.filter(
    ({ platforms }) => platforms.length === 0 || platforms.some((one) => platformWords[architecture].test(one)),
  );
  return fitting.length > 0 ? fitting : ranges;
}
