// What sc.exe tells of services, by structure: its words are translated, names and numbers are not. Pure.
import type { Ran } from '../run-program';

export type ServiceState = 'running' | 'stopped';

/**
 * The state's number in what `sc query` prints: the second line with "label : number", after the type's (SERVICE_STATUS: 1 stopped, 4
 * running). null = not told, or on the way from one to the other.
 */
export function serviceState(ran: Ran): ServiceState | null {
  return ran.kind === 'ended' && ran.code === 0 ? stateIn(ran.stdout) : null;
}

/** Names of the services in what `sc enumdepend` prints that run now, in its order: the last to start first. null = not told. */
export function runningIn(ran: Ran): readonly string[] | null {
  if (ran.kind !== 'ended' || ran.code !== 0) return null;
  return ran.stdout.split(/(?:\r?\n){2,}/).flatMap((block) => {
    const [, name] = /^[^\s:][^:\r\n]*:[ \t]*([A-Za-z0-9_.-]{1,100})[ \t]*$/m.exec(block) ?? [];
    return name !== undefined && stateIn(block) === 'running' ? [name] : [];
  });
}

function stateIn(text: string): ServiceState | null {
  const numbers = [...text.matchAll(/^\s+\S[^:\r\n]*:\s+([0-9a-f]+)\s/gim)].map(([, number]) => number);
  return numbers[1] === '4' ? 'running' : numbers[1] === '1' ? 'stopped' : null;
}
