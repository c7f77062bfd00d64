// What a self-test writes down of what Breakwater saw and did, a line each. Pure.
import type { Outcome } from '../../model/outcome';
import type { Plan } from '../../model/plan';
import type { Report } from '../../model/report';
import { doorSentence, outcomeSentence } from '../pages/words';

export function reportLines({ facts, verdicts }: Report): readonly string[] {
  const { system } = facts;
  const read = Object.entries(facts).map(([name, fact]) =>
    fact.state === 'known' ? `${name}: read` : `${name}: ${fact.state} (${fact.why})`,
  );
  return [
    ...(system.state === 'known'
      ? [`${system.value.name}, build ${system.value.build}, ${system.value.architecture}`]
      : []),
    doorSentence(verdicts.door, verdicts.shield).text,
    ...verdicts.door.because,
    ...read,
  ];
}

export function networkLines({ facts: { network } }: Report): readonly string[] {
  if (network.state !== 'known') return [network.why];
  return network.value.interfaces
    .filter(({ kind }) => kind !== 'loopback')
    .map(({ name, profile }) => `${name}: ${profile ?? 'profile not known'}`);
}

export function managerLines({ facts: { managers } }: Report): readonly string[] {
  if (managers.state !== 'known') return [managers.why];
  return managers.value.map(({ title, state, because }) => `${title}: ${state}. ${because}`);
}

export const planLines = ({ changes, effects, warnings }: Plan): readonly string[] => [
  ...changes.map(({ what, command }) => `${what}: ${command}`),
  ...effects,
  ...warnings,
];

export function outcomeLines(outcome: Outcome, act: Plan['kind']): readonly string[] {
  const { text } = outcomeSentence(outcome, act);
  if (outcome.kind === 'done') return [text, ...outcome.shield.because, ...outcome.notes];
  return [text, outcome.what, outcome.todo, ...(outcome.kind === 'failed-left' ? [outcome.clear] : [])];
}

export function keeperLines({ facts: { keeper } }: Report): readonly string[] {
  if (keeper.state !== 'known') return [keeper.why];
  const { schedule } = keeper.value;
  return [
    `The keeper's schedule: ${schedule.state}${schedule.state === 'impossible' ? `, since ${schedule.why}` : ''}`,
  ];
}

export function keeperExpected({ facts: { keeper } }: Report): 'yes' | 'no' | null {
  if (keeper.state !== 'known') return null;
  return keeper.value.schedule.state === 'whole' ? 'yes' : 'no';
}

/** What is not as it was before the shield. */
export function differences(before: Report, after: Report): readonly string[] {
  const same = JSON.stringify(before.verdicts.review?.reach) === JSON.stringify(after.verdicts.review?.reach);
  return [
    same ? 'By the rules, the same may connect as before.' : 'By the rules, others may connect than before.',
    doorSentence(after.verdicts.door, after.verdicts.shield).text,
  ];
}

/** One that another PC can use. */
export function ownAddress({ facts: { network } }: Report): string {
  const all = network.state === 'known' ? network.value.interfaces.flatMap(({ addresses }) => addresses) : [];
  const others = all.filter(({ scope }) => scope === 'private' || scope === 'global');
  return (others.find(({ family }) => family === 'ipv4') ?? others[0])?.address ?? "(this PC's address)";
}
