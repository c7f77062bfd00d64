// Reads registry.pol, the file in which a group policy object carries its settings of the registry [MS-GPREG 2.2.1]. Pure.
import { exportText } from './export-text';
import { places } from './places';
import { folded, fullPath, type RegistryValue } from './registry';
import { dataOfBytes, typeNames } from './registry-data';

export type PolRead =
  /** What it sets of the firewall's policy, as `reg export` would write it; "" = nothing. */
  | { readonly kind: 'settings'; readonly text: string }
  /** For people, to follow the file's name. */
  | { readonly kind: 'bad'; readonly why: 'cut-short' | 'malformed' | 'version' };

const signature = [0x50, 0x52, 0x65, 0x67];
const headerLength = 8;

/** "PReg" at its beginning. */
export const isRegistryPol = (bytes: Uint8Array): boolean => signature.every((byte, at) => bytes[at] === byte);

interface Setting {
  /** As written: "SOFTWARE\\Policies\\..."; of the part of a PC, below HKEY_LOCAL_MACHINE. */
  readonly key: string;
  readonly name: string;
  readonly type: number;
  readonly data: Uint8Array;
}

/**
 * All settings or none: a file that ends within one is refused. Later settings of a value count, and what they take away is gone
 * [MS-GPREG 3.2.5.1].
 */
export function readRegistryPol(bytes: Uint8Array): PolRead {
  if (bytes.length < headerLength) return { kind: 'bad', why: 'cut-short' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(4, true) !== 1) return { kind: 'bad', why: 'version' };
  const keys = new Map<string, { readonly path: string; readonly values: Map<string, RegistryValue> }>();
  const reader = new PolReader(view);
  while (!reader.isAtEnd) {
    const setting = reader.next();
    if (typeof setting === 'string') return { kind: 'bad', why: setting };
    const path = fullPath(`HKLM\\${setting.key}`);
    if (!isOfFirewall(path)) continue;
    if (!apply(setting, path, keys)) return { kind: 'bad', why: 'malformed' };
  }
  const found = [...keys.values()].map(({ path, values }) => ({ path, values: [...values.values()] }));
  return { kind: 'settings', text: found.length === 0 ? '' : exportText(found) };
}

const policy = folded(fullPath(places.groupPolicy));
const isOfFirewall = (path: string): boolean => folded(path) === policy || folded(path).startsWith(`${policy}\\`);

/** false = its data do not fit its type. */
function apply(
  { name, type, data }: Setting,
  path: string,
  keys: Map<string, { readonly path: string; readonly values: Map<string, RegistryValue> }>,
): boolean {
  const removeKey = (at: string): void => {
    for (const key of [...keys.keys()]) if (key === at || key.startsWith(`${at}\\`)) keys.delete(key);
  };
  const own = keys.get(folded(path));
  const listed = (): readonly string[] =>
    new TextDecoder('utf-16le')
      .decode(data)
      .replace(/\0.*$/s, '')
      .split(';')
      .filter((one) => one !== '');
  const command = folded(name);
  if (command === '**DELETEKEYS') {
    for (const below of listed()) removeKey(folded(`${path}\\${below}`));
    return true;
  }
  if (command === '**DELETEVALUES') {
    for (const one of listed()) own?.values.delete(folded(one));
    return true;
  }
  if (command === '**DELVALS' || command === '**DELVALS.') {
    own?.values.clear();
    return true;
  }
  if (command.startsWith('**DEL.')) {
    own?.values.delete(command.slice('**DEL.'.length));
    return true;
  }
  // Security of keys, and soft settings of values that may be there already: neither sets what is judged here in another way.
  if (command.startsWith('**SECUREKEY')) return true;
  const plain = command.startsWith('**SOFT.') ? name.slice('**soft.'.length) : name;
  const key = own ?? { path, values: new Map<string, RegistryValue>() };
  keys.set(folded(path), key);
  // A key alone.
  if (plain === '' && data.length === 0) return true;
  const typeName = typeNames[type];
  const value = typeName === undefined ? null : dataOfBytes(typeName, data, true);
  if (value === null || typeName === undefined) return false;
  key.values.set(folded(plain), { ...value, name: plain, type: typeName, exact: true, cut: false });
  return true;
}

/** "[key;value;type;size;data]", its marks and names in UTF-16, little-endian; names end with a zero. */
class PolReader {
  readonly #view: DataView;
  #at = headerLength;

  constructor(view: DataView) {
    this.#view = view;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#view.byteLength;
  }

  next(): Setting | 'cut-short' | 'malformed' {
    const { byteLength } = this.#view;
    try {
      this.#mark('[');
      const key = this.#text();
      this.#mark(';');
      const name = this.#text();
      this.#mark(';');
      const type = this.#number();
      this.#mark(';');
      const size = this.#number();
      this.#mark(';');
      if (size > mostData) return 'malformed';
      if (this.#at + size > byteLength) return 'cut-short';
      const data = new Uint8Array(this.#view.buffer, this.#view.byteOffset + this.#at, size);
      this.#at += size;
      this.#mark(']');
      return { key, name, type, data };
    } catch (error) {
      if (error instanceof RangeError) return 'cut-short';
      if (error instanceof Malformed) return 'malformed';
      throw error;
    }
  }

  #mark(mark: string): void {
    if (this.#unit() !== mark.charCodeAt(0)) throw new Malformed();
  }

  #text(): string {
    let text = '';
    for (let unit = this.#unit(); unit !== 0; unit = this.#unit()) {
      text += String.fromCharCode(unit);
      if (text.length > longestName) throw new Malformed();
    }
    return text;
  }

  /** Throws a RangeError at the end of the file, as the next does. */
  #unit(): number {
    const unit = this.#view.getUint16(this.#at, true);
    this.#at += 2;
    return unit;
  }

  #number(): number {
    const number = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    return number;
  }
}

class Malformed extends Error {}

/** Bytes of one value: [MS-GPREG] allows 65,535. */
const mostData = 65_535;
/** Names of values have at most 16,383 characters, keys 255 a part ("Registry element size limits"). */
const longestName = 16_383;
