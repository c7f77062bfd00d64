// Opens the engine on this PC, or on a simulated one: the one place where host, helper and flow are put together.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { chooseHost } from '../host/choose';
import type { Host } from '../host/host';
import type { Answer, Request } from '../model/request';
import type { Engine } from './engine';
import { createEngine } from './flow';

export interface OpenOptions {
  /** A simulated PC's name, or null for this one. */
  readonly simulate: string | null;
  /** Absolute path of the helper's script. */
  readonly helper: string;
}

/**
 * Rejects with an Error whose message is for people: no such simulated PC, a platform that is not built yet.
 * What only some commands need is loaded when it is needed: a cold inspection must not wait for it.
 */
export async function openEngine({ simulate, helper }: OpenOptions): Promise<Engine> {
  const host = simulate === null ? chooseHost() : await simulated(simulate);
  return createEngine(host, (request, signal) => ask(host, helper, request, signal));
}

async function simulated(name: string): Promise<Host> {
  const { simulatedHost } = await import('../host/simulated/simulated-host');
  return simulatedHost(name, stateRoot());
}

async function ask(host: Host, helper: string, request: Request, signal?: AbortSignal): Promise<Answer> {
  if (host.elevation) return (await import('../host/elevation')).askHelper(host.elevation, helper, request, signal);
  return (await import('./act')).act(request, host);
}

/** XDG Base Directory Specification: state of one's own that outlives a restart. */
function stateRoot(): string {
  return join(process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'breakwater');
}
