// A box that scrolls sideways where what is in it is too wide; then, and only then, it can be reached by keyboard.
import { makeStyles } from '@fluentui/react-components';
import { type ReactNode, useEffect, useRef, useState } from 'react';

const useStyles = makeStyles({ box: { overflowX: 'auto' } });

export function Sideways({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const styles = useStyles();
  const box = useRef<HTMLElement>(null);
  const [isTooWide, setTooWide] = useState(false);
  // Whatever was drawn may have another width than before.
  useEffect(() => {
    const measure = (): void => {
      if (box.current) setTooWide(box.current.scrollWidth > box.current.clientWidth);
    };
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  });
  return (
    <section ref={box} className={styles.box} {...(isTooWide ? { 'aria-label': label, tabIndex: 0 } : {})}>
      {children}
    </section>
  );
}
