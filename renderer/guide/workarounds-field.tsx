// What a shield can have switched off on Windows beside its rules, or instead of them where those have no effect.
import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { ShieldWorkaround } from '../../preload/contract';
import { Choice } from '../parts/choice';
import { useWindow } from '../store';
import { words } from '../words';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, paddingTop: tokens.spacingVerticalS },
});

interface WorkaroundsFieldProps {
  readonly chosen: readonly ShieldWorkaround[];
  readonly onChange: (chosen: readonly ShieldWorkaround[]) => void;
}

const all: readonly ShieldWorkaround[] = ['server-off', 'smb1-off', 'compression-off'];

/** Nothing on other platforms, and on simulated PCs, which have none. Folded up until a shield was refused. */
export function WorkaroundsField({ chosen, onChange }: WorkaroundsFieldProps) {
  const styles = useStyles();
  const platform = useWindow((state) =>
    state.facts.system?.state === 'known' ? state.facts.system.value.platform : null,
  );
  const isSimulated = useWindow((state) => state.about?.simulated !== null);
  const isRefused = useWindow((state) => state.act.kind === 'not-planned' && state.act.of === 'shield');
  const [isOpen, setOpen] = useState(chosen.length > 0);
  useEffect(() => {
    if (isRefused) setOpen(true);
  }, [isRefused]);
  if (platform !== 'windows' || isSimulated) return null;
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.form.workarounds}</summary>
      <div className={styles.list}>
        {all.map((workaround) => (
          <Choice
            key={workaround}
            type="checkbox"
            checked={chosen.includes(workaround)}
            onChange={(isChosen) =>
              onChange(isChosen ? [...chosen, workaround] : chosen.filter((one) => one !== workaround))
            }
            hint={words.form.workaround[workaround].cost}
          >
            {words.form.workaround[workaround].label}
          </Choice>
        ))}
      </div>
    </details>
  );
}
