// Gathers a registry line by line from its text: keys and values as they come, what is wrong with them, and how the text ends. Pure.
import { type Message, message } from '../../model/message';
import {
  folded,
  fullPath,
  parentOf,
  type Registry,
  type RegistryData,
  type RegistryKey,
  type RegistryValue,
} from './registry';

export interface RegistryProblem {
  /** From 1. */
  readonly line: number;
  /** The folded path of the key it stands in; null before the first key. */
  readonly key: string | null;
  /** To follow "line 7: ". */
  readonly why: Message;
}

/** More are not told. */
export const mostProblems = 100;

interface OpenKey {
  readonly path: string;
  readonly exact: boolean;
  readonly values: Map<string, RegistryValue>;
  /** Whether its line follows on, or is followed by, another key's without an empty line between: `reg query` without /s. */
  listed: boolean;
}

/** Characters of a path that could be one: keys are at most 512 deep ("Registry element size limits"), real paths far shorter than this. */
const longestPath = 8192;
const deepest = 512;

export class RegistryBuilder {
  readonly problems: RegistryProblem[] = [];
  /** The folded path of the key that is open; null before the first. */
  current: string | null = null;
  readonly #keys = new Map<string, OpenKey>();
  readonly #roots = new Set<string>();
  readonly #deleted = new Set<string>();
  #root: string | null = null;
  /** A key that is open once more: what it had before, and the names that come now. */
  #again: {
    readonly key: OpenKey;
    readonly before: number;
    readonly names: Set<string>;
    readonly line: number;
  } | null = null;

  wrong(line: number, why: Message): void {
    // A text that is something else would complain about each of its lines.
    if (this.problems.length < mostProblems) this.problems.push({ line, key: this.current, why });
  }

  openKey(written: string, exact: boolean, line: number): void {
    this.#closeAgain();
    if (written.length > longestPath || written.split('\\').length > deepest) {
      this.current = null;
      this.wrong(line, message('saved.registry.long-key'));
      return;
    }
    const path = fullPath(written);
    const full = folded(path);
    this.current = full;
    if (this.#root === null || !isAt(full, this.#root)) {
      this.#root = full;
      this.#roots.add(full);
    }
    const known = this.#keys.get(full);
    if (known === undefined) this.#keys.set(full, { path, exact, values: new Map(), listed: false });
    else if (known.values.size > 0) this.#again = { key: known, before: known.values.size, names: new Set(), line };
  }

  /** Two prints of a key are the same moment only where both have the same names in it; a name alone has none. */
  #closeAgain(): void {
    const again = this.#again;
    this.#again = null;
    if (again === null || again.names.size === 0) return;
    const isSame = again.names.size === again.before && again.key.values.size === again.before;
    if (!isSame) this.wrong(again.line, message('saved.registry.key-twice'));
  }

  /** Whether something is taken away by it, as only a text for `reg import` does. */
  hasDeletions = false;

  /** The open key was only listed by its name. */
  listKey(full: string): void {
    const key = this.#keys.get(full);
    if (key) key.listed = true;
  }

  /** Into the open key; what was there under that name before is replaced, as `reg import` does. */
  setValue(name: string, type: string, data: RegistryData, how: Pick<RegistryValue, 'exact' | 'cut'>): RegistryValue {
    const value: RegistryValue = { ...data, name, type, ...how };
    this.#openValues?.set(folded(name), value);
    this.#again?.names.add(folded(name));
    return value;
  }

  /** In the open key. */
  valueOf(name: string): RegistryValue | undefined {
    return this.#openValues?.get(folded(name));
  }

  deleteValue(name: string): void {
    this.hasDeletions = true;
    this.#openValues?.delete(folded(name));
  }

  /** "[-KEY]" in a text for `reg import`: the key and all below it. */
  deleteKey(written: string): void {
    this.#closeAgain();
    this.hasDeletions = true;
    const full = folded(fullPath(written));
    for (const set of [this.#keys, this.#roots])
      for (const key of [...set.keys()]) if (isAt(key, full)) set.delete(key);
    this.#deleted.add(full);
    this.current = null;
    this.#root = null;
  }

  get isEmpty(): boolean {
    return this.#keys.size === 0 && this.#deleted.size === 0;
  }

  /** `unfinished`: the folded path of a key whose values may be missing from the text; `cut`: whether whatever follows may be missing, too. */
  build(unfinished: string | null, cut: boolean): Registry {
    this.#closeAgain();
    const parents = new Set([...this.#keys.keys()].map(parentOf));
    const shallow = this.#shallowParents(parents);
    const keys = new Map<string, RegistryKey>();
    const present = new Set<string>();
    for (const [full, { path, exact, values, listed }] of this.#keys) {
      const read =
        values.size > 0 || parents.has(full) || !(full === unfinished || (listed && shallow.has(parentOf(full))));
      keys.set(full, { path, values, exact, read });
      for (let at = full; at !== '' && !present.has(at); at = parentOf(at)) present.add(at);
    }
    const whole = new Set([...this.#roots, ...this.#deleted]);
    if (cut && this.#root !== null) whole.delete(this.#root);
    return { keys, present, whole };
  }

  get #openValues(): Map<string, RegistryValue> | undefined {
    return this.current === null ? undefined : this.#keys.get(this.current)?.values;
  }

  /** Keys of which no subkey has anything in it although several stand in one block: their subkeys were listed, not read. */
  #shallowParents(parents: ReadonlySet<string>): ReadonlySet<string> {
    const shallow = new Set<string>();
    const deep = new Set<string>();
    for (const [full, { values, listed }] of this.#keys)
      (listed && values.size === 0 && !parents.has(full) ? shallow : deep).add(parentOf(full));
    for (const parent of deep) shallow.delete(parent);
    return shallow;
  }
}

/** Whether a key is that one or below it. Both folded. */
function isAt(full: string, above: string): boolean {
  return full === above || full.startsWith(`${above}\\`);
}
