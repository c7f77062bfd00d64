// The field of a search: its label, a hint, and no more text than the app takes.
import { Field, Input, makeStyles } from '@fluentui/react-components';

const longest = 200;

const useStyles = makeStyles({ field: { maxWidth: '26rem' } });

interface SearchFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function SearchField({ label, hint, value, onChange }: SearchFieldProps) {
  return (
    <Field className={useStyles().field} label={label} hint={hint}>
      <Input type="search" maxLength={longest} value={value} onChange={(_, { value: typed }) => onChange(typed)} />
    </Field>
  );
}
