// The answer of the usual SMB server, asked for while the program was still loading.
import type { SmbAnswer } from '../../../model/smb';
import { probe } from '../../../smb/probe';
import { filesUnder } from './files';
import { usualTarget } from './negotiation';
import { surelyServes } from './sockets';

let early: Promise<SmbAnswer> | null = null;

export function askEarly(): void {
  if (surelyServes(filesUnder('/'))) early = probe(usualTarget);
}

/** Once: a later inspection asks anew. */
export function takeEarlyAnswer(): Promise<SmbAnswer> | null {
  const answer = early;
  early = null;
  return answer;
}
