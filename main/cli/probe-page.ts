// A probe's answer for people. Pure.
import type { SmbAnswer } from '../model/smb';
import type { ProbeDocument } from './documents';
import { layFindings } from './inspect-page';
import type { Page, Tone } from './layout';

export function layProbe(page: Page, { host, port, door, because, addresses, findings }: ProbeDocument): void {
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
}

function layAnswer(page: Page, answer: SmbAnswer): void {
  page.heading(`What ${answer.address} answers`);
  const accepted = Object.entries(answer.dialects).flatMap(([dialect, one]) => (one === 'accepted' ? [dialect] : []));
  const { ntlm } = answer;
  page.table([
    ['SMB1', answer.smb1],
    ['SMB2 and 3', accepted.length === 0 ? 'none accepted' : accepted.join(', ')],
    ['Signing', answer.signing],
    ['Encryption', answer.encryption ?? 'none, or not known'],
    ['Compression', answer.compression?.join(', ') ?? 'none, or not known'],
    ...(ntlm ? [['Calls itself', [ntlm.computer, ntlm.domain, ntlm.version].filter(Boolean).join(', ')]] : []),
  ]);
  for (const problem of answer.problems) page.bullet(problem);
}
