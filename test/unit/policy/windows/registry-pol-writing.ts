// Writes registry.pol [MS-GPREG 2.2.1], from settings or from what "reg query /s" printed.

export interface Set {
  /** Below HKEY_LOCAL_MACHINE. */
  readonly key: string;
  readonly name: string;
  /** As winnt.h numbers them: 1 = REG_SZ, 4 = REG_DWORD. */
  readonly type: number;
  readonly data: string | number | Uint8Array;
}

const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');
const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

export function pol(settings: readonly Set[]): Buffer {
  const entries = settings.map(({ key, name, type, data }) => {
    const bytes =
      typeof data === 'string' ? wide(`${data}\0`) : typeof data === 'number' ? number(data) : Buffer.from(data);
    return Buffer.concat([
      wide(`[${key}\0;${name}\0;`),
      ...[number(type), wide(';'), number(bytes.length), wide(';'), bytes, wide(']')],
    ]);
  });
  return Buffer.concat([Buffer.from('PReg'), number(1), ...entries]);
}

export function settingsOfQuery(text: string): readonly Set[] {
  let key = '';
  return text.split(/\r?\n/).flatMap((line): readonly Set[] => {
    if (line.startsWith('HKEY_LOCAL_MACHINE\\')) key = line.slice('HKEY_LOCAL_MACHINE\\'.length);
    const [, name, type, data = ''] = /^ {4}(.+?) {4}(REG_SZ|REG_DWORD) {4}(.*)$/.exec(line) ?? [];
    if (name === undefined) return [];
    return [{ key, name, type: type === 'REG_SZ' ? 1 : 4, data: type === 'REG_SZ' ? data : Number(data) }];
  });
}
