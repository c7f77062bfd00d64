// One rule: what it does, in its owner's terms first, then as it is written, where, and what would change it.
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ShownRule } from '../../preload/contract';
import { Command } from '../parts/command';
import type { IconName } from '../parts/icons';
import { Tag, type Tone } from '../parts/notice';
import { useTextStyles } from '../parts/text-styles';
import { words } from '../words';

const say = words.firewallPage;

const looks: Record<ShownRule['effect'], { readonly tone: Tone; readonly icon: IconName }> = {
  allow: { tone: 'bad', icon: 'door-open' },
  block: { tone: 'good', icon: 'door-shut' },
  default: { tone: 'plain', icon: 'info' },
  shadowed: { tone: 'plain', icon: 'cross' },
  unsure: { tone: 'mind', icon: 'question' },
  listed: { tone: 'plain', icon: 'info' },
};

const useStyles = makeStyles({
  rule: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalXS,
    overflowWrap: 'anywhere',
  },
  advice: { width: '100%' },
});

export function RuleView({ rule }: { readonly rule: ShownRule }) {
  const styles = useStyles();
  const text = useTextStyles();
  const { effect, says, where, advice, rest } = rule;
  return (
    <div className={styles.rule}>
      <Tag tone={looks[effect].tone} icon={looks[effect].icon}>
        {say.effect[effect]}
      </Tag>
      {says === null ? null : <span>{effect === 'unsure' ? say.unsureWhy(says) : says}</span>}
      <code className={text.mono}>{rule.text}</code>
      {rest > 0 ? <span className={text.quiet}>{words.page.cut(rest)}</span> : null}
      {where === null ? null : <span className={text.quiet}>{say.where(where)}</span>}
      {advice === null ? null : (
        <div className={mergeClasses(styles.advice, text.tight)}>
          <span className={text.quiet}>{say.advice}</span>
          <Command text={advice} />
        </div>
      )}
    </div>
  );
}
