// One rule: what it does, in its owner's terms first, then as it is written, where, and what would change it.
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ShownRule } from '../../preload/contract';
import { Command } from '../parts/command';
import type { Look } from '../parts/notice';
import { Tagged } from '../parts/tagged';
import { useTextStyles } from '../parts/text-styles';
import { words } from '../words';

const say = words.firewallPage;

const looks: Record<ShownRule['effect'], Look> = {
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
  },
  advice: { width: '100%' },
});

export function RuleView({ item: rule }: { readonly item: ShownRule }) {
  const styles = useStyles();
  const text = useTextStyles();
  const { effect, says, where, advice, rest } = rule;
  return (
    <div className={styles.rule}>
      <Tagged look={looks[effect]} word={say.effect[effect]}>
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
      </Tagged>
    </div>
  );
}
