// What is installed counts only where it is what runs. One judge for the check, the inspection, the window and background protection.
import type { Known, Serving } from '../../model/facts';
import { message } from '../../model/message';
import { type Judged, unknown, vulnerable } from './judged';

/** `serving` undefined = nobody asked what runs, as of a PC that is described. Only what says "safe" can be made worse. */
export function inForce(judged: Judged, serving: Known<Serving> | undefined): Judged {
  if (serving === undefined || !saysSafe(judged)) return judged;
  const { fixedIn, record } = judged;
  const more = { fixedIn, record };
  if (serving.state === 'unknown')
    return unknown(message('judged.but', { said: judged.because, why: serving.why }), {
      ...more,
      code: 'running-unknown',
    });
  const { replaced, elsewhere, unsure } = serving.value;
  if (elsewhere.length > 0) return anotherRuns(judged, elsewhere);
  if (replaced.length > 0)
    return judged.state === 'patched'
      ? vulnerable(message(`judged.runs-as-before.${number(replaced)}`, { servers: replaced }), {
          ...more,
          code: 'not-running-yet',
          remedy: message('remedy.restart-server'),
        })
      : anotherRuns(judged, replaced);
  if (unsure.length === 0) return judged;
  return unknown(message(`judged.running-unknown.${number(unsure)}`, { said: judged.because, servers: unsure }), {
    ...more,
    code: 'running-unknown',
  });
}

/** A module of the kernel's server that did not come with the kernel has versions of its own. */
export function moduleInForce(judged: Judged, serving: Known<Serving> | undefined): Judged {
  if (serving?.state !== 'known' || serving.value.foreignModule === null || !saysSafe(judged)) return judged;
  return unknown(message('judged.foreign-module', { said: judged.because, module: serving.value.foreignModule }), {
    code: 'other-server',
    record: judged.record,
  });
}

/** Where it says that nothing has to be shut. */
const saysSafe = ({ state }: Judged): boolean => state === 'patched' || state === 'not-affected';

function anotherRuns({ state, because, record }: Judged, servers: readonly string[]): Judged {
  const running = message(`judged.running-other.${number(servers)}`, { servers });
  return unknown(
    state === 'patched'
      ? message('judged.another-runs.patched', { running })
      : message('judged.another-runs', { said: because, running }),
    { code: 'other-server', record },
  );
}

const number = (servers: readonly string[]): 'one' | 'other' => (servers.length === 1 ? 'one' : 'other');
