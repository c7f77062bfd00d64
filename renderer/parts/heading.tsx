// A heading that can take the focus when what it stands over has just appeared.
import { type ReactNode, useEffect, useRef } from 'react';
import { useTextStyles } from './text-styles';

interface HeadingProps {
  readonly level: 1 | 2;
  /** true = the focus moves here when this heading appears. */
  readonly takesFocus?: boolean;
  readonly children: ReactNode;
}

export function Heading({ level, takesFocus = false, children }: HeadingProps) {
  const text = useTextStyles();
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) ref.current?.focus();
  }, [takesFocus]);
  const Tag = level === 1 ? 'h1' : 'h2';
  return (
    <Tag ref={ref} tabIndex={-1} className={level === 1 ? text.h1 : text.h2}>
      {children}
    </Tag>
  );
}
