// A probe's answer for people. Pure.
import type { Acceptance, SmbAnswer } from '../../model/smb';
import type { ProbeDocument } from '../documents';
import { layDoubts } from './doubts';
import { layFindings } from './inspection';
import type { Page, Tone } from './layout';

export function layProbe(page: Page, { host, port, door, because, addresses, findings, doubts }: ProbeDocument): void {
  const sentences = {
    open: [`OPEN from here: ${host} takes connections to TCP ${port}.`, 'warning'],
    shut: [`SHUT from here: ${host} takes no connection to TCP ${port} from this PC.`, 'good'],
    unknown: [`NOT KNOWN: whether ${host} takes connections to TCP ${port}.`, 'warning'],
  } as const satisfies Record<ProbeDocument['door'], readonly [string, Tone]>;
  const [text, tone] = sentences[door];
  page.say(text, { tone });
  for (const line of because) page.bullet(line);
  const answers = addresses.flatMap(({ smb }) => (smb ? [smb] : []));
  for (const answer of answers) layAnswer(page, answer);
  if (answers.length > 0) layFindings(page, findings, `Findings ("this PC" is ${host})`);
  layDoubts(page, doubts);
}

function layAnswer(page: Page, answer: SmbAnswer): void {
  page.heading(`What ${answer.address} answers`);
  const { ntlm } = answer;
  page.table([
    ['SMB1', answer.smb1 === 'unknown' ? notKnown : answer.smb1],
    ['SMB2 and 3', dialectWords(answer.dialects)],
    ['Signing', answer.signing === 'unknown' ? notKnown : answer.signing],
    ['Encryption', answer.encryption ?? (answer.chosen === null ? notKnown : 'none')],
    ['Compression', answer.compression?.join(', ') ?? (answer.chosen === null ? notKnown : 'none')],
    ...(ntlm ? [['Calls itself', [ntlm.computer, ntlm.domain, ntlm.version].filter(Boolean).join(', ')]] : []),
  ]);
}

const notKnown = 'not known';

/** "none accepted" only where the server has refused each of them. */
function dialectWords(dialects: SmbAnswer['dialects']): string {
  const named = (wanted: Acceptance): readonly string[] =>
    Object.entries(dialects).flatMap(([dialect, one]) => (one === wanted ? [dialect] : []));
  const [accepted, open] = [named('accepted'), named('unknown')];
  if (accepted.length === 0) return open.length === 0 ? 'none accepted' : notKnown;
  return `${accepted.join(', ')}${open.length === 0 ? '' : ` (not known of ${open.join(', ')})`}`;
}
