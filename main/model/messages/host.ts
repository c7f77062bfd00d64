// What reading and changing a PC meets, on every platform.
import type { Message, Words } from '../message';
import type { None } from './none';

export interface HostMessages {
  readonly 'host.fact.not-asked': None;
  readonly 'host.fact.not-yet': None;
  readonly 'host.fact.stopped': None;
  readonly 'host.fact.not-saved': None;
  readonly 'host.source.negotiate-here': None;
  readonly 'host.source.negotiate': { readonly targets: readonly string[] };
  readonly 'host.source.nobody-waits': { readonly name: Words };
  readonly 'host.source.simulated': { readonly name: string };
  readonly 'server.configuration': { readonly path: string; readonly notes: readonly Message[] };
  readonly 'host.sentence': { readonly said: Message };
}
