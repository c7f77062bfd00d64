// A probe's answer for people. Pure.
import { message, type Words } from '../../model/message';
import type { Acceptance, SmbAnswer } from '../../model/smb';
import type { ProbeDocument } from '../documents';
import { layDoubts } from './doubts';
import { layFindings } from './inspection';
import type { Page, Tone } from './layout';

export function layProbe(page: Page, { host, port, door, because, addresses, findings, doubts }: ProbeDocument): void {
  const tones = { open: 'warning', shut: 'good', unknown: 'warning' } as const satisfies Record<
    ProbeDocument['door'],
    Tone
  >;
  page.say(message(`page.probe.${door}`, { host, port }), { tone: tones[door] });
  for (const line of because) page.bullet(line);
  const answers = addresses.flatMap(({ smb }) => (smb ? [smb] : []));
  for (const answer of answers) layAnswer(page, answer);
  if (answers.length > 0) layFindings(page, findings, message('page.heading.findings-of', { host }));
  layDoubts(page, doubts);
}

function layAnswer(page: Page, answer: SmbAnswer): void {
  page.heading(message('page.probe.answers', { address: answer.address }));
  const { ntlm, smb1, signing, chosen } = answer;
  const absent = chosen === null ? notKnown : message('page.none');
  page.table([
    ['SMB1', smb1 === 'unknown' ? notKnown : message(`page.probe.value.${smb1}`)],
    [message('page.probe.label.newer'), dialectCell(answer.dialects)],
    [message('page.probe.label.signing'), signing === 'unknown' ? notKnown : message(`page.probe.value.${signing}`)],
    [message('page.probe.label.encryption'), answer.encryption ?? absent],
    [message('page.probe.label.compression'), answer.compression?.join(', ') ?? absent],
    ...(ntlm
      ? [
          [
            message('page.probe.label.calls-itself'),
            [ntlm.computer, ntlm.domain, ntlm.version].filter(Boolean).join(', '),
          ],
        ]
      : []),
  ]);
}

const notKnown = message('page.not-known');

/** "none accepted" only where the server has refused each of them. */
function dialectCell(dialects: SmbAnswer['dialects']): Words {
  const named = (wanted: Acceptance): readonly string[] =>
    Object.entries(dialects).flatMap(([dialect, one]) => (one === wanted ? [dialect] : []));
  const [accepted, open] = [named('accepted'), named('unknown')];
  if (accepted.length === 0) return open.length === 0 ? message('page.probe.none-accepted') : notKnown;
  return open.length === 0 ? accepted.join(', ') : message('page.probe.accepted-but', { accepted, open });
}
