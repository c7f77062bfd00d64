// Entry: reads and judges one Windows policy in a process that has done nothing yet, and writes down how long each took.

import { readFileSync, writeFileSync } from 'node:fs';
import { MessageError } from '../../main/model/message-error';
import { readRegistry } from '../../main/policy/windows/read-registry';
import { reviewRegistry } from '../../main/policy/windows/review';

/** Milliseconds; `all` is the whole process as seen from outside. */
export interface WindowsReviewTimes {
  readonly read: number;
  readonly judge: number;
  readonly all: number;
  readonly verdict: string;
}

const [, , file = '', into = ''] = process.argv;
const text = readFileSync(file, 'utf8');
const started = performance.now();
const policy = readRegistry([{ name: 'policy', text }], null);
if (policy.kind !== 'registry') throw new MessageError(policy.why);
const wasRead = performance.now();
const { verdict } = reviewRegistry(policy, { host: null }, { proto: 'tcp', port: 445 });
const times: WindowsReviewTimes = { read: wasRead - started, judge: performance.now() - wasRead, all: 0, verdict };
writeFileSync(into, JSON.stringify(times));
