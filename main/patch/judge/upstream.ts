// What upstream's own releases say of a build that no distribution's record tells of.
import type { Advisory, UpstreamVersions } from '../../model/advisory';
import type { PackageLine } from '../versions/line';
import { type Judged, notAffected, patched, unknown, vulnerable } from './judged';
import { noFixIn, standingUpstream } from './ranges';
import { type LinuxFact, shipsUpstream } from './releases-of-linux';

interface About {
  readonly advisory: Advisory;
  readonly pc: Pick<LinuxFact, 'distribution'>;
  /** What to get a later one of: "samba", "kernel". */
  readonly what: string;
}

/**
 * `here` says what is installed or runs, without a full stop. At or above the fix of its branch, or of a later branch: patched. Below:
 * its maker may have put the fix in, so it is not known, unless it is upstream's own release. Null = its number is not told.
 */
export function byUpstream(
  here: string,
  line: PackageLine,
  upstream: UpstreamVersions,
  { advisory, pc, what }: About,
): Judged | null {
  if (line.upstream === null) return null;
  const record = advisory.id;
  const isOwn = line.maker === 'upstream';
  const made = isOwn ? '' : ` It is made from upstream's ${line.upstream}.`;
  const at = standingUpstream(upstream, line.upstream);
  switch (at.state) {
    case 'fixed':
      return patched(`${here}, and upstream fixed it in ${at.by}.${made}`, {
        fixedIn: at.by,
        record,
        code: isOwn ? 'fixed' : 'fixed-upstream',
      });
    case 'vulnerable': {
      const said =
        at.by === null
          ? `${here}, and ${noFixIn('upstream', advisory, record)}`
          : `${here}; upstream fixed it in ${at.by}`;
      if (!isOwn && !(shipsUpstream(pc.distribution) && isPlainBuild(line)))
        return unknown(`${said}.${made} Whether its maker put the fix in is not known: treat it as vulnerable.`, {
          record,
          code: 'other-line',
        });
      return at.by === null
        ? vulnerable(`${said}.`, { record, code: 'no-fix' })
        : vulnerable(`${said}.`, { fixedIn: at.by, remedy: `${what} ${at.by} or later`, record });
    }
    case 'unclear':
      return unknown(`${here}, but ${at.why}.${made}`, { record });
    default:
      return notAffected(`${here}, which is older than the hole.${made}`, { record });
  }
}

/** "4.6.3-1", "6.14.5-arch1-1", "6.14.5-300.fc42": nothing in it names somebody else. */
const isPlainBuild = ({ maker, version }: PackageLine): boolean =>
  maker === 'fedora' || /^(?:\d+:)?\d+(?:\.\d+)+(?:[-.]arch\d+)?-\d+(?:\.\d+)?$/.test(version);
