// Lives in a namespace of its own: loads rules, times nft's own listing of them, and has them reviewed by a fresh Node each time.

import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageError } from '../../main/model/message-error';
import { readPolicy } from '../../main/policy/netfilter/read-policy';
import { reviewPrepared } from '../../main/policy/netfilter/review';
import { answerLines } from './answer-lines';

export type ReviewQuestion = { readonly load: string } | { readonly list: string } | { readonly review: string };

/** Milliseconds; and megabytes: the most that was ever held above what was held before reading. */
export interface ReviewTimes {
  readonly nft: number;
  readonly read: number;
  readonly judge: number;
  readonly memory: number;
  readonly verdict: string;
}

const none: ReviewTimes = { nft: 0, read: 0, judge: 0, memory: 0, verdict: '' };
const [, , mode, folder] = process.argv;

if (mode === '--review' && folder !== undefined) console.log(JSON.stringify(review(folder)));
else void answerLines<ReviewQuestion, ReviewTimes>(answer);

async function answer(question: ReviewQuestion): Promise<ReviewTimes> {
  if ('load' in question) {
    await run('nft', ['-f', join(question.load, 'rules.nft')], null);
    await run('nft', ['list', 'ruleset'], join(question.load, 'ruleset.nft'));
    return none;
  }
  if ('list' in question) {
    const started = performance.now();
    await run('nft', ['-j', 'list', 'ruleset'], join(question.list, 'ruleset.json'));
    return { ...none, nft: performance.now() - started };
  }
  const told = join(question.review, 'review.json');
  await run(process.execPath, [process.argv[1] ?? '', '--review', question.review], told);
  return JSON.parse(readFileSync(told, 'utf8')) as ReviewTimes;
}

/** In a process that has done nothing yet: what a command on the command line meets. */
function review(where: string): ReviewTimes {
  const rulesetJson = readFileSync(join(where, 'ruleset.json'), 'utf8');
  const rulesetText = readFileSync(join(where, 'ruleset.nft'), 'utf8');
  const before = process.memoryUsage().rss;
  const started = performance.now();
  const policy = readPolicy({
    ...{ rulesetJson, rulesetText, iptablesSave: '', ip6tablesSave: '', iptablesLegacy: null, ip6tablesLegacy: null },
    ...{ rulesetBytecode: '', ipset: '', host },
  });
  if (policy.kind === 'bad') throw new MessageError(policy.why);
  const wasRead = performance.now();
  const { verdict } = reviewPrepared(policy, host, { proto: 'tcp', port: 445 });
  const ended = performance.now();
  const memory = (process.resourceUsage().maxRSS * 1024 - before) / 2 ** 20;
  return { nft: 0, read: wasRead - started, judge: ended - wasRead, memory, verdict };
}

const host = { interfaces: { eth0: ['10.77.1.10/24', 'fd77:1::10/64'], wlan0: ['10.77.2.10/24'] } };

/** `into`: the file for what it prints. Rejects where it does not end well. */
function run(program: string, args: readonly string[], into: string | null): Promise<void> {
  const out = into === null ? null : openSync(into, 'w');
  return new Promise<void>((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', out ?? 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = `${complaint}${chunk}`.slice(-2000);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ended with ${code}. ${complaint}`));
    });
  }).finally(() => {
    if (out !== null) closeSync(out);
  });
}
