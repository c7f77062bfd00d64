// What upstream's own releases say of a build that no distribution's record tells of.
import type { Advisory, UpstreamVersions } from '../../model/advisory';
import { type Message, message } from '../../model/message';
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
  here: Message,
  line: PackageLine,
  upstream: UpstreamVersions,
  { advisory, pc, what }: About,
): Judged | null {
  if (line.upstream === null) return null;
  const record = advisory.id;
  const isOwn = line.maker === 'upstream';
  const version = line.upstream;
  const madeFrom = (said: Message): Message => (isOwn ? said : message('judged.made-from', { said, version }));
  const at = standingUpstream(upstream, line.upstream);
  switch (at.state) {
    case 'fixed':
      return patched(madeFrom(message('judged.upstream-fixed', { here, version: at.by })), {
        fixedIn: at.by,
        record,
        code: isOwn ? 'fixed' : 'fixed-upstream',
      });
    case 'vulnerable': {
      const said =
        at.by === null
          ? message('judged.no-fix', { here, why: noFixIn('upstream', advisory, record) })
          : message('judged.upstream-fixed-later', { here, version: at.by });
      if (!isOwn && !(shipsUpstream(pc.distribution) && isPlainBuild(line)))
        return unknown(message('judged.maker-unknown', { said: madeFrom(said) }), {
          record,
          code: 'other-line',
        });
      return at.by === null
        ? vulnerable(said, { record, code: 'no-fix' })
        : vulnerable(said, {
            fixedIn: at.by,
            remedy: message('remedy.version', { name: what, version: at.by }),
            record,
          });
    }
    case 'unclear':
      return unknown(madeFrom(message('judged.unclear', { here, why: at.why })), { record });
    default:
      return notAffected(madeFrom(message('judged.older', { here })), { record });
  }
}

/** "4.6.3-1", "6.14.5-arch1-1", "6.14.5-300.fc42": nothing in it names somebody else. */
const isPlainBuild = ({ maker, version }: PackageLine): boolean =>
  maker === 'fedora' || /^(?:\d+:)?\d+(?:\.\d+)+(?:[-.]arch\d+)?-\d+(?:\.\d+)?$/.test(version);
