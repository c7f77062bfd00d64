// Reading the registry's text: both shapes, real saved hives, and what is said of a text that is not whole.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  keyAt,
  mergeRegistries,
  numberAt,
  presence,
  type Registry,
  type RegistryValue,
  subkeysOf,
  textAt,
  valueAt,
} from '../../../../main/policy/windows/registry';
import { readRegistryText } from '../../../../main/policy/windows/registry-text';
import { inEnglish } from '../../in-english';
import { dword, exportText, groupPolicy, local, queryText, sz, type Tree, type Written } from './registry-writing';

const folder = 'test/fixtures/windows';
const files = readdirSync(folder)
  .filter((name) => !name.endsWith('.md'))
  .flatMap((name) => readdirSync(join(folder, name)).map((file) => join(name, file)));
const fixture = (file: string): string => readFileSync(join(folder, file), 'utf8');

/** Path -> name -> what is written there. */
const contents = (registry: Registry): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    [...registry.keys.values()].map(({ path, values }) => [
      path,
      Object.fromEntries([...values.values()].map((value) => [value.name, written(value)])),
    ]),
  );

const written = (value: RegistryValue): Written => {
  const { type } = value;
  const kinds = {
    text: () => ({ type, text: value.kind === 'text' && value.text }),
    number: () => ({ type, number: value.kind === 'number' && value.number }),
    long: () => ({ type, long: value.kind === 'long' && value.long }),
    list: () => ({ type, texts: value.kind === 'list' && value.texts }),
    bytes: () => ({ type, bytes: value.kind === 'bytes' && [...value.bytes] }),
  };
  return kinds[value.kind]() as Written;
};

const read = (text: string) => {
  const { registry, problems, ...rest } = readRegistryText(text);
  expect(problems).toEqual([]);
  return { registry, ...rest };
};

describe('real saved hives', () => {
  test.each(files)('%s: every value is there', (file) => {
    const text = fixture(file);
    const { registry, ending, shape } = read(text);
    expect([ending, shape]).toEqual(['whole', 'query']);
    const values = Object.values(contents(registry)).reduce((sum, key) => sum + Object.keys(key).length, 0);
    expect(values).toBe(text.split(/ {4}REG_[A-Z_]+/).length - 1);
  });

  test('keys and names are found in any case, with the short name of the root', () => {
    const { registry } = read(fixture('win7sp1-x86/firewallpolicy.txt'));
    const path = 'hklm\\system\\currentcontrolset\\services\\sharedaccess\\parameters\\FIREWALLPOLICY';
    expect(numberAt(registry, path, 'policyVERSION')).toBe(0x20a);
    expect(textAt(registry, `${path}\\firewallrules`, 'fps-smb-in-tcp-noscope')).toMatch(/^v2\.10\|Action=Allow\|/);
    expect(subkeysOf(registry, path)).toEqual(['DomainProfile', 'FirewallRules', 'PublicProfile', 'StandardProfile']);
    expect(numberAt(registry, path, 'no such value')).toBeNull();
    expect(textAt(registry, path, 'PolicyVersion')).toBeNull();
    expect(keyAt(registry, `${path}\\Mdm`)).toBeNull();
  });

  test('of services, lists are lists and bytes are bytes', () => {
    const { registry } = read(fixture('win7sp1-x86/services.txt'));
    const server = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer';
    expect(valueAt(registry, server, 'DependOnService')).toMatchObject({ kind: 'list', texts: ['SamSS', 'Srv'] });
    expect(valueAt(registry, server, 'FailureActions')).toMatchObject({ kind: 'bytes', type: 'REG_BINARY' });
    expect(numberAt(registry, server, 'Start')).toBe(2);
  });

  test.each(['win10-1903-x64/firewallpolicy.txt', 'win7sp1-x86/services.txt'])(
    '%s is the same as an export',
    (file) => {
      const { registry } = read(fixture(file));
      const tree = contents(registry) as Tree;
      const again = read(exportText(tree));
      expect(again.shape).toBe('export');
      expect(contents(again.registry)).toEqual(tree);
    },
  );
});

const line = fc.string({ unit: fc.constantFrom(...'abZ09 .|=%,\\"?(){}-@Жß漢'), maxLength: 12 });
// A name that begins with a space, or ends with one, can't be told from the gaps of `reg query`.
const name = line.filter((text) => text === text.trim() && !/^\(.*\)$|REG_/.test(text));
const data: fc.Arbitrary<Written> = fc.oneof(
  fc.record({ type: fc.constantFrom('REG_SZ' as const, 'REG_EXPAND_SZ' as const), text: line }),
  fc.record({ type: fc.constant('REG_DWORD' as const), number: fc.nat({ max: 0xffffffff }) }),
  fc.record({ type: fc.constant('REG_QWORD' as const), long: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }) }),
  fc.record({
    type: fc.constant('REG_MULTI_SZ' as const),
    texts: fc.array(line.filter((text) => text !== '' && !text.includes('\\'))),
  }),
  fc.record({ type: fc.constant('REG_BINARY' as const), bytes: fc.array(fc.nat({ max: 255 }), { maxLength: 60 }) }),
);
const key = fc
  .array(fc.string({ unit: fc.constantFrom(...'ab1 -{}Ж'), minLength: 1, maxLength: 4 }), { maxLength: 3 })
  .map((parts) => ['HKEY_LOCAL_MACHINE', ...parts.map((part) => `k${part}k`)].join('\\'));
const tree = fc
  .dictionary(key, fc.dictionary(name, data, { maxKeys: 5, noNullPrototype: true }), {
    maxKeys: 6,
    noNullPrototype: true,
  })
  .filter((keys) => unlike(Object.keys(keys)) && Object.values(keys).every((values) => unlike(Object.keys(values))));
const unlike = (names: readonly string[]): boolean =>
  names.length > 0 && new Set(names.map((one) => one.toUpperCase())).size === names.length;

describe('what is written comes back', () => {
  test('from both shapes', () => {
    fc.assert(
      fc.property(tree, (keys) => {
        expect(contents(read(exportText(keys)).registry)).toEqual(keys);
        expect(contents(read(queryText(keys)).registry)).toEqual(keys);
      }),
      { numRuns: 300 },
    );
  });

  test('a text in both shapes put together is one, whatever the line ends', () => {
    const [a, b] = [{ 'HKEY_LOCAL_MACHINE\\A': { x: sz('1') } }, { 'HKEY_LOCAL_MACHINE\\B': { y: sz('2') } }];
    for (const text of [exportText(a) + queryText(b), queryText(a) + exportText(b), exportText(a) + exportText(b)])
      for (const end of ['\r\n', '\n', '\r\r\n'])
        expect(contents(read(text.replaceAll('\r\n', end)).registry)).toEqual({ ...a, ...b });
  });

  test('any text has an answer', () => {
    const piece = fc.constantFrom(
      ...[
        '\r\n',
        '\n',
        '    ',
        'HKEY_LOCAL_MACHINE\\A',
        '[HKLM\\B]',
        '"a"="b',
        '"',
        '\\',
        'dword:',
        'hex(7):00,',
        'REG_SZ',
        '=',
      ],
      ...[
        'Windows Registry Editor Version 5.00\r\n',
        'REGEDIT4\n',
        '\ufeff',
        '@',
        '-',
        ']',
        '[-',
        ';',
        '\t',
        'REG_DWORD    0x',
      ],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const { registry, problems } = readRegistryText(text);
        // What takes keys away may leave none.
        if (!text.includes('[-')) expect(registry.keys.size + problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });

  test('a text that only takes keys away leaves none, and that is no complaint', () => {
    const { registry, problems } = readRegistryText('REGEDIT4\n[-HKEY_LOCAL_MACHINE\\A]');
    expect([registry.keys.size, problems]).toEqual([0, []]);
  });
});

describe('spellings', () => {
  const inKey = (lines: string): Record<string, unknown> => {
    const { registry } = read(`Windows Registry Editor Version 5.00\r\n\r\n[HKLM\\A]\r\n${lines}\r\n\r\n`);
    return contents(registry)['HKEY_LOCAL_MACHINE\\A'] ?? {};
  };

  test.each([
    ['@="the unnamed"', { '': sz('the unnamed') }],
    ['"a \\"b\\" \\\\c"="d \\\\ \\"e\\""', { 'a "b" \\c': sz('d \\ "e"') }],
    ['"two"="lines\r\nof text"\r\n"next"=dword:0000000A', { two: sz('lines\r\nof text'), next: dword(10) }],
    ['"a"=hex:00,01,\\\r\n  02,\\\r\n  ff', { a: { type: 'REG_BINARY', bytes: [0, 1, 2, 255] } }],
    ['"a"=HEX(2):25,00,41,00,25,00,00,00', { a: { type: 'REG_EXPAND_SZ', text: '%A%' } }],
    ['"a"=hex(5):00,00,00,2a', { a: { type: 'REG_DWORD_BIG_ENDIAN', number: 42 } }],
    ['"a"=hex(12):01', { a: { type: 'REG_12', bytes: [1] } }],
    ['"a"=hex(7):00,00', { a: { type: 'REG_MULTI_SZ', texts: [] } }],
    ['  "a" = dword:00000001 ; why\r\n; a comment', { a: dword(1) }],
    ['"a"="x"\r\n"a"="y"', { a: sz('y') }],
    ['"a"="x"\r\n"a"=-', {}],
  ])('%j of an export', (lines, expected) => expect(inKey(lines)).toEqual(expected));

  test('REGEDIT4 has strings as bytes of a code page, of which only ASCII is known', () => {
    const { registry } = read('REGEDIT4\n\n[HKEY_LOCAL_MACHINE\\A]\n"a"=hex(2):41,c4,00\n"b"="x"\n\n');
    expect(valueAt(registry, 'HKLM\\A', 'a')).toMatchObject({ text: 'A?', exact: false });
    expect(valueAt(registry, 'HKLM\\A', 'b')).toMatchObject({ text: 'x', exact: true });
  });

  test('a key that a text for "reg import" deletes is known not to be there', () => {
    const text = `Windows Registry Editor Version 5.00\n\n[HKLM\\A]\n"x"="1"\n\n[HKLM\\A\\B]\n\n[-HKLM\\A\\B]\n\n`;
    const { registry } = read(text);
    expect(presence(registry, 'HKLM\\A\\B')).toBe('absent');
    expect(presence(registry, 'HKLM\\A')).toBe('present');
  });

  test.each(['(Default)', '(Standard)', '(par défaut)', '(既定)'])('the unnamed value is called %s', (unnamed) => {
    const keys = { 'HKEY_LOCAL_MACHINE\\A': { '': sz('x'), '(y)': sz('z'), plain: sz('(z)') } };
    expect(contents(read(queryText(keys, unnamed)).registry)).toEqual(keys);
  });

  test('Windows XP separates with tabs, and what was typed may stand above', () => {
    const text =
      'C:\\>reg query HKLM\\A\r\n\r\n! REG.EXE VERSION 3.0\r\n\r\nHKEY_LOCAL_MACHINE\\A\r\n\tx\tREG_SZ\tone two\r\n\r\n';
    expect(contents(read(text).registry)).toEqual({ 'HKEY_LOCAL_MACHINE\\A': { x: sz('one two') } });
  });

  test('a string with a line break runs over lines of "reg query", too', () => {
    const keys = { 'HKEY_LOCAL_MACHINE\\A': { a: sz('one\r\n\r\ntwo|'), b: sz('three') } };
    expect(contents(read(queryText(keys)).registry)).toEqual(keys);
  });

  test('names that Windows tells apart are not one', () => {
    const keys = {
      'HKEY_LOCAL_MACHINE\\A': { STRASSE: sz('1'), straße: sz('2'), ı: sz('3'), i: sz('4'), ÄB: sz('5') },
    };
    const { registry } = read(queryText(keys));
    expect(contents(registry)).toEqual(keys);
    expect(textAt(registry, 'HKLM\\a', 'äb')).toBe('5');
  });
});

describe('lost characters', () => {
  const lossy = { 'C:\\???': sz('v2.30|App=C:\\?.exe|'), plain: sz('x') };

  test('a question mark of "reg query" may be any character; of "reg export" it is one', () => {
    const query = read(queryText({ 'HKEY_LOCAL_MACHINE\\A': lossy })).registry;
    expect(valueAt(query, 'HKLM\\A', 'c:\\???')?.exact).toBe(false);
    expect(valueAt(query, 'HKLM\\A', 'plain')?.exact).toBe(true);
    const exported = read(exportText({ 'HKEY_LOCAL_MACHINE\\A': lossy })).registry;
    expect(valueAt(exported, 'HKLM\\A', 'c:\\???')?.exact).toBe(true);
  });

  test('where an export of the same is there, it counts', () => {
    const whole = 'v2.30|App=C:\\犬.exe|';
    const query = read(queryText({ 'HKEY_LOCAL_MACHINE\\A': { x: sz('v2.30|App=C:\\?.exe|') } })).registry;
    const exported = read(exportText({ 'HKEY_LOCAL_MACHINE\\A': { x: sz(whole) } })).registry;
    for (const parts of [
      [query, exported],
      [exported, query],
    ]) {
      const merged = mergeRegistries(parts);
      expect(merged.kind === 'registry' && textAt(merged.registry, 'HKLM\\A', 'x')).toBe(whole);
    }
  });
});

describe('parts of one registry', () => {
  test('are put together', () => {
    const profiles = read(fixture('win11-v2.33-modified/profiles.txt')).registry;
    const rules = read(fixture('win11-v2.33-modified/firewallrules.txt')).registry;
    const merged = mergeRegistries([profiles, rules]);
    if (merged.kind === 'differs') throw new Error(merged.name);
    expect(keyAt(merged.registry, `${local}\\FirewallRules`)?.values.size).toBe(464);
    expect(numberAt(merged.registry, `${local}\\PublicProfile`, 'EnableFirewall')).toBe(1);
  });

  test('a key that was printed twice is one, unless its values differ', () => {
    const once = queryText({ 'HKEY_LOCAL_MACHINE\\A': { '': sz('u'), x: sz('1') } });
    expect(contents(read(once + once).registry)).toEqual({ 'HKEY_LOCAL_MACHINE\\A': { '': sz('u'), x: sz('1') } });
    const { problems } = readRegistryText(once + once.replace('    1', '    2'));
    expect(problems).toMatchObject([{ line: 9, why: { code: 'saved.registry.value-twice' } }]);
  });

  test('that say the same value differently are of two PCs or moments', () => {
    const of = (text: string) => read(queryText({ 'HKEY_LOCAL_MACHINE\\A': { x: sz(text) } })).registry;
    expect(mergeRegistries([of('1'), of('2')])).toEqual({ kind: 'differs', path: 'HKEY_LOCAL_MACHINE\\A', name: 'x' });
    expect(mergeRegistries([of('1'), of('1')]).kind).toBe('registry');
  });
});

describe('what is there at all', () => {
  test('below a key that was saved, what is missing is absent; beside it, it is not known', () => {
    const { registry } = read(fixture('win7sp1-x86/firewallpolicy.txt'));
    expect(presence(registry, `${local}\\FirewallRules`)).toBe('present');
    expect(presence(registry, `${local}\\Mdm\\FirewallRules`)).toBe('absent');
    expect(presence(registry, groupPolicy)).toBe('not-saved');
  });

  test('"reg query" without /s only lists the keys below', () => {
    const text = `\r\n${local}\r\n    PolicyVersion    REG_DWORD    0x21e\r\n\r\n${local}\\FirewallRules\r\n${local}\\Mdm\r\n`;
    const { registry } = read(text);
    expect(presence(registry, `${local}\\FirewallRules`)).toBe('not-saved');
    expect(presence(registry, `${local}\\FirewallRules\\Deeper`)).toBe('not-saved');
    expect(keyAt(registry, `${local}\\Mdm`)).toBeNull();
    // The list may have been cut short between two of its lines.
    expect(presence(registry, `${local}\\PublicProfile`)).toBe('not-saved');
    expect(presence(read(`${text}\r\n`).registry, `${local}\\PublicProfile`)).toBe('absent');
  });

  test('a key that has only keys below it is there', () => {
    const { registry } = read(exportText({ [`${groupPolicy}\\PublicProfile\\Logging`]: { x: dword(1) } }));
    expect(presence(registry, `${groupPolicy}\\PublicProfile`)).toBe('present');
    expect(presence(registry, `${groupPolicy}\\DomainProfile`)).toBe('not-saved');
  });
});

describe('a text that is not whole', () => {
  const query = fixture('win7sp1-x86/firewallpolicy.txt');
  const whole = contents(read(query).registry) as Tree;
  const exported = exportText(whole);

  test.each([
    ['reg query', query],
    ['reg export', exported],
  ])('%s cut at any place says nothing that the whole does not, and says so where it shows', (_, text) => {
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), (length) => {
        const { registry, problems, ending } = readRegistryText(text.slice(0, length));
        for (const [path, values] of Object.entries(contents(registry)))
          for (const [valueName, value] of Object.entries(values)) {
            const { cut } = valueAt(registry, path, valueName) as RegistryValue;
            if (!cut) expect(whole[path]?.[valueName]).toEqual(value);
          }
        const showsIt = problems.length > 0 || ending !== 'whole';
        // An empty line stands between keys, too: only what follows tells that there was more.
        expect(showsIt || /\n\r?\n?$/.test(text.slice(0, length))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    [
      'within a key',
      '\r\nHKEY_LOCAL_MACHINE\\A\r\n    a    REG_DWORD    0x1\r\n\r\nHKEY_LOCAL_MACHINE\\A\\Firewa',
      /5 the text ends within a key's name/,
    ],
    [
      'within a value',
      '\r\nHKEY_LOCAL_MACHINE\\A\r\n    a    REG_SZ    x\r\n    b    REG',
      /4 the text ends within a value/,
    ],
    ['within a name', '\r\nHKEY_LOCAL_MACHINE\\A\r\n    a    REG_SZ    x\r\n    b', /ends within a value/],
    ['within a number', '\r\nHKEY_LOCAL_MACHINE\\A\r\n    a    REG_DWORD    0x', /"a" can't be read/],
    ['a value without its key', '    a    REG_SZ    x\r\n', /a value without its key/],
    [
      'words between',
      '\r\nHKEY_LOCAL_MACHINE\\A\r\n    a    REG_DWORD    0x1\r\nERROR: denied\r\n',
      /neither a key nor a value/,
    ],
    ['no registry', 'hello\r\n', /no registry key/],
    ['nothing', '', /no registry key/],
    ['half a header', 'Windows Registry Edi', /first line is not whole/],
    ['a newer version', 'Windows Registry Editor Version 6.00\r\n\r\n[HKLM\\A]\r\n', /first line is not whole/],
    [
      'half a key of an export',
      'Windows Registry Editor Version 5.00\r\n\r\n[HKLM\\A\r\n',
      /key's name that does not end/,
    ],
    [
      'half a string',
      'Windows Registry Editor Version 5.00\r\n\r\n[HKLM\\A]\r\n"a"="x\r\n"b"="y"\r\n',
      /"a" can't be read/,
    ],
    ['half a name', 'Windows Registry Editor Version 5.00\r\n\r\n[HKLM\\A]\r\n"a', /name that does not end/],
    ['half a number', 'Windows Registry Editor Version 5.00\r\n\r\n[HKLM\\A]\r\n"a"=dword:00', /"a" can't be read/],
    [
      'bytes to be continued',
      'Windows Registry Editor Version 5.00\r\n\r\n[HKLM\\A]\r\n"a"=hex:00,\\\r\n',
      /"a" can't be read/,
    ],
    ['half a byte', 'Windows Registry Editor Version 5.00\r\n\r\n[HKLM\\A]\r\n"a"=hex:0\r\n', /"a" can't be read/],
    [
      'words in an export',
      'Windows Registry Editor Version 5.00\r\n\r\n[HKLM\\A]\r\nhello\r\n',
      /neither a key nor a value/,
    ],
  ])('%s', (_, text, says) => {
    const { problems } = readRegistryText(text);
    expect(problems.map(({ line: at, why }) => `${at} ${inEnglish(why)}`).join()).toMatch(says);
  });

  test('a last line without its end is marked', () => {
    const text = '\r\nHKEY_LOCAL_MACHINE\\A\r\n    a    REG_SZ    x\r\n    b    REG_SZ    y';
    const { registry, ending } = read(text);
    expect(ending).toBe('torn');
    expect(valueAt(registry, 'HKLM\\A', 'a')?.cut).toBe(false);
    expect(valueAt(registry, 'HKLM\\A', 'b')?.cut).toBe(true);
    expect(presence(registry, 'HKLM\\A\\B')).toBe('not-saved');
  });

  test('a last key without values may have lost them', () => {
    const { registry, ending } = read(`\r\n${local}\r\n    x    REG_DWORD    0x1\r\n\r\n${local}\\FirewallRules\r\n`);
    expect(ending).toBe('abrupt');
    expect(presence(registry, `${local}\\FirewallRules`)).toBe('not-saved');
  });
});
