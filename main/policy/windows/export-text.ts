// Writes keys of a registry as `reg export` does: what the registry reader reads back to the same. Pure.
import type { RegistryValue } from './registry';

export interface ExportedKey {
  /** In full: "HKEY_LOCAL_MACHINE\\...". */
  readonly path: string;
  readonly values: readonly RegistryValue[];
}

/** As text; files of Windows are UTF-16, others can be UTF-8: the reader takes both. Lists of bytes are not broken over lines. */
export function exportText(keys: readonly ExportedKey[]): string {
  const sections = keys.map(({ path, values }) =>
    [`[${path}]`, ...values.map((value) => `${value.name === '' ? '@' : quoted(value.name)}=${data(value)}`), ''].join(
      '\r\n',
    ),
  );
  return ['Windows Registry Editor Version 5.00', '', ...sections, ''].join('\r\n');
}

function data(value: RegistryValue): string {
  switch (value.kind) {
    case 'text':
      return value.type === 'REG_EXPAND_SZ' ? `hex(2):${wide(`${value.text}\0`)}` : quoted(value.text);
    case 'number':
      return `dword:${value.number.toString(16).padStart(8, '0')}`;
    case 'long':
      return `hex(b):${hex(Array.from({ length: 8 }, (_, i) => Number((value.long >> BigInt(8 * i)) & 0xffn)))}`;
    case 'list':
      return `hex(7):${wide(`${value.texts.map((text) => `${text}\0`).join('')}\0`)}`;
    case 'bytes':
      return `hex:${hex([...value.bytes])}`;
  }
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;
const hex = (bytes: readonly number[]): string => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(',');

/** UTF-16, the lower byte first. */
function wide(text: string): string {
  return hex(Array.from({ length: text.length * 2 }, (_, i) => (text.charCodeAt(i >> 1) >> (8 * (i & 1))) & 0xff));
}
