// A box with an icon that says something: good, bad, to mind, or just so. Colour only repeats what icon and words say.
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons';

export type Tone = 'good' | 'bad' | 'mind' | 'plain';

/** How a state looks. */
export interface Look {
  readonly tone: Tone;
  readonly icon: IconName;
}

const useStyles = makeStyles({
  box: {
    display: 'flex',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    flexGrow: 1,
    minWidth: 0,
    overflowWrap: 'anywhere',
    justifyContent: 'center',
  },
  icon: { flexShrink: 0, display: 'flex', alignItems: 'flex-start', paddingTop: '1px' },
  good: { borderLeft: `4px solid ${tokens.colorStatusSuccessBorderActive}` },
  bad: { borderLeft: `4px solid ${tokens.colorStatusDangerBorderActive}` },
  mind: { borderLeft: `4px solid ${tokens.colorStatusWarningBorderActive}` },
  plain: { borderLeft: `4px solid ${tokens.colorNeutralStrokeAccessible}` },
});

const useIconStyles = makeStyles({
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  mind: { color: tokens.colorStatusWarningForeground1 },
  plain: { color: tokens.colorNeutralForeground2 },
});

interface NoticeProps {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly iconSize?: number;
  /** alert = read out at once (something went wrong). */
  readonly role?: 'alert';
  readonly children: ReactNode;
}

export function Notice({ tone, icon, iconSize = 20, role, children }: NoticeProps) {
  const styles = useStyles();
  const colours = useIconStyles();
  return (
    <div className={mergeClasses(styles.box, styles[tone])} role={role}>
      <span className={mergeClasses(styles.icon, colours[tone])}>
        <Icon name={icon} size={iconSize} />
      </span>
      <div className={styles.body}>{children}</div>
    </div>
  );
}

/** One or two words with an icon, inside a line. */
export function Tag({
  tone,
  icon,
  children,
}: {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly children: string;
}) {
  const styles = useTagStyles();
  const colours = useIconStyles();
  return (
    <span className={styles.tag}>
      <span className={mergeClasses(styles.icon, colours[tone])}>
        <Icon name={icon} size={16} />
      </span>
      {children}
    </span>
  );
}

const useTagStyles = makeStyles({
  tag: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    whiteSpace: 'nowrap',
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase200,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusCircular,
    padding: `1px ${tokens.spacingHorizontalS}`,
  },
  icon: { display: 'inline-flex' },
});
