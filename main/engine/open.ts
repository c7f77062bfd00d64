// Opens the engine on this PC, or on a simulated one: the one place where host, helper and flow are put together.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { chooseHost } from '../host/choose';
import { askHelper } from '../host/elevation';
import type { Host } from '../host/host';
import { simulatedHost } from '../host/simulated/simulated-host';
import type { Answer, Request } from '../model/request';
import { act } from './act';
import type { Engine } from './engine';
import { createEngine } from './flow';

export interface OpenOptions {
  /** A simulated PC's name, or null for this one. */
  readonly simulate: string | null;
  /** Absolute path of the helper's script. */
  readonly helper: string;
}

/** Throws an Error with a message for people: no such simulated PC, a platform that is not built yet. */
export function openEngine({ simulate, helper }: OpenOptions): Engine {
  const host = simulate === null ? chooseHost() : simulatedHost(simulate, stateRoot());
  return createEngine(host, (request, signal) => ask(host, helper, request, signal));
}

function ask(host: Host, helper: string, request: Request, signal?: AbortSignal): Promise<Answer> {
  return host.elevation ? askHelper(host.elevation, helper, request, signal) : act(request, host);
}

/** XDG Base Directory Specification: state of one's own that outlives a restart. */
function stateRoot(): string {
  return join(process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'breakwater');
}
