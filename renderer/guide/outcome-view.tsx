// How an act ended: each kind of outcome has its own icon, words and next move.
import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Outcome } from '../../preload/contract';
import { Command } from '../parts/command';
import { Heading } from '../parts/heading';
import { type Look, Notice, Tag } from '../parts/notice';
import { useTextStyles } from '../parts/text-styles';
import { say, shown } from '../say';
import type { ActName } from '../state/window-state';
import { useWindow } from '../store';
import { words } from '../words';

const looks: Record<Outcome['kind'], Look> = {
  done: { tone: 'good', icon: 'shield-check' },
  unknown: { tone: 'mind', icon: 'question' },
  refused: { tone: 'plain', icon: 'info' },
  'not-permitted': { tone: 'mind', icon: 'lock' },
  'failed-undone': { tone: 'mind', icon: 'warning' },
  'failed-left': { tone: 'bad', icon: 'error' },
};

export function OutcomeView({ of, outcome }: { readonly of: ActName; readonly outcome: Outcome }) {
  const text = useTextStyles();
  const { tone, icon } = looks[outcome.kind];
  return (
    <section className={text.stack}>
      <Notice tone={tone} icon={icon} iconSize={40}>
        <div>
          <Tag tone={tone} icon={outcome.kind === 'done' ? 'check' : icon}>
            {words.outcome.kind[outcome.kind]}
          </Tag>
        </div>
        <Heading level={2} takesFocus>
          {outcomeTitle(of, outcome)}
        </Heading>
        {outcome.kind === 'done' ? <Done of={of} outcome={outcome} /> : <Other of={of} outcome={outcome} />}
      </Notice>
      <NextMove of={of} outcome={outcome} />
    </section>
  );
}

/** The outcome in one sentence. */
export function outcomeTitle(of: ActName, outcome: Outcome): string {
  if (outcome.kind !== 'done') return shown(outcome.title);
  if (of === 'settle') return words.outcome.settled;
  if (of === 'lift') return outcome.unchanged ? words.outcome.unchangedLift : words.outcome.down;
  if (outcome.shield.state !== 'up') return outcome.unchanged ? words.outcome.unchanged : words.outcome.notUp;
  return outcome.unchanged ? words.outcome.unchangedShield : words.outcome.up;
}

function Done({ of, outcome }: { readonly of: ActName; readonly outcome: Extract<Outcome, { kind: 'done' }> }) {
  const text = useTextStyles();
  const { shield, notes } = outcome;
  const isUp = shield.state === 'up';
  return (
    <>
      {of === 'lift' && !outcome.unchanged ? <p className={text.paragraph}>{words.outcome.restAsBefore}</p> : null}
      {isUp && of !== 'shield' ? <p className={text.paragraph}>{words.shield.title.up}</p> : null}
      {!isUp && of !== 'lift' ? <p className={text.paragraph}>{words.shield.title[shield.state]}</p> : null}
      {notes.length > 0 ? <Lines heading={words.outcome.saw} lines={notes.map(shown)} /> : null}
      {isUp ? <Lines heading={words.shield.proof} lines={shield.because.map(say)} /> : null}
    </>
  );
}

function Other({ of, outcome }: { readonly of: ActName; readonly outcome: Exclude<Outcome, { kind: 'done' }> }) {
  const text = useTextStyles();
  return (
    <>
      <p className={text.paragraph}>{shown(outcome.what)}</p>
      <WhatChanged of={of} outcome={outcome} />
      <p className={text.paragraph}>
        <strong>{words.outcome.todo}:</strong> {shown(outcome.todo)}
      </p>
    </>
  );
}

function WhatChanged({ of, outcome }: { readonly of: ActName; readonly outcome: Exclude<Outcome, { kind: 'done' }> }) {
  const text = useTextStyles();
  const say = (sentence: string): ReactNode => <p className={text.paragraph}>{sentence}</p>;
  switch (outcome.kind) {
    case 'unknown':
      return say(of === 'look' ? words.outcome.nothingChanged : words.outcome.maybe);
    case 'refused':
    case 'not-permitted':
      return say(words.outcome.nothingChanged);
    case 'failed-undone':
      return say(words.outcome.allAsBefore);
    case 'failed-left':
      return (
        <>
          {say(words.outcome.leftOver)}
          <Command text={outcome.clear} />
        </>
      );
  }
}

function Lines({ heading, lines }: { readonly heading: string; readonly lines: readonly string[] }) {
  const text = useTextStyles();
  return (
    <details open className={text.fold}>
      <summary>{heading}</summary>
      <ul className={text.list}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}

function NextMove({ of, outcome }: { readonly of: ActName; readonly outcome: Outcome }) {
  const text = useTextStyles();
  const closeAct = useWindow((state) => state.closeAct);
  const show = useWindow((state) => state.show);
  const next = outcome.kind === 'done' && of === 'shield' ? 'patch' : null;
  return (
    <div className={text.buttons}>
      {next ? (
        <Button
          appearance="primary"
          size="large"
          onClick={() => {
            closeAct();
            show(next);
          }}
        >
          {words.step.next(words.step.name[next])}
        </Button>
      ) : null}
      <Button size="large" onClick={closeAct}>
        {words.ok}
      </Button>
    </div>
  );
}
