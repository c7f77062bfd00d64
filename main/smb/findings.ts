// What the answers of an SMB server mean for the safety of this PC, as findings for people. Pure.
import type { SmbServer } from '../model/facts';
import { type Message, message, messageKey, verbatim } from '../model/message';
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
    const because = message('evidence.answers', {
      endpoints: shown.map((answer) => message('evidence.answer-of', { endpoint: endpoint(answer) })),
    });
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
      const { advice, reference } = adviceFor(turnOffSmb1, makes);
      return {
        title: message('finding.smb1-accepted.title'),
        detail: message('finding.smb1-accepted.detail', { advice }),
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
      const { advice, reference } = adviceFor(requireSigning, makes);
      return {
        title: shown.some((answer) => answer.signing === 'off')
          ? message('finding.signing-not-required.title.off')
          : message('finding.signing-not-required.title.offered'),
        detail: message('finding.signing-not-required.detail', { advice }),
        reference,
      };
    },
  },
  {
    id: 'smb3-not-accepted',
    severity: 'medium',
    shows: (answer) => answer.chosen === '2.0.2' || answer.chosen === '2.1',
    tell: (shown) => ({
      title: message('finding.smb3-not-accepted.title', {
        dialects: [...new Set(shown.map((answer) => answer.chosen ?? ''))],
      }),
      detail: message('finding.smb3-not-accepted.detail'),
      reference: smb3Manual,
    }),
  },
  {
    // Low: what is missing is privacy on the network, not a way in. SMB 2 alone is told by the finding above.
    id: 'encryption-not-offered',
    severity: 'low',
    shows: (answer) => answer.chosen?.startsWith('3') === true && answer.encryption === null,
    tell: (_, makes) => {
      const { advice, reference } = adviceFor(allowEncryption, makes);
      return {
        title: message('finding.encryption-not-offered.title'),
        detail: message('finding.encryption-not-offered.detail', { advice }),
        reference,
      };
    },
  },
  {
    id: 'compression-on',
    severity: 'info',
    shows: mayHaveCompressionHole,
    tell: () => ({
      title: message('finding.compression-on.title'),
      detail: message('finding.compression-on.detail'),
      reference: 'https://msrc.microsoft.com/update-guide/vulnerability/CVE-2020-0796',
    }),
  },
  {
    id: 'ntlm-identity-told',
    severity: 'info',
    shows: (answer) => answer.ntlm !== null,
    tell: (shown) => ({
      title: message('finding.ntlm-identity-told.title'),
      detail: message('finding.ntlm-identity-told.detail', { told: identities(shown) }),
      reference:
        'https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-nlmp/801a4681-8809-4be9-ab0d-61dcfe762786',
    }),
  },
  {
    id: 'smb-questions-open',
    severity: 'info',
    shows: (answer) => answer.problems.length > 0,
    tell: (shown) => ({
      title: message('finding.smb-questions-open.title'),
      detail: message('finding.smb-questions-open.detail', {
        problems: distinct(shown.flatMap(({ problems }) => problems)),
      }),
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

function identities(answers: readonly SmbAnswer[]): readonly Message[] {
  const told = answers.flatMap(({ ntlm }) => {
    if (ntlm === null) return [];
    const { computer, domain, dnsComputer, dnsDomain, forest, version } = ntlm;
    const names = [computer, domain, dnsComputer, dnsDomain, forest].filter((name) => name !== null).map(verbatim);
    return version === null ? names : [...names, message('finding.ntlm-identity-told.version', { version })];
  });
  return told.length === 0 ? [message('finding.ntlm-identity-told.clock')] : distinct(told);
}

const distinct = (messages: readonly Message[]): readonly Message[] => [
  ...new Map(messages.map((one) => [messageKey(one), one])).values(),
];

function endpoint(answer: SmbAnswer): string {
  return answer.address.includes(':') ? `[${answer.address}]:${answer.port}` : `${answer.address}:${answer.port}`;
}
