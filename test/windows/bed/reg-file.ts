// Turns what `reg query /s` printed into a file that `reg import` takes.

/** Types as `reg query` names them, by the number that registry files give them. */
const numbered: Readonly<Record<string, number>> = { REG_EXPAND_SZ: 2, REG_BINARY: 3, REG_MULTI_SZ: 7, REG_QWORD: 11 };

/** `text`: keys at the line's start, each value as four spaces, name, type and data between four spaces. */
export function toRegFile(text: string): string {
  const lines = text.split(/\r?\n/).map(line);
  return `Windows Registry Editor Version 5.00\r\n\r\n${lines.join('\r\n')}\r\n`;
}

function line(text: string): string {
  if (/^HKEY_[A-Z_]+/.test(text)) return `\r\n[${text}]`;
  const [, name, type, data = ''] = /^ {4}(.*?) {4}(REG_[A-Z_]+)(?: {4}(.*))?$/.exec(text) ?? [];
  if (name === undefined || type === undefined) {
    if (text.trim() !== '') throw new Error(`not a line that reg query prints: ${text.slice(0, 200)}`);
    return '';
  }
  return `"${quoted(name)}"=${value(type, data)}`;
}

function value(type: string, data: string): string {
  if (type === 'REG_SZ') return `"${quoted(data)}"`;
  if (type === 'REG_DWORD') return `dword:${Number(data).toString(16).padStart(8, '0')}`;
  const number = numbered[type];
  if (number === undefined) throw new Error(`a type that is not known here: ${type}`);
  const bytes = type === 'REG_BINARY' ? Buffer.from(data, 'hex') : textBytes(type, data);
  return `hex(${number.toString(16)}):${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(',')}`;
}

function textBytes(type: string, data: string): Buffer {
  if (type === 'REG_EXPAND_SZ') return Buffer.from(`${data}\0`, 'utf16le');
  if (type === 'REG_MULTI_SZ')
    return Buffer.from(data === '' ? '\0' : `${data.replaceAll('\\0', '\0')}\0\0`, 'utf16le');
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(data));
  return bytes;
}

const quoted = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
