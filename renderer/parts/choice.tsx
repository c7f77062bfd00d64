// The system's own check boxes and radio buttons with a label: they need no drawing of ours in any contrast mode.
import { makeStyles, tokens } from '@fluentui/react-components';
import { type ReactNode, useId } from 'react';
import { useTextStyles } from './text-styles';

const useStyles = makeStyles({
  row: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  box: { accentColor: tokens.colorBrandBackground, width: '18px', height: '18px', margin: '1px 0 0', flexShrink: 0 },
});

interface ChoiceProps {
  readonly type: 'checkbox' | 'radio';
  readonly name?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly hint?: string;
  readonly error?: string | null;
  readonly children: ReactNode;
}

export function Choice({ type, name, checked, onChange, hint, error, children }: ChoiceProps) {
  const styles = useStyles();
  const text = useTextStyles();
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={styles.row}>
      <input
        id={id}
        type={type}
        name={name}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className={styles.box}
        aria-describedby={described || undefined}
        aria-invalid={error ? true : undefined}
      />
      <div>
        <label htmlFor={id}>{children}</label>
        {hint ? (
          <p id={`${id}-hint`} className={text.quiet}>
            {hint}
          </p>
        ) : null}
        {error ? <Wrong id={`${id}-error`}>{error}</Wrong> : null}
      </div>
    </div>
  );
}

const useWrongStyles = makeStyles({
  wrong: { color: tokens.colorStatusDangerForeground1, margin: 0, fontSize: tokens.fontSizeBase200 },
});

/** What is wrong with a field, read out at once. */
function Wrong({ id, children }: { readonly id: string; readonly children: string }) {
  const styles = useWrongStyles();
  return (
    <p id={id} role="alert" className={styles.wrong}>
      {children}
    </p>
  );
}
