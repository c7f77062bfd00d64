// What both platforms do with facts while they arrive.
import type { Fact, Facts } from '../model/facts';
import type { HostFactName, HostFacts } from './host';

export type FactsSoFar = { [N in HostFactName]?: Facts[N] };

/** Every fact: what came, and for the rest that it was not asked for. */
export function allFacts(facts: FactsSoFar, notAsked: (name: HostFactName) => Fact<never>): HostFacts {
  const rest = <N extends HostFactName>(name: N): Facts[N] => facts[name] ?? (notAsked(name) as Facts[N]);
  return {
    system: rest('system'),
    network: rest('network'),
    listeners: rest('listeners'),
    sessions: rest('sessions'),
    smb: rest('smb'),
    servers: rest('servers'),
    managers: rest('managers'),
    ruleset: rest('ruleset'),
    patch: rest('patch'),
  };
}

/** The answer, which must not reject; when `signal` ends it, at once what became of it. */
export function unlessStopped<F>(answer: () => Promise<F>, stopped: () => F, signal: AbortSignal): Promise<F> {
  return new Promise((resolve) => {
    const stop = (): void => resolve(stopped());
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    void answer()
      .then(resolve)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}
