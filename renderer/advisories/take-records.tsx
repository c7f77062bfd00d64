// Newer records for the catalogue: a file that somebody chooses, and what became of it.
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { RecordsTaken } from '../../preload/contract';
import { Command } from '../parts/command';
import { Notice } from '../parts/notice';
import { useTextStyles } from '../parts/text-styles';
import { useWindow } from '../store';
import { words } from '../words';

const say = words.advisory;

export function TakeRecords() {
  const text = useTextStyles();
  const updateAdvisories = useWindow((state) => state.updateAdvisories);
  const [isTaking, setTaking] = useState(false);
  const [taken, setTaken] = useState<RecordsTaken | null>(null);
  const take = async (): Promise<void> => {
    setTaking(true);
    setTaken(await updateAdvisories());
    setTaking(false);
  };
  return (
    <div className={text.tight}>
      <div>
        <Button disabledFocusable={isTaking} onClick={() => void take()}>
          {isTaking ? say.updating : say.update}
        </Button>
      </div>
      <p className={text.quiet}>{say.updateHint}</p>
      <Command text={say.updateCommand} />
      {taken ? <Taken taken={taken} /> : null}
    </div>
  );
}

function Taken({ taken }: { readonly taken: RecordsTaken }) {
  const text = useTextStyles();
  if (taken.kind === 'refused')
    return (
      <Notice tone="mind" icon="warning" role="alert">
        <p className={text.paragraph}>{say.notTaken(taken.why)}</p>
      </Notice>
    );
  const { added, replaced, kept, refused, moreRefused } = taken;
  return (
    <Notice tone={refused.length > 0 ? 'mind' : 'good'} icon={refused.length > 0 ? 'warning' : 'check'} role="alert">
      <p className={text.paragraph}>{say.taken(added, replaced, kept)}</p>
      {refused.map(({ name, why }) => (
        <p key={name} className={text.paragraph}>
          {say.refused(name, why)}
        </p>
      ))}
      {moreRefused > 0 ? <p className={text.quiet}>{say.refusedMore(moreRefused)}</p> : null}
    </Notice>
  );
}
