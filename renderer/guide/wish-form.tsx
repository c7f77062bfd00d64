// The small form of step 2: who may still connect, until when, what else; faults are said at their field.

import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { type FormEvent, useRef, useState } from 'react';
import type { Shield } from '../../preload/contract';
import { Choice } from '../parts/choice';
import { Icon } from '../parts/icons';
import { Notice } from '../parts/notice';
import { useTextStyles } from '../parts/text-styles';
import { shown } from '../say';
import { useWindow } from '../store';
import { words } from '../words';
import { AllowField } from './allow-field';
import { type Draft, dayOf, draftOf, type Faults, faultsOf, isFaultless, noFaults, wishOf } from './wish-draft';
import { WorkaroundsField } from './workarounds-field';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '40rem' },
  group: {
    border: 'none',
    margin: 0,
    padding: 0,
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    '& > legend': { padding: 0, fontWeight: tokens.fontWeightSemibold, marginBottom: tokens.spacingVerticalXS },
  },
  inset: { paddingLeft: '26px', maxWidth: '14rem' },
});

export function WishForm({ shield }: { readonly shield: Shield | null }) {
  const text = useTextStyles();
  const styles = useStyles();
  const form = useRef<HTMLFormElement>(null);
  const kept = useWindow((state) => state.draft);
  const setDraft = useWindow((state) => state.setDraft);
  const plan = useWindow((state) => state.plan);
  const act = useWindow((state) => state.act);
  const [hasTried, setTried] = useState(false);
  const draft = kept ?? draftOf(shield);
  const faults = hasTried ? faultsOf(draft, new Date()) : noFaults;
  const isPlanning = act.kind === 'planning';
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isPlanning) return;
    setTried(true);
    setDraft(draft);
    if (isFaultless(faultsOf(draft, new Date()))) void plan(wishOf(draft));
    // The faults are drawn first; then the first field that has one takes the focus.
    else setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };

  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      <AllowField allow={draft.allow} faults={faults.allow} onChange={(allow) => change({ allow })} />
      <UntilField draft={draft} faults={faults} onChange={change} />
      <Choice
        type="checkbox"
        checked={draft.outbound}
        onChange={(outbound) => change({ outbound })}
        hint={words.form.outboundHint}
      >
        {words.form.outbound}
      </Choice>
      <WorkaroundsField chosen={draft.workarounds} onChange={(workarounds) => change({ workarounds })} />
      <Field
        label={words.form.reason}
        hint={words.form.reasonHint}
        {...(faults.reason ? { validationMessage: faults.reason } : {})}
      >
        <Input value={draft.reason} maxLength={80} onChange={(_, { value }) => change({ reason: value })} />
      </Field>
      {act.kind === 'not-planned' && act.of === 'shield' ? (
        <Notice tone="mind" icon="warning" role="alert">
          <h3 className={text.h3}>{shown(act.outcome.title)}</h3>
          <p className={text.paragraph}>{shown(act.outcome.what)}</p>
          <p className={text.paragraph}>{shown(act.outcome.todo)}</p>
        </Notice>
      ) : null}
      <div className={text.buttons}>
        <Button type="submit" appearance="primary" size="large" icon={<Icon name="arrow" />} iconPosition="after">
          {isPlanning ? words.form.planning : words.form.show}
        </Button>
        <span className={text.quiet}>{words.plan.nothingYet}</span>
      </div>
    </form>
  );
}

interface UntilFieldProps {
  readonly draft: Draft;
  readonly faults: Faults;
  readonly onChange: (part: Partial<Draft>) => void;
}

function UntilField({ draft, faults, onChange }: UntilFieldProps) {
  const styles = useStyles();
  const choices = [
    ['patched', words.form.untilPatched],
    ['week', words.form.untilWeek],
    ['date', words.form.untilDate],
  ] as const;
  return (
    <fieldset className={styles.group}>
      <legend>{words.form.until}</legend>
      {choices.map(([until, label]) => (
        <Choice
          key={until}
          type="radio"
          name="until"
          checked={draft.until === until}
          onChange={() => onChange({ until })}
        >
          {label}
        </Choice>
      ))}
      {draft.until === 'date' ? (
        <div className={styles.inset}>
          <Field label={words.form.date} {...(faults.date ? { validationMessage: faults.date } : {})}>
            <Input
              type="date"
              min={dayOf(new Date())}
              value={draft.date}
              onChange={(_, { value }) => onChange({ date: value })}
            />
          </Field>
        </div>
      ) : null}
      {draft.until === 'patched' ? null : (
        <Choice
          type="checkbox"
          checked={draft.opens}
          onChange={(opens) => onChange({ opens })}
          hint={words.form.opensHint}
        >
          {words.form.opens}
        </Choice>
      )}
    </fieldset>
  );
}
