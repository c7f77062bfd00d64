// What else stood out, the worst first, in plain words, each with where to read more.
import { Button } from '@fluentui/react-components';
import type { Finding, Severity } from '../../preload/contract';
import type { Look } from '../parts/notice';
import { Tagged, TaggedList } from '../parts/tagged';
import { useTextStyles } from '../parts/text-styles';
import { say } from '../say';
import { useWindow } from '../store';
import { words } from '../words';

const looks: Record<Severity, Look> = {
  high: { tone: 'bad', icon: 'error' },
  medium: { tone: 'mind', icon: 'warning' },
  low: { tone: 'plain', icon: 'warning' },
  info: { tone: 'plain', icon: 'info' },
};
const order: readonly Severity[] = ['high', 'medium', 'low', 'info'];

export function Findings() {
  const text = useTextStyles();
  const findings = useWindow((state) => state.findings);
  const isWhole = useWindow((state) => !state.isChecking && !state.isStopped && state.door !== null);
  const openReference = useWindow((state) => state.openReference);
  // "Nothing stood out" may be said only after a whole look.
  if (findings.length === 0 && !isWhole) return null;
  return (
    <section className={text.tight}>
      <h2 className={text.h2}>{words.check.findings}</h2>
      {findings.length === 0 ? <p className={text.paragraph}>{words.check.noFindings}</p> : null}
      <TaggedList>
        {bySeverity(findings).map((finding) => (
          <li key={finding.id + JSON.stringify(finding.because)}>
            <Tagged look={looks[finding.severity]} word={words.severity[finding.severity]}>
              <h3 className={text.h3}>{say(finding.title)}</h3>
              <p className={text.paragraph}>{say(finding.detail)}</p>
              <p className={text.quiet}>{words.check.restsOn(say(finding.because))}</p>
              <Button
                size="small"
                aria-label={`${words.readMore}: ${say(finding.title)}`}
                onClick={() => void openReference(finding.reference)}
              >
                {words.readMore}
              </Button>
            </Tagged>
          </li>
        ))}
      </TaggedList>
    </section>
  );
}

/** The worst first; equal ones stay in their order. */
function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
