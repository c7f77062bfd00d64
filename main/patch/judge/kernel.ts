// Whether the kernel that runs now is fixed for a hole of the kernel's own SMB server.
import type { Advisory } from '../../model/advisory';
import { type Judged, notAffected, patched, unknown, vulnerable } from './judged';
import { noFixIn, type Standing, standingIn, standingUpstream, worstOf } from './ranges';
import { type LinuxFact, type LinuxRelease, notNamed } from './releases-of-linux';

export function judgeKernel(advisory: Advisory, pc: LinuxFact, release: LinuxRelease | null): Judged {
  if (pc.kernel.state === 'unknown') return unknown(`Which kernel runs is not known: ${pc.kernel.why}.`);
  const { release: running, packageVersion, source } = pc.kernel.value;
  if (packageVersion === null || source === null) {
    const { upstream } = advisory;
    if (upstream !== null && /^\d+\.\d+(?:\.\d+)?$/.test(running))
      return told(standingUpstream(upstream, running), `Kernel ${running}`, 'upstream', advisory);
    return unknown(`The kernel that runs (${running}) is not known to be one of the distribution's packages.`);
  }
  const ranges = advisory.packages.filter(({ ecosystem }) => release?.main.includes(ecosystem));
  if (release === null || ranges.length === 0) return notNamed(advisory, pc, release);
  const worst = worstOf(
    ranges
      .filter(({ name }) => kernelName(name) === kernelName(source))
      .map((range) => ({ record: range.record, at: standingIn(range, packageVersion, release) })),
    release.compare,
  );
  if (worst === undefined) return unknown(`The records about ${release.title} do not tell of its kernel "${source}".`);
  const judged = told(worst.at, `${source} ${packageVersion} runs`, release.title, advisory, worst.record);
  return judged.state === 'vulnerable' ? withWaiting(judged, pc, release) : judged;
}

/** RPM distributions build "kernel-core" and others from "kernel". */
const kernelName = (name: string): string => (/^kernel(?:-|$)/.test(name) ? 'kernel' : name);

function told(at: Standing, here: string, title: string, advisory: Advisory, record = advisory.id): Judged {
  switch (at.state) {
    case 'never':
      return notAffected(`The kernel of ${title} never had it.`, { record });
    case 'before':
      return notAffected(`${here}, which is older than the hole.`, { record });
    case 'fixed':
      return patched(`${here}; ${at.by} or later is fixed in ${title}.`, { fixedIn: at.by, record });
    case 'past':
      return patched(`${here}, which is later than ${at.last}, the last affected in ${title}.`, { record });
    case 'unclear':
      return unknown(`${here}, but ${at.why}.`, { record });
    case 'vulnerable':
      return at.by === null
        ? vulnerable(`${here}, and ${noFixIn(title, advisory, record)}.`, { record })
        : vulnerable(`${here}; fixed in ${title} from ${at.by} on.`, {
            fixedIn: at.by,
            remedy: `kernel ${at.by} or later, and a restart`,
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
        because: `${judged.because} A fixed kernel is installed, and waits for a restart.`,
        remedy: 'a restart',
        restartPending: true,
      }
    : judged;
}
