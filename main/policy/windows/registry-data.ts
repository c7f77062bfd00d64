// The registry's types and how their data are written: numbers, bytes in hexadecimal, strings as bytes. Pure.
import type { RegistryData } from './registry';

/** By number, as ".reg" files write them (winnt.h). */
export const typeNames: readonly string[] = [
  'REG_NONE',
  'REG_SZ',
  'REG_EXPAND_SZ',
  'REG_BINARY',
  'REG_DWORD',
  'REG_DWORD_BIG_ENDIAN',
  'REG_LINK',
  'REG_MULTI_SZ',
  'REG_RESOURCE_LIST',
  'REG_FULL_RESOURCE_DESCRIPTOR',
  'REG_RESOURCE_REQUIREMENTS_LIST',
  'REG_QWORD',
];
export const registryTypes: ReadonlySet<string> = new Set([
  ...typeNames,
  'REG_DWORD_LITTLE_ENDIAN',
  'REG_QWORD_LITTLE_ENDIAN',
]);

/** "0x1f", at most so many bytes; null where it is none. */
export function numberOf(text: string, bytes: 4 | 8): RegistryData | null {
  const [, digits = ''] = /^0x([0-9A-Fa-f]{1,16})\s*$/.exec(text) ?? [];
  if (digits === '' || digits.length > 2 * bytes) return null;
  return bytes === 4
    ? { kind: 'number', number: Number.parseInt(digits, 16) }
    : { kind: 'long', long: BigInt(`0x${digits}`) };
}

/** Pairs of digits without anything between, or with commas; null where a digit is missing. */
export function hexBytes(text: string): Uint8Array | null {
  const digits = text.replace(/[\s,]+/g, '');
  if (digits.length % 2 !== 0 || /[^0-9A-Fa-f]/.test(digits)) return null;
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

/** `wide`: strings are UTF-16; else of a code page that is not known, and characters beyond ASCII come out as "?". null where they do not fit. */
export function dataOfBytes(type: string, bytes: Uint8Array, wide: boolean): RegistryData | null {
  switch (type) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
    case 'REG_LINK': {
      const text = textOfBytes(bytes, wide);
      return text === null ? null : { kind: 'text', text: text.replace(/\0.*$/s, '') };
    }
    case 'REG_MULTI_SZ': {
      const text = textOfBytes(bytes, wide);
      return text === null ? null : { kind: 'list', texts: text.split('\0').filter((part) => part !== '') };
    }
    case 'REG_DWORD':
    case 'REG_DWORD_BIG_ENDIAN': {
      if (bytes.length !== 4) return null;
      const view = new DataView(bytes.buffer, bytes.byteOffset, 4);
      return { kind: 'number', number: view.getUint32(0, type === 'REG_DWORD') };
    }
    case 'REG_QWORD': {
      if (bytes.length !== 8) return null;
      return { kind: 'long', long: new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true) };
    }
    default:
      return { kind: 'bytes', bytes };
  }
}

function textOfBytes(bytes: Uint8Array, wide: boolean): string | null {
  if (wide && bytes.length % 2 !== 0) return null;
  const step = wide ? 2 : 1;
  let text = '';
  for (let i = 0; i < bytes.length; i += step) {
    const low = bytes[i] ?? 0;
    text += wide ? String.fromCharCode(low | ((bytes[i + 1] ?? 0) << 8)) : low < 128 ? String.fromCharCode(low) : '?';
  }
  return text;
}
