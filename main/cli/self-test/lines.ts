// What a self-test writes down of what Breakwater saw and did, a line each. Pure.
import { message, type Words } from '../../model/message';
import type { Outcome } from '../../model/outcome';
import type { Plan } from '../../model/plan';
import type { Report } from '../../model/report';

import { doorSentence, outcomeSentence } from '../pages/words';

export function reportLines({ facts, verdicts }: Report): readonly Words[] {
  const { system } = facts;
  const read = Object.entries(facts).map(([name, fact]) =>
    fact.state === 'known'
      ? message('self-test.fact.read', { name })
      : message('self-test.fact.unread', { name, state: fact.state, why: fact.why }),
  );
  return [
    ...(system.state === 'known'
      ? [
          message('self-test.system', {
            name: system.value.name,
            build: system.value.build,
            architecture: system.value.architecture,
          }),
        ]
      : []),
    doorSentence(verdicts.door, verdicts.shield).text,
    ...verdicts.door.because,
    ...read,
  ];
}

export function networkLines({ facts: { network } }: Report): readonly Words[] {
  if (network.state !== 'known') return [network.why];
  return network.value.interfaces
    .filter(({ kind }) => kind !== 'loopback')
    .map(({ name, profile }) =>
      profile === null ? message('self-test.profile-not-known', { name }) : `${name}: ${profile}`,
    );
}

export function managerLines({ facts: { managers } }: Report): readonly Words[] {
  if (managers.state !== 'known') return [managers.why];
  return managers.value.map(({ title, state, because }) => message('self-test.manager', { title, state, because }));
}

export const planLines = ({ changes, effects, warnings }: Plan): readonly Words[] => [
  ...changes.map(({ what, command }) => message('page.named', { name: what, why: command })),
  ...effects,
  ...warnings,
];

export function outcomeLines(outcome: Outcome, act: Plan['kind']): readonly Words[] {
  const { text } = outcomeSentence(outcome, act);
  if (outcome.kind === 'done') return [text, ...outcome.shield.because, ...outcome.notes];
  return [text, outcome.what, outcome.todo, ...(outcome.kind === 'failed-left' ? [outcome.clear] : [])];
}

export function keeperLines({ facts: { keeper } }: Report): readonly Words[] {
  if (keeper.state !== 'known') return [keeper.why];
  const { schedule } = keeper.value;
  return [
    schedule.state === 'impossible'
      ? message('self-test.keeper.impossible', { why: schedule.why })
      : message('self-test.keeper', { state: schedule.state }),
  ];
}

export function keeperExpected({ facts: { keeper } }: Report): 'yes' | 'no' | null {
  if (keeper.state !== 'known') return null;
  return keeper.value.schedule.state === 'whole' ? 'yes' : 'no';
}

/** What is not as it was before the shield. */
export function differences(before: Report, after: Report): readonly Words[] {
  const same = JSON.stringify(before.verdicts.review?.reach) === JSON.stringify(after.verdicts.review?.reach);
  return [
    message(same ? 'self-test.same-reach' : 'self-test.other-reach'),
    doorSentence(after.verdicts.door, after.verdicts.shield).text,
  ];
}

/** One that another PC can use. */
export function ownAddress({ facts: { network } }: Report): Words {
  const all = network.state === 'known' ? network.value.interfaces.flatMap(({ addresses }) => addresses) : [];
  const others = all.filter(({ scope }) => scope === 'private' || scope === 'global');
  return (others.find(({ family }) => family === 'ipv4') ?? others[0])?.address ?? message('self-test.own-address');
}
