// A list that may be very long: one page of it is drawn at a time, so that the window stays quick.
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { type ReactNode, useRef, useState } from 'react';
import { words } from '../words';
import { useTextStyles } from './text-styles';

const pageSize = 50;

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  place: { outlineStyle: 'none' },
});

interface PagedListProps<T> {
  readonly label: string;
  /** Another array begins at its first page again. */
  readonly items: readonly T[];
  /** The item at this index, without a list item around it. */
  readonly draw: (item: T) => ReactNode;
}

export function PagedList<T>({ label, items, draw }: PagedListProps<T>) {
  const styles = useStyles();
  const text = useTextStyles();
  const place = useRef<HTMLParagraphElement>(null);
  const [page, setPage] = useState({ of: items, first: 0 });
  const first = page.of === items ? page.first : 0;
  const last = Math.min(first + pageSize, items.length);
  const go = (to: number): void => {
    setPage({ of: items, first: to });
    place.current?.focus();
  };
  return (
    <div className={text.tight}>
      {items.length > pageSize ? (
        <p ref={place} tabIndex={-1} className={`${text.quiet} ${styles.place}`}>
          {words.list.place(first + 1, last, items.length)}
        </p>
      ) : null}
      <ol className={styles.list} aria-label={label} start={first + 1}>
        {items.slice(first, last).map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place in the list and keeps no state of its own
          <li key={first + index}>{draw(item)}</li>
        ))}
      </ol>
      {items.length > pageSize ? (
        <div className={text.buttons}>
          <Button size="small" disabledFocusable={first === 0} onClick={() => go(Math.max(0, first - pageSize))}>
            {words.list.before}
          </Button>
          <Button size="small" disabledFocusable={last === items.length} onClick={() => go(first + pageSize)}>
            {words.list.after}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
