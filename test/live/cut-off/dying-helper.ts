// The helper's act on this PC, killed (SIGKILL, by itself) at a named moment. Arguments: act, shield as JSON or "null", moment.
import { act } from '../../../main/engine/shield/act';
import type { Administration } from '../../../main/host/host';
import { linuxHost } from '../../../main/host/linux/linux-host';
import type { Request } from '../../../main/model/request';
import type { Shield } from '../../../main/model/shield';

const [wanted = '', shieldText = 'null', moment = ''] = process.argv.slice(2);
const counts = new Map<string, number>();

/** Moments are named "before putUp 1" or "after readShield 2": the n-th call of a step. */
function dieAt(when: 'before' | 'after', step: string): void {
  const nth = (counts.get(`${when} ${step}`) ?? 0) + 1;
  counts.set(`${when} ${step}`, nth);
  if (`${when} ${step} ${nth}` === moment) process.kill(process.pid, 'SIGKILL');
}

const dying = <A extends readonly unknown[], T>(step: string, work: (...args: A) => Promise<T>) => {
  return async (...args: A): Promise<T> => {
    dieAt('before', step);
    const result = await work(...args);
    dieAt('after', step);
    return result;
  };
};

const { administration } = linuxHost;
const mortal: Administration = {
  ...administration,
  readShield: dying('readShield', administration.readShield),
  putUp: dying('putUp', administration.putUp),
  takeDown: dying('takeDown', administration.takeDown),
  readRest: dying('readRest', administration.readRest),
  startKeeping: dying('startKeeping', administration.startKeeping),
  stopKeeping: dying('stopKeeping', administration.stopKeeping),
};
const base = { version: 1, notAfter: new Date(Date.now() + 60_000).toISOString() } as const;
const requests: Readonly<Record<string, () => Request>> = {
  shield: () => ({ ...base, act: 'shield', shield: JSON.parse(shieldText) as Shield }),
  lift: () => ({ ...base, act: 'lift' }),
  keep: () => ({ version: 1, act: 'keep' }),
};
const request = requests[wanted]?.();
if (!request) throw new Error(`no such act: ${wanted}`);
act(request, { ...linuxHost, administration: mortal }, '/opt/breakwater/out/helper.js').then(
  (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`),
  (error: unknown) => process.stderr.write(`${String(error)}\n`),
);
