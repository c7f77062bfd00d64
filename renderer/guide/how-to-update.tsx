// How to install updates on this PC: the way through its own settings, or the command to copy; and looking again.
import { Button } from '@fluentui/react-components';
import { Command } from '../parts/command';
import { useTextStyles } from '../parts/text-styles';
import { useWindow } from '../store';
import { words } from '../words';
import { howToUpdate } from './patch-words';

export function HowToUpdate() {
  const text = useTextStyles();
  const system = useWindow((state) => (state.facts.system?.state === 'known' ? state.facts.system.value : null));
  const isSimulated = useWindow((state) => state.about !== null && state.about.simulated !== null);
  const openUpdates = useWindow((state) => state.openUpdates);
  const checkPatch = useWindow((state) => state.checkPatch);
  const isLooking = useWindow((state) => state.isChecking || state.isCheckingPatch);
  const { lines, command } = howToUpdate(system);
  return (
    <section className={text.tight}>
      <h2 className={text.h2}>
        {words.patch.how}
        {system ? ` (${system.name})` : ''}
      </h2>
      <ul className={text.list}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {command === null ? null : <Command text={command} />}
      <p className={text.paragraph}>{words.patch.restart}</p>
      <div className={text.buttons}>
        {system?.platform === 'windows' && !isSimulated ? (
          <Button onClick={() => void openUpdates()}>{words.patch.openUpdates}</Button>
        ) : null}
        <Button disabledFocusable={isLooking} onClick={() => void checkPatch()}>
          {isLooking ? words.patch.looking : words.patch.again}
        </Button>
      </div>
      {system?.platform === 'windows' && isSimulated ? (
        <p className={text.quiet}>{words.patch.openUpdatesSimulated}</p>
      ) : null}
      <p className={text.quiet}>{words.patch.byItself}</p>
    </section>
  );
}
