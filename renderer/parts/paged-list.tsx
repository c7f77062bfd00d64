// One page of a list that may be very long, and the way to the pages before and after it.
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { type ComponentType, memo, useEffect, useRef } from 'react';
import { words } from '../words';
import { useTextStyles } from './text-styles';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  place: { outlineStyle: 'none' },
});

interface PagedListProps<T> {
  readonly label: string;
  /** The items of this page. */
  readonly items: readonly T[];
  /** The place of its first item in the whole list, and how many there are in all. */
  readonly first: number;
  readonly all: number;
  /** Wants the page on which this place lies. */
  readonly onTurn: (place: number) => void;
  /** Draws an item, without a list item around it. */
  readonly Item: ComponentType<{ readonly item: T }>;
}

export function PagedList<T>({ label, items, first, all, onTurn, Item }: PagedListProps<T>) {
  const styles = useStyles();
  const text = useTextStyles();
  const place = useRef<HTMLParagraphElement>(null);
  const isTurning = useRef(false);
  const last = first + items.length;
  const isPaged = first > 0 || last < all;

  // The focus goes to the new page once it is there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another first item is another page
  useEffect(() => {
    if (isTurning.current) place.current?.focus();
    isTurning.current = false;
  }, [first]);

  const turn = (to: number): void => {
    isTurning.current = true;
    onTurn(to);
  };
  return (
    <div className={text.tight}>
      {isPaged ? (
        <p ref={place} tabIndex={-1} className={`${text.quiet} ${styles.place}`}>
          {words.list.place(first + 1, last, all)}
        </p>
      ) : null}
      <Items label={label} items={items} first={first} Item={Item} />
      {isPaged ? (
        <div className={text.buttons}>
          <Button size="small" disabledFocusable={first === 0} onClick={() => turn(first - 1)}>
            {words.list.before}
          </Button>
          <Button size="small" disabledFocusable={last >= all} onClick={() => turn(last)}>
            {words.list.after}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** Drawn again only when the page is another one: a list of fifty takes longer to draw than a key press may. */
const Items = memo(ItemList) as typeof ItemList;

function ItemList<T>({ label, items, first, Item }: Pick<PagedListProps<T>, 'label' | 'items' | 'first' | 'Item'>) {
  const styles = useStyles();
  return (
    <ol className={styles.list} aria-label={label} start={first + 1}>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place in the list and keeps no state of its own
        <li key={first + index}>
          <Item item={item} />
        </li>
      ))}
    </ol>
  );
}
