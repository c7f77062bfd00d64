// Whether the kernel that runs now is fixed for a hole of the kernel's own SMB server.
import type { Advisory } from '../../model/advisory';
import { type Message, message } from '../../model/message';
import { isKernelOfUpstream } from '../versions/line';
import { branchOf, compareReleases } from '../versions/releases';
import { type Judged, notAffected, patched, unknown, vulnerable } from './judged';
import { type Build, feedOf, lineHere } from './lines';
import { noFixIn, type Standing, standingIn, worstOf } from './ranges';
import { type LinuxFact, type LinuxRelease, notNamed } from './releases-of-linux';
import { byUpstream } from './upstream';

/** By the line of the package that runs, or of its own name where it is none that is known. */
export function judgeKernel(advisory: Advisory, pc: LinuxFact, release: LinuxRelease | null): Judged {
  if (pc.kernel.state === 'unknown') return unknown(message('judged.kernel-unknown', { why: pc.kernel.why }));
  const { release: running, packageVersion, source } = pc.kernel.value;
  if (packageVersion === null || source === null)
    return (
      ofItsNumber(
        { name: 'linux', version: running, vendor: null },
        message('judged.here.kernel', { release: running }),
        advisory,
        pc,
      ) ?? unknown(message('judged.kernel-of-no-package', { release: running }))
    );
  const ranges = advisory.packages.filter(({ name }) => kernelName(name) === kernelName(source));
  const build: Build = { name: kernelName(source), version: packageVersion, vendor: vendorOf(pc) };
  const here = message('judged.here.runs', { name: source, version: packageVersion });
  const feed = feedOf(build, ranges, pc);
  if (feed === null) return ofItsNumber(build, here, advisory, pc) ?? notTold(here, source, advisory, pc, release);
  const worst = worstOf(
    feed.ranges.map((range) => ({ record: range.record, at: standingIn(range, feed.version, feed.release) })),
    feed.release.compare,
  );
  if (worst === undefined) return notTold(here, source, advisory, pc, release);
  const judged = told(worst.at, here, feed.release.title, advisory, worst.record);
  return judged.state === 'vulnerable' ? withWaiting(judged, pc, feed.release) : judged;
}

/** Null where upstream's releases are not told of, or the number is not one of theirs. */
function ofItsNumber(build: Build, here: Message, advisory: Advisory, pc: LinuxFact): Judged | null {
  const { upstream } = advisory;
  const line = lineHere(build, pc);
  const isTheirs = line.upstream !== null && (line.maker === 'upstream' || isKernelOfUpstream(line.upstream));
  if (upstream?.product !== 'linux') return null;
  if (isTheirs) return byUpstream(here, line, upstream, { advisory, pc, what: 'kernel' });
  // A distribution that counts its own builds takes fixes over, and no part as large as a whole server.
  const { introduced } = upstream;
  const isBefore =
    line.upstream !== null && introduced !== null && compareReleases(branchOf(line.upstream), branchOf(introduced)) < 0;
  return isBefore && line.maker === 'ubuntu'
    ? byUpstream(here, line, upstream, { advisory, pc, what: 'kernel' })
    : null;
}

function notTold(
  here: Message,
  source: string,
  advisory: Advisory,
  pc: LinuxFact,
  release: LinuxRelease | null,
): Judged {
  const own = advisory.packages.filter(({ ecosystem }) => release?.main.includes(ecosystem));
  if (release === null || own.length === 0) return notNamed(advisory, pc, release);
  return own.some(({ name }) => kernelName(name) === kernelName(source))
    ? unknown(message('judged.other-line', { here, title: release.title }), { code: 'other-line' })
    : unknown(message('judged.kernel-not-told', { title: release.title, name: source }));
}

/** Of the kernel's packages; they are all packed by the same. */
function vendorOf({ packages }: LinuxFact): string | null {
  const installed = packages.state === 'known' ? packages.value.installed : [];
  return installed.find(({ name }) => /^kernel(?:-core)?$/.test(name))?.vendor ?? null;
}

/** RPM distributions build "kernel-core" and others from "kernel". */
const kernelName = (name: string): string => (/^kernel(?:-|$)/.test(name) ? 'kernel' : name);

function told(at: Standing, here: Message, title: string, advisory: Advisory, record: string): Judged {
  switch (at.state) {
    case 'never':
      return notAffected(message('judged.kernel-never', { title }), { record });
    case 'before':
      return notAffected(message('judged.older', { here }), { record });
    case 'fixed':
      return patched(message('judged.kernel-fixed', { here, version: at.by, title }), { fixedIn: at.by, record });
    case 'past':
      return patched(message('judged.past', { here, last: at.last, title }), { record });
    case 'unclear':
      return unknown(message('judged.unclear', { here, why: at.why }), { record });
    case 'vulnerable':
      return at.by === null
        ? vulnerable(message('judged.no-fix', { here, why: noFixIn(title, advisory, record) }), {
            record,
            code: 'no-fix',
          })
        : vulnerable(message('judged.fixed-from', { here, title, version: at.by }), {
            fixedIn: at.by,
            remedy: message('remedy.kernel', { version: at.by }),
            record,
          });
  }
}

/** A fixed kernel that is installed does nothing before the restart. */
function withWaiting(judged: Judged, { packages }: LinuxFact, { compare }: LinuxRelease): Judged {
  const { fixedIn } = judged;
  const images =
    packages.state === 'known'
      ? packages.value.installed.filter(({ name }) => /^linux-image-\d|^kernel(?:-core)?$/.test(name))
      : [];
  const isWaiting = fixedIn !== null && images.some(({ version }) => compare(version, fixedIn) >= 0);
  return isWaiting
    ? {
        ...judged,
        because: message('judged.fix-waits', { said: judged.because }),
        remedy: message('remedy.restart'),
        restartPending: true,
        code: 'restart-due',
      }
    : judged;
}
