// Writes a registry as `reg query /s` and `reg export` do, for tests that read it back.

export type Written =
  | { readonly type: 'REG_SZ' | 'REG_EXPAND_SZ'; readonly text: string }
  | { readonly type: 'REG_DWORD'; readonly number: number }
  | { readonly type: 'REG_QWORD'; readonly long: bigint }
  | { readonly type: 'REG_MULTI_SZ'; readonly texts: readonly string[] }
  | { readonly type: 'REG_BINARY'; readonly bytes: readonly number[] };

/** Values by name, by key. */
export type Tree = Readonly<Record<string, Readonly<Record<string, Written>>>>;

export const local =
  'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
export const groupPolicy = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall';

export const sz = (text: string): Written => ({ type: 'REG_SZ', text });
export const dword = (number: number): Written => ({ type: 'REG_DWORD', number });

/** As `reg query KEY /s` prints it. `unnamed`: what the unnamed value is called in the display language. */
export function queryText(tree: Tree, unnamed = '(Default)'): string {
  const keys = Object.entries(tree).map(([path, values]) => {
    const lines = Object.entries(values).map(([name, value]) => {
      return `    ${name === '' ? unnamed : name}    ${value.type}    ${queryData(value)}\r\n`;
    });
    return `\r\n${path}\r\n${lines.join('')}`;
  });
  return `${keys.join('')}\r\n`;
}

function queryData(value: Written): string {
  switch (value.type) {
    case 'REG_DWORD':
      return `0x${value.number.toString(16)}`;
    case 'REG_QWORD':
      return `0x${value.long.toString(16)}`;
    case 'REG_MULTI_SZ':
      return value.texts.join('\\0');
    case 'REG_BINARY':
      return hexOf(value.bytes).join('').toUpperCase();
    default:
      return value.text;
  }
}

/** As `reg export KEY FILE` writes it, decoded. */
export function exportText(tree: Tree): string {
  const keys = Object.entries(tree).map(([path, values]) => {
    const lines = Object.entries(values).map(([name, value]) => {
      const shown = name === '' ? '@' : `"${escaped(name)}"`;
      return `${wrapped(`${shown}=${exportData(value)}`)}\r\n`;
    });
    return `\r\n[${path}]\r\n${lines.join('')}`;
  });
  return `Windows Registry Editor Version 5.00\r\n${keys.join('')}\r\n`;
}

function exportData(value: Written): string {
  switch (value.type) {
    case 'REG_SZ':
      return `"${escaped(value.text)}"`;
    case 'REG_DWORD':
      return `dword:${value.number.toString(16).padStart(8, '0')}`;
    case 'REG_EXPAND_SZ':
      return `hex(2):${hexOf(wide(`${value.text}\0`))}`;
    case 'REG_MULTI_SZ':
      return `hex(7):${hexOf(wide(`${value.texts.map((text) => `${text}\0`).join('')}\0`))}`;
    case 'REG_QWORD':
      return `hex(b):${hexOf(Array.from({ length: 8 }, (_, i) => Number((value.long >> BigInt(8 * i)) & 0xffn)))}`;
    case 'REG_BINARY':
      return `hex:${hexOf(value.bytes)}`;
  }
}

const escaped = (text: string): string => text.replace(/[\\"]/g, '\\$&');
const hexOf = (bytes: readonly number[]): string[] => bytes.map((byte) => byte.toString(16).padStart(2, '0'));
const wide = (text: string): number[] => [...Buffer.from(text, 'utf16le')];

/** Lists of bytes are broken after a comma where a line reaches 80 characters. */
function wrapped(line: string): string {
  if (!/=hex(?:\([0-9a-f]\))?:/.test(line)) return line;
  const lines: string[] = [];
  let rest = line;
  for (let width = 79; rest.length > width; width = 77) {
    const comma = rest.lastIndexOf(',', width - 2);
    if (comma < 0) break;
    lines.push(rest.slice(0, comma + 1));
    rest = rest.slice(comma + 1);
  }
  return [...lines, rest].join('\\\r\n  ');
}
