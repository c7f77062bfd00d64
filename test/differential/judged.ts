// What a review says about single connects, and where the kernel says otherwise. Pure.
import type { MessageCode } from '../../main/model/message';
import type { Unsure } from '../../main/model/review';
import { holds, readSpan, type Span } from './addresses';
import type { Answer, Probe } from './oracle';

/** The part of a review that is held against the kernel. */
export interface Said {
  readonly verdict: string;
  readonly reach: readonly {
    readonly interface: string;
    readonly ipv4: readonly string[];
    readonly ipv6: readonly string[];
    readonly to?: readonly string[];
  }[];
  readonly unsure: readonly Unsure[];
}

/** dangerous = it passed and was called shut; inexact = it was stopped, called open, and nothing was named as unsure. */
export interface Disagreement {
  readonly kind: 'dangerous' | 'inexact';
  readonly probe: Probe;
  readonly kernel: Answer['results'][number];
}

/** What the review can't know and this test does: every container here answers at every port that rules lead to. */
const answerNotSeen: MessageCode = 'netfilter.answer-unseen';
const linkLocal = [readSpan('fe80::/10')];

/** The same answer, by somebody who knows the containers. */
export function knowingContainers(said: Said): Said {
  return { ...said, unsure: said.unsure.filter(({ why }) => typeof why === 'string' || why.code !== answerNotSeen) };
}

/** `results` as the kernel gave them for `probes`, all of one protocol and port. */
export function disagreements(
  said: Said,
  probes: readonly Probe[],
  results: Answer['results'],
  only: 'both' | 'dangerous',
  forwards = false,
): readonly Disagreement[] {
  const found: Disagreement[] = [];
  const places = new Map<string, readonly Span[]>();
  for (const [index, probe] of probes.entries()) {
    const kernel = results[index] ?? 'drop';
    const place = `${probe.interface} ${probe.destination}`;
    const spans = places.get(place) ?? reachOf(said, probe);
    places.set(place, spans);
    const source = readSpan(probe.source);
    const inside = said.verdict !== 'closed' && holds(spans, source.version, source.first);
    if (kernel === 'open' && !inside) found.push({ kind: 'dangerous', probe, kernel });
    // No router passes on what comes from a link-local address (RFC 4291 2.5.6); the review is not about that.
    const isSure = said.unsure.length === 0 && !(forwards && holds(linkLocal, source.version, source.first));
    if (kernel !== 'open' && inside && isSure && only === 'both') {
      found.push({ kind: 'inexact', probe, kernel });
    }
  }
  return found;
}

/** All sources said to reach this interface and own address; "wl*" stands for names that begin so, "*" for all that no other entry is about. */
function reachOf({ reach }: Said, probe: Probe): readonly Span[] {
  const names = reach.map((entry) => entry.interface).filter((name) => fits(name, probe.interface));
  const closest = names.toSorted((a, b) => closeness(b) - closeness(a))[0];
  return reach
    .filter((entry) => entry.interface === closest)
    .filter(({ to }) => to === undefined || to.some((address) => same(address, probe.destination)))
    .flatMap(({ ipv4, ipv6 }) => [...ipv4, ...ipv6].map(readSpan));
}

const fits = (name: string, whole: string): boolean =>
  name.endsWith('*') ? whole.startsWith(name.slice(0, -1)) : name === whole;
const closeness = (name: string): number => (name.endsWith('*') ? name.length : Number.POSITIVE_INFINITY);

function same(one: string, other: string): boolean {
  return one === other || readSpan(one).first === readSpan(other).first;
}
