// Samba's configuration language.
import { describe, expect, it } from 'vitest';
import { type Configuration, readConfiguration } from '../../../../../main/host/linux/read/smb-conf';
import { spoken } from '../../../in-english';

function read(files: Readonly<Record<string, string>>, commentsAnywhere = false) {
  const read = readConfiguration('/etc/samba/smb.conf', (path) => files[path] ?? null, { commentsAnywhere });
  return { ...read, notes: spoken(read.notes), unread: spoken(read.unread) };
}
const main = (text: string, more: Readonly<Record<string, string>> = {}) =>
  read({ '/etc/samba/smb.conf': text, ...more });
const global = (configuration: Pick<Configuration, 'global' | 'shares'>) =>
  Object.fromEntries([...configuration.global].map(([name, { value }]) => [name, value]));
const share = (configuration: Pick<Configuration, 'global' | 'shares'>, name: string) =>
  Object.fromEntries(
    [...(configuration.shares.get(name)?.section ?? [])].map(([setting, { value }]) => [setting, value]),
  );

describe('a configuration', () => {
  it('does not care for case and spaces in names, and knows them by all their names', () => {
    const text =
      '[Glo bal]\n[GLOBAL]\n MIN Protocol = NT1\nsmbencrypt=required\nallow   hosts = 10.\n[s]\nPublic = Yes\nwrite ok = yes\ndirectory = /a';
    expect(global(main(text))).toEqual({
      'server min protocol': 'NT1',
      'server smb encrypt': 'required',
      'hosts allow': '10.',
    });
    expect(share(main(text), 's')).toEqual({ 'guest ok': 'Yes', 'read only': 'no', path: '/a' });
  });

  it('goes on after a backslash, but a comment does not', () => {
    const text =
      '# told \\\nserver signing = mandatory\n[global]\nhosts allow = 10. \\\n   192.168. \\  \n\t172.16.\nmap to \\\nguest = bad user\nntlm au\\\nth = yes\n';
    expect(global(main(text))).toEqual({
      'server signing': 'mandatory',
      'hosts allow': '10. 192.168. 172.16.',
      'map to guest': 'bad user',
      'ntlm auth': 'yes',
    });
  });

  it('keeps what looks like a comment or an equals sign inside a value', () => {
    expect(share(main('[s]\npath = /a;b # c = d\n'), 's')).toEqual({ path: '/a;b # c = d' });
  });

  it('cuts comments anywhere for ksmbd', () => {
    const configuration = read(
      { '/etc/samba/smb.conf': '[s] ; share\npath = /a # here\nguest ok = yes ; always\n' },
      true,
    );
    expect(share(configuration, 's')).toEqual({ path: '/a', 'guest ok': 'yes' });
  });

  it('lets the last word count, also across sections of one name', () => {
    expect(share(main('[S]\nread only = yes\n[other]\n[s]\nread only = no\n'), 's')).toEqual({ 'read only': 'no' });
  });

  it('says where each word is written, also in included files', () => {
    const configuration = main('[global]\n\ninclude = /etc/samba/more.conf\nsmb ports = 445', {
      '/etc/samba/more.conf': '# more\nserver signing = required\n',
    });
    expect(configuration.global.get('server signing')).toEqual({
      value: 'required',
      path: '/etc/samba/more.conf',
      line: 2,
    });
    expect(configuration.global.get('smb ports')).toEqual({ value: '445', path: '/etc/samba/smb.conf', line: 4 });
  });

  it('goes on after an include in the section that the included file ended in, as Samba does', () => {
    const configuration = main('[global]\ninclude = /m\nread only = no\n', { '/m': '[inc]\npath = /inc\n' });
    expect(share(configuration, 'inc')).toEqual({ path: '/inc', 'read only': 'no' });
  });

  it('names what it does not follow: variables, relative paths, absent and endless includes, the registry', () => {
    const text =
      'include = /etc/samba/%m.conf\ninclude = more.conf\ninclude = /gone\ninclude = /loop\nconfig backend = registry\nconfig file = /b\ncopy = nobody\nwhat is this\n';
    const { notes } = main(text, { '/loop': 'include = /loop\n' });
    expect(notes).toEqual([
      'not followed: include = /etc/samba/%m.conf (/etc/samba/smb.conf, line 1)',
      'not followed: include = more.conf (/etc/samba/smb.conf, line 2)',
      'not there: include = /gone (/etc/samba/smb.conf, line 3)',
      'includes itself: include = /loop (/loop, line 1)',
      'not followed: config backend = registry (/etc/samba/smb.conf, line 5)',
      'not followed: config file = /b (/etc/samba/smb.conf, line 6)',
      'not followed: copy = nobody (/etc/samba/smb.conf, line 7)',
      'not understood: /etc/samba/smb.conf, line 8',
    ]);
  });

  it('copies an earlier share without overwriting what is already said', () => {
    const configuration = main('[model]\npath = /m\nguest ok = yes\n[s]\nguest ok = no\ncopy = Model\n');
    expect(share(configuration, 's')).toEqual({ path: '/m', 'guest ok': 'no' });
  });

  it('survives a byte order mark, carriage returns, a cut end and an empty file', () => {
    expect(global(main('\uFEFF[global]\r\nsmb ports = 445\r\nserver signing = auto \\'))).toEqual({
      'smb ports': '445',
      'server signing': 'auto',
    });
    expect(main('').shares.size).toBe(0);
  });
});

describe('a configuration that somebody made to be long to read', () => {
  const within = <T>(milliseconds: number, read: () => T): T => {
    const start = Date.now();
    const configuration = read();
    expect(Date.now() - start).toBeLessThan(milliseconds);
    return configuration;
  };
  const share = '[files]\npath = /srv\n';

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['includes itself, twice', `${'include = /etc/samba/smb.conf\n'.repeat(2)}`, {}],
    [
      'files that include each other, many times',
      'include = /1\n',
      Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`/${i + 1}`, `include = /${i + 2}\n`.repeat(50)])),
    ],
    [
      'a long chain',
      'include = /1\n',
      Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`/${i + 1}`, `include = /${i + 2}\n`])),
    ],
    ['one large file again and again', 'include = /big\n'.repeat(5000), { '/big': 'x = y\n'.repeat(100_000) }],
    ['a line that never ends', 'x = a\\\n'.repeat(400_000), {}],
    ['an empty line that never ends', '\\\n'.repeat(1_000_000), {}],
    ['spaces without end', `x =${' '.repeat(2_000_000)}y${' '.repeat(2_000_000)}\\\n`, {}],
    ['nothing that is understood', 'what\n'.repeat(500_000), {}],
    ['brackets without end', '['.repeat(4_000_000), {}],
  ])('is read in a moment, and what it said before counts: %s', (_what, text, more) => {
    const configuration = within(5000, () => main(`${share}${text}`, more));
    expect(configuration.shares.get('files')?.section.get('path')?.value).toBe('/srv');
    expect(configuration.notes.join().length).toBeLessThan(12_000);
  });

  it('says that it was not read to its end', () => {
    const more = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`/${i}`, '']));
    const text = Array.from({ length: 150 }, (_, i) => `include = /${i}\n`).join('');
    expect(main(text, more).unread.at(-1)).toBe('and 30 more of these');
    // One that includes itself has been read.
    expect(main('include = /etc/samba/smb.conf\n').unread).toEqual([]);
  });

  it('tells no line of a file', () => {
    const { notes, unread } = main('include = /secret\n', { '/secret': 'root:$6$hash\nuser = password\n' });
    expect(JSON.stringify([notes, unread])).not.toMatch(/hash|password/);
  });
});
