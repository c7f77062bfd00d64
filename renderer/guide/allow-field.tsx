// The addresses that may still connect, one a line, with buttons to add and remove; a pasted list becomes several lines.
import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { type ClipboardEvent, useEffect, useRef, useState } from 'react';
import { Icon } from '../parts/icons';
import { useTextStyles } from '../parts/text-styles';
import { words } from '../words';

const useStyles = makeStyles({
  group: {
    border: 'none',
    margin: 0,
    padding: 0,
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    alignItems: 'flex-start',
    '& > legend': { padding: 0, fontWeight: tokens.fontWeightSemibold },
  },
  line: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-start', width: '100%' },
  field: { flexGrow: 1, maxWidth: '26rem' },
});

interface AllowFieldProps {
  readonly allow: readonly string[];
  /** What is wrong with a line, by its index. */
  readonly faults: Readonly<Record<number, string>>;
  readonly onChange: (allow: readonly string[]) => void;
}

export function AllowField({ allow, faults, onChange }: AllowFieldProps) {
  const styles = useStyles();
  const text = useTextStyles();
  const group = useRef<HTMLFieldSetElement>(null);
  const [focusLine, setFocusLine] = useState<number | null>(null);

  useEffect(() => {
    if (focusLine === null) return;
    const lines = group.current?.querySelectorAll('input');
    (lines?.[focusLine] ?? group.current?.querySelector<HTMLElement>(':scope > button'))?.focus();
    setFocusLine(null);
  }, [focusLine]);

  const paste = (event: ClipboardEvent, index: number): void => {
    const pasted = event.clipboardData
      .getData('text')
      .split(/[\s,;]+/)
      .filter((part) => part !== '');
    if (pasted.length < 2) return;
    event.preventDefault();
    const before = allow.slice(0, index);
    const kept = (allow[index] ?? '').trim() === '' ? [] : [allow[index] ?? ''];
    onChange([...before, ...kept, ...pasted, ...allow.slice(index + 1)]);
  };

  return (
    <fieldset ref={group} className={styles.group}>
      <legend>{words.form.allow}</legend>
      <p className={text.quiet}>{words.form.allowHint}</p>
      {allow.map((address, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the list and keeps no state of its own
        <div key={index} className={styles.line}>
          <Field className={styles.field} {...(faults[index] ? { validationMessage: faults[index] } : {})}>
            <Input
              aria-label={words.form.address(index + 1)}
              value={address}
              spellCheck={false}
              autoComplete="off"
              maxLength={100}
              onPaste={(event) => paste(event, index)}
              onChange={(_, { value }) => onChange(allow.map((other, at) => (at === index ? value : other)))}
            />
          </Field>
          <Button
            aria-label={words.form.remove(index + 1)}
            icon={<Icon name="cross" />}
            onClick={() => {
              onChange(allow.filter((_, at) => at !== index));
              setFocusLine(allow.length);
            }}
          />
        </div>
      ))}
      <Button
        icon={<Icon name="plus" />}
        onClick={() => {
          onChange([...allow, '']);
          setFocusLine(allow.length);
        }}
      >
        {words.form.add}
      </Button>
    </fieldset>
  );
}
