// Names of running programs, from `tasklist /fo csv /nh`: its columns are always the same, whatever the language. Pure.
import type { Owner } from '../../../model/facts';

/** By process number. A line that is not as it should be is passed by: a name that is not known is none that is wrong. */
export function programNames(text: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const [, name = '', pid = ''] of text.matchAll(/^"([^"]{1,260})","(\d{1,10})",/gm)) names.set(Number(pid), name);
  return names;
}

/** The kernel keeps its own name; of a process that is not listed, nothing more is known. */
export function namedOwner<T extends { readonly owner: Owner | null }>(one: T, names: ReadonlyMap<number, string>): T {
  const pid = one.owner?.pid ?? null;
  const name = pid === null ? undefined : names.get(pid);
  return name === undefined ? one : { ...one, owner: { name, pid } };
}
