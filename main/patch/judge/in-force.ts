// What is installed counts only where it is what runs. One judge for the check, the inspection, the window and background protection.
import type { Known, Serving } from '../../model/facts';
import { type Judged, unknown, vulnerable } from './judged';

/** `serving` undefined = nobody asked what runs, as of a PC that is described. Only what says "safe" can be made worse. */
export function inForce(judged: Judged, serving: Known<Serving> | undefined): Judged {
  if (serving === undefined || !saysSafe(judged)) return judged;
  const { fixedIn, record } = judged;
  const more = { fixedIn, record };
  if (serving.state === 'unknown')
    return unknown(`${judged.because} But ${serving.why}.`, { ...more, code: 'running-unknown' });
  const { replaced, elsewhere, unsure } = serving.value;
  if (elsewhere.length > 0) return anotherRuns(judged, elsewhere);
  if (replaced.length > 0)
    return judged.state === 'patched'
      ? vulnerable(
          `The patch is installed, but ${listed(replaced)} still ${replaced.length === 1 ? 'runs' : 'run'} as before it: restart the file server (systemctl restart smbd) or the PC.`,
          { ...more, code: 'not-running-yet', remedy: 'a restart of the file server' },
        )
      : anotherRuns(judged, replaced);
  if (unsure.length === 0) return judged;
  return unknown(
    `${judged.because} But whether ${listed(unsure)} ${unsure.length === 1 ? 'is' : 'are'} what is installed could not be told.`,
    { ...more, code: 'running-unknown' },
  );
}

/** A module of the kernel's server that did not come with the kernel has versions of its own. */
export function moduleInForce(judged: Judged, serving: Known<Serving> | undefined): Judged {
  if (serving?.state !== 'known' || serving.value.foreignModule === null || !saysSafe(judged)) return judged;
  return unknown(
    `${judged.because} But the module ${serving.value.foreignModule} did not come with this kernel, so its version is not known.`,
    { code: 'other-server', record: judged.record },
  );
}

/** Where it says that nothing has to be shut. */
const saysSafe = ({ state }: Judged): boolean => state === 'patched' || state === 'not-affected';

const anotherRuns = ({ state, because, record }: Judged, servers: readonly string[]): Judged =>
  unknown(
    `${state === 'patched' ? 'The patch is installed, but' : `${because} But`} ${listed(servers)} ${servers.length === 1 ? 'is' : 'are'} not what is installed: built here, in a container, or from before an update, so of a version that is not known.`,
    { code: 'other-server', record },
  );

const listed = (servers: readonly string[]): string => servers.join(' and ');
