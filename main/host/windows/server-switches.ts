// The Server service's switches in the registry, as numbers.
import type { ServerSwitches } from '../../model/review';
import { keyAt, numberAt, type Registry } from '../../policy/windows/registry';
import { lanmanServer } from './read/keys';
import type { KeyAnswer, KeyQuestion } from './registry-reads';
import { readTogether } from './registry-together';
import type { ServiceState } from './service-state';

/** null = not written. */
export type ServerNumbers = Readonly<
  Record<'Start' | 'DelayedAutostart' | 'SMB1' | 'DisableCompression', number | null>
>;

export const serverQuestions: readonly KeyQuestion[] = [
  { key: lanmanServer, how: 'values' },
  { key: `${lanmanServer}\\Parameters`, how: 'values' },
];

/** Whether each key was read, or is known not to be there: only then is a number that is not among them not written. */
export const areKnown = (answers: readonly KeyAnswer[]): boolean =>
  answers.every(({ state }) => state === 'read' || state === 'absent');

/** Throws an Error with a message for people where the service's keys could not be read: what stands there must not be taken for nothing. */
export function numbersIn(answers: readonly KeyAnswer[]): ServerNumbers {
  const registry = readTogether(answers);
  if (keyAt(registry, lanmanServer) === null || !areKnown(answers))
    throw new Error(`${lanmanServer} could not be read.`);
  return numbers(registry);
}

export function switchesIn(answers: readonly KeyAnswer[], service: ServiceState | null): ServerSwitches {
  const { Start, SMB1, DisableCompression } = numbers(readTogether(answers));
  return { start: Start, smb1: SMB1, disableCompression: DisableCompression, service };
}

function numbers(registry: Registry): ServerNumbers {
  const parameter = (name: string): number | null => numberAt(registry, `${lanmanServer}\\Parameters`, name);
  return {
    Start: numberAt(registry, lanmanServer, 'Start'),
    DelayedAutostart: numberAt(registry, lanmanServer, 'DelayedAutostart'),
    SMB1: parameter('SMB1'),
    DisableCompression: parameter('DisableCompression'),
  };
}
