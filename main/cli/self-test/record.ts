// The file that a self-test writes: what was seen, step by step; it is whole after each of them, whatever happens next.
import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Message, Words } from '../../model/message';
import { shownJson } from '../../model/untrusted-text';
import { english } from '../../text/en';
import { sayIn } from '../../text/render';
import { writtenOut } from '../../text/written';

import type { CheckId } from './checks';

export interface SelfTestRecord {
  readonly schema: 'breakwater/self-test@1';
  /** When it was begun, ISO 8601 UTC. */
  readonly at: string;
  readonly version: string;
  /** The simulated PC's name, or null on a real one. */
  readonly simulated: string | null;
  readonly steps: readonly StepRecord[];
  /** null = it was cut off. */
  readonly ended: { readonly at: string; readonly how: 'complete' | 'stopped'; readonly why: Message | null } | null;
}

export interface StepRecord {
  readonly check: CheckId;
  readonly title: Message;
  readonly at: string;
  /** With the time a person took to answer. */
  readonly seconds: number;
  readonly result: 'as-expected' | 'not-as-expected' | 'noted' | 'not-told';
  /** What Breakwater saw or did, a line each. */
  readonly saw: readonly Words[];
  /** As typed; null = not asked, or not answered. */
  readonly answer: string | null;
}

/** In English, whatever the language. Written aside and put in place: a reader never sees half of it. */
export function writeRecord(path: string, record: SelfTestRecord): void {
  const draft = `${path}.${process.pid}.part`;
  // Never through a link that somebody laid there: this may be an administrator, in anybody's folder.
  const file = openSync(draft, 'wx');
  try {
    try {
      writeFileSync(file, `${shownJson(writtenOut(record, sayIn(english)))}\n`);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
