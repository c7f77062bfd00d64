// What facts of a PC have in common that was saved on any platform: its addresses and listeners, by host.json; and why a fact is not there.
import type { Fact, Listener, NetworkFact, OwnAddresses, Source } from '../../model/facts';
import { message } from '../../model/message';
import type { Profile, ReviewHost } from '../../model/review';
import { nothing, setOfText, toNetworks } from '../../policy/address-sets';
import { addressFrom } from '../interface-addresses';

export interface SavedPlace {
  /** The folder or file, as it was named. */
  readonly path: string;
  /** When it was saved, ISO 8601 UTC: as host.json says, else when the newest file was written. */
  readonly at: string;
  /** Somebody's word that what was not saved is not there. */
  readonly complete?: true;
}

/** A fact that was read from a file of the folder. */
export function savedFact<T>(value: T, file: string, { at }: SavedPlace): Fact<T> {
  return { state: 'known', value, source: sourceOf(file), at };
}

export const notSaved = ({ at, path }: SavedPlace): Fact<never> => ({
  state: 'failed',
  why: message('host.fact.not-saved'),
  source: sourceOf(path),
  at,
});

const sourceOf = (file: string): Source => ({ kind: 'file', name: file });

/** null = host.json is not there, or names no interface. */
export function networkIn(
  host: (ReviewHost & { readonly profiles?: Readonly<Record<string, Profile>> }) | null,
): NetworkFact | null {
  if (host === null || Object.keys(host.interfaces).length === 0) return null;
  const interfaces = Object.entries(host.interfaces).map(([name, texts]) => {
    const addresses = texts.flatMap((cidr) => {
      const [address = ''] = cidr.split('/');
      const length = address.includes(':') ? 128 : 32;
      return addressFrom({ address, cidr: cidr.includes('/') ? cidr : `${cidr}/${length}` });
    });
    const isLoopback = addresses.length > 0 && addresses.every(({ scope }) => scope === 'loopback');
    return {
      name,
      kind: isLoopback ? ('loopback' as const) : ('other' as const),
      addresses,
      profile: host.profiles?.[name] ?? null,
    };
  });
  const { local, localElsewhere: elsewhere, loopbackOn, listening: ports, listeningComplete: complete } = host;
  const networks = (texts: readonly string[] = []): OwnAddresses['local'] =>
    texts.flatMap((text) => toNetworks(setOfText(text) ?? nothing('ipv4')));
  return {
    interfaces,
    routes: null,
    ...(local && { own: { local: networks(local), elsewhere: networks(elsewhere), loopbackOn: loopbackOn ?? [] } }),
    ...(ports && { listening: { ports, complete: complete ?? false } }),
  };
}

/** Where only the ports of TCP were saved, each counts as waiting at every address. null = nothing was saved of them. */
export function listenersIn(host: ReviewHost | null): readonly Listener[] | null {
  if (host?.listeners) return host.listeners;
  return (
    host?.listening?.flatMap((port): readonly Listener[] => [
      { protocol: 'tcp', family: 'ipv4', address: '0.0.0.0', port, owner: null },
      { protocol: 'tcp', family: 'ipv6', address: '::', port, owner: null },
    ]) ?? null
  );
}
