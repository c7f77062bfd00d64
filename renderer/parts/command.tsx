// A command for an administrator, with a button that copies it.
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import { words } from '../words';
import { Icon } from './icons';
import { useTextStyles } from './text-styles';

const useStyles = makeStyles({
  line: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-start', flexWrap: 'wrap' },
  code: { flexGrow: 1, flexBasis: '16rem' },
});

export function Command({ text: command }: { readonly text: string }) {
  const styles = useStyles();
  const text = useTextStyles();
  const code = useRef<HTMLElement>(null);
  const [said, setSaid] = useState('');

  // Copying what is selected needs a key press or a click only; the app grants the page no permissions, the clipboard's neither.
  const copy = (): void => {
    if (code.current) getSelection()?.selectAllChildren(code.current);
    setSaid(document.execCommand('copy') ? words.copied : words.copyByHand);
  };

  return (
    <div className={text.tight}>
      <div className={styles.line}>
        <code ref={code} className={`${text.code} ${styles.code}`}>
          {command}
        </code>
        <Button icon={<Icon name="copy" size={16} />} onClick={copy}>
          {words.copy}
        </Button>
      </div>
      <output className={text.quiet}>{said}</output>
    </div>
  );
}
