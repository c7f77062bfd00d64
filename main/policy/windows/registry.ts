// What a PC's registry says, as far as it was saved: keys and values by name without regard to case, and which parts are there at all. Pure.

export type RegistryData =
  | { readonly kind: 'text'; readonly text: string }
  /** REG_DWORD, 0 to 2^32 - 1. */
  | { readonly kind: 'number'; readonly number: number }
  /** REG_QWORD, 0 to 2^64 - 1. */
  | { readonly kind: 'long'; readonly long: bigint }
  | { readonly kind: 'list'; readonly texts: readonly string[] }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export type RegistryValue = RegistryData & {
  /** As written; "" = the key's unnamed value. */
  readonly name: string;
  /** As `reg` calls it: "REG_SZ". */
  readonly type: string;
  /** false: each "?" in name and data may stand for a character that `reg query` or a code page lost. */
  readonly exact: boolean;
  /** Whether it stands on a last line that has no line end, so that its end may be missing. */
  readonly cut: boolean;
};

export interface RegistryKey {
  /** In full and as written, the root spelled out: "HKEY_LOCAL_MACHINE\SYSTEM\...". */
  readonly path: string;
  readonly values: ReadonlyMap<string, RegistryValue>;
  /** false: only its name was listed, what is in it was not. */
  readonly read: boolean;
  readonly exact: boolean;
}

/** Keys by folded path, see `folded`. */
export interface Registry {
  readonly keys: ReadonlyMap<string, RegistryKey>;
  /** All keys there are, with those that only others below them tell of. */
  readonly present: ReadonlySet<string>;
  /** Keys of which everything below was saved, or which are known not to be there: what is missing below them is not on that PC. */
  readonly whole: ReadonlySet<string>;
}

/** The key at this path ("HKLM\SYSTEM\..."); null where it is not in the text or only listed. */
export function keyAt(registry: Registry, path: string): RegistryKey | null {
  const key = registry.keys.get(folded(fullPath(path)));
  return key?.read === true ? key : null;
}

/** A value by its name; "" = the unnamed one. */
export function valueAt(registry: Registry, path: string, name: string): RegistryValue | null {
  return keyAt(registry, path)?.values.get(folded(name)) ?? null;
}

/** A REG_DWORD; null where there is none of that name and type. */
export function numberAt(registry: Registry, path: string, name: string): number | null {
  const value = valueAt(registry, path, name);
  return value?.kind === 'number' ? value.number : null;
}

/** A REG_SZ or REG_EXPAND_SZ (variables as they are); null where there is none of that name and type. */
export function textAt(registry: Registry, path: string, name: string): string | null {
  const value = valueAt(registry, path, name);
  return value?.kind === 'text' ? value.text : null;
}

/** Whether a key is there, absent (its surroundings were saved, or it was asked for in vain), or not in the text. */
export function presence(registry: Registry, path: string): 'present' | 'absent' | 'not-saved' {
  const full = folded(fullPath(path));
  const key = registry.keys.get(full);
  if (registry.present.has(full)) return key?.read === false ? 'not-saved' : 'present';
  for (let at = full; at !== ''; at = parentOf(at)) {
    if (registry.keys.get(at)?.read === false) return 'not-saved';
    if (registry.whole.has(at)) return 'absent';
  }
  return 'not-saved';
}

/** Keys directly below, as written; also those that only their own subkeys tell of. Looks at every key: for a few calls, not for each rule. */
export function subkeysOf(registry: Registry, path: string): readonly string[] {
  const above = `${folded(fullPath(path))}\\`;
  const names = new Map<string, string>();
  for (const [full, { path: written }] of registry.keys) {
    if (!full.startsWith(above)) continue;
    const name = written.slice(above.length).split('\\')[0] ?? '';
    if (!names.has(folded(name))) names.set(folded(name), name);
  }
  return [...names.values()];
}

export type Merged =
  | { readonly kind: 'registry'; readonly registry: Registry }
  /** The same value said differently: the texts are of different PCs or moments. */
  | { readonly kind: 'differs'; readonly path: string; readonly name: string };

/** Several saved parts of one PC's registry as one. Where one lost characters that another has, the other counts. */
export function mergeRegistries(parts: readonly Registry[]): Merged {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return { kind: 'registry', registry: first };
  const keys = new Map<string, RegistryKey>();
  const union = (of: 'present' | 'whole'): ReadonlySet<string> => new Set(parts.flatMap((part) => [...part[of]]));
  for (const [full, key] of parts.flatMap((part) => [...part.keys])) {
    const known = keys.get(full);
    if (!known?.read || !key.read) {
      keys.set(full, known?.read ? known : key);
      continue;
    }
    const values = new Map(known.values);
    for (const [name, value] of key.values) {
      const other = values.get(name);
      const chosen = other === undefined ? value : sameOf(other, value);
      if (chosen === null) return { kind: 'differs', path: key.path, name: value.name };
      values.set(name, chosen);
    }
    keys.set(full, { ...known, exact: known.exact || key.exact, values });
  }
  return { kind: 'registry', registry: { keys, present: union('present'), whole: union('whole') } };
}

/** The one of both that lost less, or null where they are not the same. */
function sameOf(a: RegistryValue, b: RegistryValue): RegistryValue | null {
  if (a.type !== b.type) return null;
  const [texts, others] = [dataText(a), dataText(b)];
  if (texts === others) return a.exact || a.cut ? a : b;
  if (a.exact && !b.exact && mayBe(others, texts)) return a;
  return b.exact && !a.exact && mayBe(texts, others) ? b : null;
}

/** Whether both can be the same, as far as one did not lose characters of it. */
export const isSameValue = (a: RegistryValue, b: RegistryValue): boolean => sameOf(a, b) !== null;

/** Data as one text, to be compared with others of its type. */
export function dataText(data: RegistryData): string {
  switch (data.kind) {
    case 'text':
      return data.text;
    case 'number':
      return String(data.number);
    case 'long':
      return String(data.long);
    case 'list':
      return data.texts.join('\0');
    case 'bytes':
      return data.bytes.join();
  }
}

/** Whether a text that lost characters may be that one: each "?" or U+FFFD stands for any one character. */
export function mayBe(lossy: string, text: string): boolean {
  if (lossy.length !== text.length) return false;
  for (let i = 0; i < lossy.length; i++)
    if (lossy[i] !== text[i] && lossy[i] !== '?' && lossy[i] !== '\ufffd') return false;
  return true;
}

const roots: Readonly<Record<string, string>> = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKCU: 'HKEY_CURRENT_USER',
  HKCR: 'HKEY_CLASSES_ROOT',
  HKU: 'HKEY_USERS',
  HKCC: 'HKEY_CURRENT_CONFIG',
};

/** The path with its root spelled out and no backslash at its end. */
export function fullPath(path: string): string {
  const end = path.indexOf('\\');
  const root = roots[(end < 0 ? path : path.slice(0, end)).toUpperCase()];
  const full = root === undefined ? path : `${root}${end < 0 ? '' : path.slice(end)}`;
  let last = full.length;
  while (last > 0 && full[last - 1] === '\\') last--;
  return full.slice(0, last);
}

/** A name as the registry compares it: one character for one, so that no two names become one that Windows tells apart. */
export function folded(name: string): string {
  // Most names are plain, and there are thousands of them.
  if (/^[ -~]*$/.test(name)) return name.toUpperCase();
  let text = '';
  for (const character of name) {
    const upper = character.toUpperCase();
    text += upper.length === character.length && (character <= '~' || upper > '~') ? upper : character;
  }
  return text;
}

/** "" above the root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('\\')));
}
