// The shield as it stands: its state in a sentence with an icon, its terms, its proof, who knocked, and what can be done.
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { proofLines } from '../../main/shared/shield-proof';
import type { Counted, Shield, ShieldState, ShieldVerdict } from '../../preload/contract';
import { type Look, Notice } from '../parts/notice';
import { useTextStyles } from '../parts/text-styles';
import { say } from '../say';
import { useWindow } from '../store';
import { toMinute } from '../times';
import { words } from '../words';
import { KeeperView } from './keeper-view';
import { LookButton } from './look-button';
import { untilWords } from './shield-end-words';
import { exceptionsOf } from './wish-draft';

const looks: Record<ShieldState, Look> = {
  none: { tone: 'plain', icon: 'shield' },
  up: { tone: 'good', icon: 'shield-check' },
  kept: { tone: 'good', icon: 'shield-check' },
  recorded: { tone: 'mind', icon: 'question' },
  damaged: { tone: 'bad', icon: 'shield-broken' },
  expired: { tone: 'mind', icon: 'shield-broken' },
  interrupted: { tone: 'bad', icon: 'warning' },
  foreign: { tone: 'mind', icon: 'warning' },
  unknown: { tone: 'mind', icon: 'question' },
};
const mostSources = 20;

const useStyles = makeStyles({
  terms: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXXS,
    margin: 0,
    '& dt': { color: tokens.colorNeutralForeground2 },
    '& dd': { margin: 0 },
  },
  table: {
    borderCollapse: 'collapse',
    alignSelf: 'flex-start',
    '& th, & td': { textAlign: 'left', padding: `2px ${tokens.spacingHorizontalL} 2px 0` },
  },
});

export function ShieldStatus() {
  const text = useTextStyles();
  const verdict = useWindow((state) => state.shield);
  const settle = useWindow((state) => state.settle);
  const canLook = useWindow((state) => state.facts.ruleset?.state !== 'known' && state.act.kind !== 'running');
  if (!verdict)
    return (
      <Notice tone="plain" icon="waiting">
        {words.shield.looking}
      </Notice>
    );
  const { tone, icon } = looks[verdict.state];
  const todo = words.shield.todo[verdict.state];
  return (
    <Notice tone={tone} icon={icon}>
      <h2 className={text.h3}>{words.shield.title[verdict.state]}</h2>
      {todo ? <p className={text.paragraph}>{todo}</p> : null}
      {verdict.shield ? <Terms shield={verdict.shield} verdict={verdict} /> : null}
      <Because verdict={verdict} />
      {verdict.counted ? <Attempts counted={verdict.counted} /> : null}
      {verdict.kept && (verdict.kept.shield || verdict.kept.ended) ? <KeeperView kept={verdict.kept} /> : null}
      {verdict.state === 'interrupted' ? (
        <div>
          <Button appearance="primary" onClick={() => void settle()}>
            {words.shield.settle}
          </Button>
        </div>
      ) : null}
      {canLook && (verdict.state === 'recorded' || verdict.state === 'unknown') ? <LookButton /> : null}
    </Notice>
  );
}

function Terms({ shield, verdict }: { readonly shield: Shield; readonly verdict: ShieldVerdict }) {
  const styles = useStyles();
  const exceptions = exceptionsOf(shield);
  const terms: readonly (readonly [string, string])[] = [
    [words.shield.since, toMinute(shield.since)],
    ...(verdict.end === null ? [] : [[words.shield.until, untilWords(verdict.end, shield.reason, toMinute)] as const]),
    [words.shield.reason, shield.reason ?? words.shield.noReason],
    [words.shield.exceptions, exceptions.length > 0 ? exceptions.join(', ') : words.shield.nobody],
    [words.shield.outbound, shield.outbound ? words.shield.outboundBlocked : words.shield.outboundFree],
    ...(shield.workarounds.length > 0 ? [[words.shield.switchedOff, switchedOff(shield)] as const] : []),
    [words.shield.provedAt, verdict.provedAt === null ? words.shield.never : toMinute(verdict.provedAt)],
  ];
  return (
    <dl className={styles.terms}>
      {terms.map(([term, what]) => (
        <div key={term} style={{ display: 'contents' }}>
          <dt>{term}</dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}

function switchedOff({ workarounds, rules }: Shield): string {
  const labels = workarounds.map((one) => words.form.workaround[one].label);
  return [...labels, ...(rules ? [] : [words.shield.noRules])].join(', ');
}

/** Where all is well the lines are a proof, folded away but for what is to be minded; else they are the reason, in plain sight. */
function Because({ verdict: { state, because, warnings = [] } }: { readonly verdict: ShieldVerdict }) {
  const text = useTextStyles();
  if (because.length === 0 || state === 'none') return null;
  if (state !== 'up' && state !== 'kept') return <Lines lines={because.map(say)} />;
  const proof = proofLines({ because, warnings });
  return (
    <>
      {warnings.length > 0 ? <Lines lines={warnings.map(say)} /> : null}
      {proof.length > 0 ? (
        <details className={text.fold}>
          <summary>{words.shield.proof}</summary>
          <Lines lines={proof.map(say)} />
        </details>
      ) : null}
    </>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  const text = useTextStyles();
  return (
    <ul className={text.list}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Attempts({ counted }: { readonly counted: Counted }) {
  const text = useTextStyles();
  const styles = useStyles();
  const { attempts } = counted;
  return (
    <details className={text.fold} open={attempts.length > 0}>
      <summary>{words.shield.attempts}</summary>
      <div className={text.tight}>
        <p className={text.paragraph}>
          {words.shield.attemptsTotal(counted.blocked, counted.allowed, counted.outboundBlocked)}
        </p>
        {attempts.length === 0 ? (
          <p className={text.paragraph}>{words.shield.attemptsNone}</p>
        ) : (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{words.shield.from}</th>
                <th scope="col">{words.shield.packets}</th>
              </tr>
            </thead>
            <tbody>
              {attempts.slice(0, mostSources).map(({ address, packets }) => (
                <tr key={address}>
                  <td className={text.mono}>{address}</td>
                  <td>{packets}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {attempts.length > mostSources ? (
          <p className={text.quiet}>{words.shield.moreSources(attempts.length - mostSources)}</p>
        ) : null}
      </div>
    </details>
  );
}
