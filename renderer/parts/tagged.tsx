// A list whose items begin with a tag that says how each stands, and go on with words beside it.
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { type Look, Tag } from './notice';
import { useTextStyles } from './text-styles';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalM },
  item: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'flex-start', flexWrap: 'wrap' },
  tag: { minWidth: '8.5rem', flexShrink: 0 },
  words: { flexBasis: '18rem', flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere', alignItems: 'flex-start' },
});

export function TaggedList({ children }: { readonly children: ReactNode }) {
  return <ul className={useStyles().list}>{children}</ul>;
}

interface TaggedProps {
  readonly look: Look;
  /** What the tag says. */
  readonly word: string;
  readonly children: ReactNode;
}

/** What stands in one item of such a list (without the list item around it). */
export function Tagged({ look, word, children }: TaggedProps) {
  const styles = useStyles();
  const text = useTextStyles();
  return (
    <div className={styles.item}>
      <span className={styles.tag}>
        <Tag tone={look.tone} icon={look.icon}>
          {word}
        </Tag>
      </span>
      <div className={mergeClasses(text.tight, styles.words)}>{children}</div>
    </div>
  );
}
