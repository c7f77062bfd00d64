// Light or dark as the system has it, switched while the window is open.
import { FluentProvider, makeStaticStyles, makeStyles, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { type ReactNode, useSyncExternalStore } from 'react';

const useStaticStyles = makeStaticStyles({
  'html, body, #window': { height: '100%', margin: 0, overflow: 'hidden' },
  // Fluent's own parts bring their focus ring; these are the plain ones.
  'nav button:focus-visible, summary:focus-visible, pre:focus-visible, section:focus-visible, input:is([type="checkbox"], [type="radio"]):focus-visible':
    { outline: '2px solid currentColor', outlineOffset: '2px' },
});
const useStyles = makeStyles({ whole: { height: '100%' } });

const query = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

function listen(onChange: () => void): () => void {
  const dark = query();
  dark.addEventListener('change', onChange);
  return () => dark.removeEventListener('change', onChange);
}

export function SystemTheme({ children }: { readonly children: ReactNode }) {
  useStaticStyles();
  const styles = useStyles();
  const isDark = useSyncExternalStore(listen, () => query().matches);
  return (
    <FluentProvider theme={isDark ? webDarkTheme : webLightTheme} className={styles.whole}>
      {children}
    </FluentProvider>
  );
}
