// What the answers of an SMB server mean for the safety of this PC, as findings for people. Pure.
import type { SmbServer } from '../model/facts';
import type { SmbAnswer } from '../model/smb';
import type { Finding, Severity } from '../model/verdicts';
import { adviceFor, allowEncryption, requireSigning, smb3Manual, turnOffSmb1 } from './advice';
import { serverFindings } from './server-findings';
import type { ServerMake } from './server-make';

/**
 * The weaknesses, most severe first; all answers that show the same weakness share one finding. `makeOf` tells whose answer one is
 * (server-make.ts): advice is for that server.
 */
export function smbFindings(
  answers: readonly SmbAnswer[],
  servers: readonly SmbServer[],
  makeOf: (answer: SmbAnswer) => ServerMake,
): readonly Finding[] {
  const fromAnswers = weaknesses.flatMap(({ id, severity, shows, tell }) => {
    const shown = answers.filter((answer) => shows(answer, makeOf(answer)));
    if (shown.length === 0) return [];
    const because = `answer of ${shown.map(endpoint).join(' and of ')}`;
    return [{ id, severity, ...tell(shown, shown.map(makeOf)), because }];
  });
  return [...fromAnswers, ...servers.flatMap(serverFindings)].sort(
    (one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity),
  );
}

const severities: readonly Severity[] = ['high', 'medium', 'low', 'info'];

interface Weakness {
  readonly id: string;
  readonly severity: Severity;
  shows(answer: SmbAnswer, make: ServerMake): boolean;
  /** `makes`: those of `shown`, in their order. */
  tell(shown: readonly SmbAnswer[], makes: readonly ServerMake[]): Pick<Finding, 'title' | 'detail' | 'reference'>;
}

const weaknesses: readonly Weakness[] = [
  {
    id: 'smb1-accepted',
    severity: 'high',
    shows: (answer) => answer.smb1 === 'accepted',
    tell: (_, makes) => {
      const { how, reference } = adviceFor(turnOffSmb1, makes);
      return {
        title: 'This PC still speaks SMB1',
        detail: `SMB1 is the old version of Windows file sharing. Worms such as WannaCry spread through it, and it has no protection against someone who listens in. ${how}`,
        reference,
      };
    },
  },
  {
    // Medium, however the server puts it: a relay attacker picks what is not required, so "offered" protects no one (every SMB2
    // server can sign). Not high: it takes someone on the network who also brings a victim to log on.
    id: 'signing-not-required',
    severity: 'medium',
    shows: (answer) => answer.signing === 'offered' || answer.signing === 'off',
    tell: (shown, makes) => {
      const { how, reference } = adviceFor(requireSigning, makes);
      return {
        title: shown.some((answer) => answer.signing === 'off')
          ? 'File sharing on this PC does not sign its messages'
          : 'File sharing on this PC does not insist on signed messages',
        detail: `Without signing, someone on the same network can slip into a connection or pass on another person's log-on. ${how}`,
        reference,
      };
    },
  },
  {
    id: 'smb3-not-accepted',
    severity: 'medium',
    shows: (answer) => answer.chosen === '2.0.2' || answer.chosen === '2.1',
    tell: (shown) => ({
      title: `This PC speaks SMB ${[...new Set(shown.map((answer) => answer.chosen))].join(' and ')} at most`,
      detail:
        'SMB 2 can neither encrypt files on their way nor notice when someone weakens the connection; SMB 3 can, and has been there since 2012. Update the file server, or allow SMB 3 in its settings.',
      reference: smb3Manual,
    }),
  },
  {
    // Low: what is missing is privacy on the network, not a way in. SMB 2 alone is told by the finding above.
    id: 'encryption-not-offered',
    severity: 'low',
    shows: (answer) => answer.chosen?.startsWith('3') === true && answer.encryption === null,
    tell: (_, makes) => {
      const { how, reference } = adviceFor(allowEncryption, makes);
      return {
        title: 'File sharing on this PC does not encrypt',
        detail: `Files that others open on this PC cross the network readable for anyone who listens in. ${how}`,
        reference,
      };
    },
  },
  {
    id: 'compression-on',
    severity: 'info',
    shows: mayHaveCompressionHole,
    tell: () => ({
      title: 'SMB compression is switched on',
      detail:
        'The code path of CVE-2020-0796 (SMBGhost) is switched on. Whether it is patched cannot be seen in the answer: the patch level decides. Windows 10 1903 needs build 18362.720 or later, 1909 needs 18363.720 or later.',
      reference: 'https://msrc.microsoft.com/update-guide/vulnerability/CVE-2020-0796',
    }),
  },
  {
    id: 'ntlm-identity-told',
    severity: 'info',
    shows: (answer) => answer.ntlm !== null,
    tell: (shown) => ({
      title: 'This PC tells strangers its name',
      detail: `Anyone who can connect is told, before any log-on: ${identities(shown)}. That is how NTLM works and cannot be switched off by itself; it helps an attacker to choose. Closing the port to strangers ends it.`,
      reference:
        'https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-nlmp/801a4681-8809-4be9-ab0d-61dcfe762786',
    }),
  },
  {
    id: 'smb-questions-open',
    severity: 'info',
    shows: (answer) => answer.problems.length > 0,
    tell: (shown) => ({
      title: 'Some questions to the file server stayed open',
      detail: `${[...new Set(shown.flatMap((answer) => answer.problems))].join(' ')} What is not known counts neither as safe nor as unsafe; inspect again in a moment.`,
      reference:
        'https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-smb2/63abf97c-0d09-47e2-88d6-6bfa552949a5',
    }),
  },
];

/**
 * 3.1.1 with compression, unless the server is known to be none of Windows' or names a Windows build other than those that the advisory
 * lists (1903 and 1909).
 */
function mayHaveCompressionHole(answer: SmbAnswer, make: ServerMake): boolean {
  if ((make !== 'windows' && make !== 'unknown') || answer.dialects['3.1.1'] !== 'accepted') return false;
  if (answer.compression === null || answer.compression.length === 0) return false;
  const version = answer.ntlm?.version ?? null;
  return version === null || version === '10.0.18362' || version === '10.0.18363';
}

function identities(answers: readonly SmbAnswer[]): string {
  const told = answers.flatMap(({ ntlm }) => {
    if (ntlm === null) return [];
    const { computer, domain, dnsComputer, dnsDomain, forest, version } = ntlm;
    const names = [computer, domain, dnsComputer, dnsDomain, forest].filter((name) => name !== null);
    return version === null ? names : [...names, `version ${version}`];
  });
  return told.length === 0 ? 'its clock' : [...new Set(told)].join(', ');
}

function endpoint(answer: SmbAnswer): string {
  return answer.address.includes(':') ? `[${answer.address}]:${answer.port}` : `${answer.address}:${answer.port}`;
}
