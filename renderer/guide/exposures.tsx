// Where the door stands: each of the PC's own addresses in words, with who can come that way and which program waits.
import type { Exposure, NetworkInterface } from '../../preload/contract';
import type { Look } from '../parts/notice';
import { Tagged, TaggedList } from '../parts/tagged';
import { useTextStyles } from '../parts/text-styles';
import { say } from '../say';
import { useWindow } from '../store';
import { words } from '../words';
import { connectionName } from './check-words';

const mostPlaces = 12;
const looks: Record<Exposure['state'], Look & { readonly word: string }> = {
  open: { tone: 'bad', icon: 'door-open', word: words.check.openTag },
  unknown: { tone: 'mind', icon: 'question', word: words.check.unknownTag },
  shielded: { tone: 'good', icon: 'shield-check', word: words.check.shieldedTag },
  partly: { tone: 'mind', icon: 'door-open', word: words.check.partlyTag },
  closed: { tone: 'good', icon: 'door-shut', word: words.check.closedTag },
};

export function Exposures() {
  const text = useTextStyles();
  const door = useWindow((state) => state.door);
  const network = useWindow((state) => state.facts.network);
  if (!door || door.exposures.length === 0) return null;
  const interfaces = network?.state === 'known' ? network.value.interfaces : [];
  const places = placesOf(door.exposures);
  const isShielded = door.state === 'closed' && door.exposures.some(({ state }) => state === 'shielded');
  return (
    <section className={text.tight}>
      <h2 className={text.h2}>{words.check.exposures[isShielded ? 'shielded' : door.state]}</h2>
      <TaggedList>
        {places.slice(0, mostPlaces).map((place) => (
          <li key={place.key}>
            <Tagged look={looks[place.first.state]} word={looks[place.first.state].word}>
              <div>{whereWords(place.first, interfaces)}</div>
              <div className={text.quiet}>{words.check.ports(place.ports.join(', '), place.listeners.join(', '))}</div>
            </Tagged>
          </li>
        ))}
      </TaggedList>
      {places.length > mostPlaces ? <p className={text.quiet}>{words.check.more(places.length - mostPlaces)}</p> : null}
    </section>
  );
}

interface Place {
  readonly key: string;
  readonly first: Exposure;
  /** "TCP 445". */
  readonly ports: readonly string[];
  readonly listeners: readonly string[];
}

/** One place for each address and state; the main door's (TCP 445) first. Pure. */
function placesOf(exposures: readonly Exposure[]): readonly Place[] {
  const places = new Map<string, Place>();
  for (const exposure of [...exposures].sort((a, b) => rank(a) - rank(b))) {
    const key = `${exposure.interface} ${exposure.address} ${exposure.state}`;
    const place = places.get(key) ?? { key, first: exposure, ports: [], listeners: [] };
    const port = `${exposure.protocol.toUpperCase()} ${exposure.port}`;
    places.set(key, {
      ...place,
      ports: [...new Set([...place.ports, port])],
      listeners: [...new Set([...place.listeners, say(exposure.listener)])],
    });
  }
  return [...places.values()];
}

const rank = ({ protocol, port }: Exposure): number => (protocol === 'udp' ? 2 : port === 445 ? 0 : 1);

/** "On Wi-Fi wlan0, 10.0.0.5: from its network 10.0.0.0/24, and beyond"; a link-local address is near for good (RFC 3927, 4291). */
function whereWords(exposure: Exposure, interfaces: readonly NetworkInterface[]): string {
  const kind = interfaces.find(({ name }) => name === exposure.interface)?.kind ?? 'other';
  const at = words.check.where(connectionName(kind, exposure.interface), exposure.address);
  if (exposure.state === 'closed') return `${at}: ${words.check.reachNobody}`;
  if (exposure.state === 'partly') return `${at}: ${words.check.reachSome}`;
  const isNear = /^(169\.254\.|fe[89ab][0-9a-f]:)/i.test(exposure.address);
  const reach = isNear ? words.check.reachNear(exposure.subnet) : words.check.reachFar(exposure.subnet);
  return `${at}: ${reach}`;
}
