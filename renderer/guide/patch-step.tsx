// Step 3: what is known about the patch (not yet anything), and how to install updates on this PC meanwhile.
import { Button } from '@fluentui/react-components';
import { Command } from '../parts/command';
import { Icon } from '../parts/icons';
import { Notice } from '../parts/notice';
import { useTextStyles } from '../parts/text-styles';
import { useWindow } from '../store';
import { toMinute } from '../times';
import { words } from '../words';
import { howToUpdate } from './patch-words';

export function PatchStep() {
  const text = useTextStyles();
  const system = useWindow((state) => (state.facts.system?.state === 'known' ? state.facts.system.value : null));
  const verdict = useWindow((state) => state.shield);
  const show = useWindow((state) => state.show);
  const how = howToUpdate(system);
  const isUp = verdict?.state === 'up' || verdict?.state === 'kept' || verdict?.state === 'recorded';
  const until = verdict?.shield?.until ?? null;
  return (
    <div className={text.parts}>
      <Notice tone="mind" icon="question" iconSize={40}>
        <p className={text.h2}>{words.patch.answer}</p>
        <p className={text.paragraph}>{words.patch.why}</p>
      </Notice>
      <section className={text.tight}>
        <h2 className={text.h2}>
          {words.patch.how}
          {system ? ` (${system.name})` : ''}
        </h2>
        <ul className={text.list}>
          {how.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {how.command === null ? null : <Command text={how.command} />}
        <p className={text.paragraph}>{words.patch.restart}</p>
      </section>
      <Notice tone="plain" icon="shield">
        {isUp ? (
          <>
            <p className={text.paragraph}>
              {until === null ? words.patch.stays : words.patch.staysUntil(toMinute(until))}
            </p>
            <p className={text.paragraph}>{words.patch.restartShield}</p>
          </>
        ) : (
          <p className={text.paragraph}>{words.patch.noShield}</p>
        )}
      </Notice>
      <p className={text.paragraph}>{words.patch.ask}</p>
      <div className={text.buttons}>
        <Button
          appearance="primary"
          size="large"
          icon={<Icon name="arrow" />}
          iconPosition="after"
          onClick={() => show('lift')}
        >
          {words.step.next(words.step.name.lift)}
        </Button>
      </div>
    </div>
  );
}
