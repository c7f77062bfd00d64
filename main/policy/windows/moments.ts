// Texts of one PC that can't be of one moment: which of them go together. Pure.
import { isSameValue, type Registry, type RegistryKey } from './registry';

/** A saved part of a PC's registry, by the name of its text. */
export interface Part {
  readonly name: string;
  readonly registry: Registry;
}

/** More texts that contradict each other than this are not told apart. */
const mostRivals = 6;

/**
 * The parts, in every way in which they can be of one moment: as large as can be, without two that say different things of one key. One
 * way where none contradict each other; null where too many do. `matters`: by folded path, keys of which no two may differ.
 */
export function momentsOf(
  parts: readonly Part[],
  matters: (full: string) => boolean,
): readonly (readonly Part[])[] | null {
  const rivals = new Map<Part, Set<Part>>();
  parts.forEach((a, at) => {
    for (const b of parts.slice(at + 1)) {
      if (!areRivals(a.registry, b.registry, matters)) continue;
      rivals.set(a, (rivals.get(a) ?? new Set()).add(b));
      rivals.set(b, (rivals.get(b) ?? new Set()).add(a));
    }
  });
  if (rivals.size > mostRivals) return null;
  const contested = [...rivals.keys()];
  const ways = Array.from({ length: 2 ** contested.length }, (_, bits) =>
    contested.filter((_part, i) => (bits >> i) % 2 === 1),
  ).filter((way) => way.every((one) => way.every((other) => !rivals.get(one)?.has(other))));
  const largest = ways.filter((way) =>
    contested.every((one) => way.includes(one) || way.some((other) => rivals.get(one)?.has(other))),
  );
  return largest.map((way) => parts.filter((part) => !rivals.has(part) || way.includes(part)));
}

function areRivals(a: Registry, b: Registry, matters: (full: string) => boolean): boolean {
  for (const [full, key] of a.keys) {
    const other = b.keys.get(full);
    if (other?.read && key.read && matters(full) && !isSameKey(key, other)) return true;
  }
  return false;
}

/** The same names with the same data, as far as one did not lose characters of it. */
function isSameKey(a: RegistryKey, b: RegistryKey): boolean {
  // A name that lost characters is another name, and may be the same value.
  if (a.values.size !== b.values.size) return false;
  for (const [name, value] of a.values) {
    const other = b.values.get(name);
    if (other !== undefined && !isSameValue(value, other)) return false;
    if (other === undefined && value.exact && [...b.values.values()].every(({ exact }) => exact)) return false;
  }
  return true;
}
