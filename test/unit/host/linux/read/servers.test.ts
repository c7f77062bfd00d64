// How Samba and ksmbd are configured on this PC.
import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesUnder } from '../../../../../main/host/linux/read/files';
import { readProcesses } from '../../../../../main/host/linux/read/processes';
import { readServers } from '../../../../../main/host/linux/read/servers';
import { findSmbProcesses } from '../../../../../main/host/linux/read/smb-processes';
import { startOf } from '../../../../../main/host/linux/read/smbd-command-line';
import type { PatchFact, SmbServer } from '../../../../../main/model/facts';
import { verbatim } from '../../../../../main/model/message';
import { anyVfsObjects, pcOf as pcForPatch } from '../../../../../main/patch/pc';
import { failureOf, spoken } from '../../../in-english';
import { type Change, debianSamba, endingStatusOf, pcOf, statusOf } from '../pc-folder';

function readOf(root: string, uid = 0) {
  const files = filesUnder(root);
  return readServers(files, readProcesses(files), uid).value;
}
const serversOf = (...pc: Parameters<typeof readOf>) => spoken(readOf(...pc));
const at = '2026-01-01T00:00:00.000Z';
const source = { kind: 'file', name: 'test' } as const;
const linuxPatch: PatchFact = {
  ...{ kind: 'linux', distribution: 'debian', release: '12', packaging: 'dpkg' },
  ...{ packages: { state: 'unknown', why: verbatim('test') }, kernel: { state: 'unknown', why: verbatim('test') } },
  restart: { state: 'none', because: verbatim('test') },
};
const featuresBy = (servers: readonly SmbServer[]) =>
  pcForPatch({
    patch: { state: 'known', value: linuxPatch, source, at },
    servers: { state: 'known', value: servers, source, at },
    listeners: { state: 'failed', why: verbatim('test'), source, at },
  }).features;
const noSmbd: Readonly<Record<string, Change>> = Object.fromEntries(
  ['11658', '11668', '11669', '11762', '11764', '11767', '11768'].map((pid) => [`proc/${pid}`, null]),
);
const commandOf = (...words: string[]): string => words.map((word) => `${word}\0`).join('');

describe('Samba', () => {
  it('is one server, however many processes it has', () => {
    expect(serversOf(debianSamba()).map((server) => server.product)).toEqual(['samba']);
  });

  it('says which file it reads, and what in it could not be followed', () => {
    expect(serversOf(debianSamba())[0]?.configuration).toBe(
      '/etc/samba/smb.conf; not followed: include = /etc/samba/%m.conf (/etc/samba/smb.conf, line 14)',
    );
  });

  it('tells settings that are written from defaults', () => {
    const settings = new Map(serversOf(debianSamba())[0]?.settings.map((setting) => [setting.name, setting]));
    expect(settings.get('server min protocol')).toEqual({
      name: 'server min protocol',
      value: 'NT1',
      isDefault: false,
      from: '/etc/samba/smb.conf, line 10',
    });
    expect(settings.get('interfaces')?.value).toBe('127.0.0.0/8 eth0');
    expect(settings.get('server signing')).toMatchObject({ value: 'mandatory', from: '/etc/samba/extra.conf, line 1' });
    expect(settings.get('server max protocol')).toMatchObject({ value: 'SMB3', isDefault: true });
    expect(settings.get('restrict anonymous')).toMatchObject({ value: '0', isDefault: true });
  });

  it('lists its shares, with guests and writing as configured', () => {
    expect(serversOf(debianSamba())[0]?.shares).toEqual([
      { name: 'homes', path: null, guest: false, readOnly: true },
      { name: 'printers', path: '/var/tmp', guest: false, readOnly: true },
      { name: 'Shared Files', path: '/srv/files', guest: true, readOnly: false },
    ]);
  });

  it('takes what [global] says about shares as the default for all, and leaves out shares without a path or not available', () => {
    const text =
      '[global]\nguest ok = yes\nread only = no\n[a]\npath="/a b"\n[b]\n[c]\npath=/c\navailable=no\n[d]\npath=/d\nguest ok=0\n';
    expect(serversOf(debianSamba({ 'etc/samba/smb.conf': text }))[0]?.shares).toEqual([
      { name: 'a', path: '/a b', guest: true, readOnly: false },
      { name: 'd', path: '/d', guest: false, readOnly: false },
    ]);
  });

  it('that runs with another file and settings of its own is read from there', () => {
    const root = debianSamba({
      'proc/11658/cmdline': commandOf(
        '/usr/sbin/smbd',
        '-D',
        '-s',
        '/srv/own.conf',
        '--option=server min protocol=SMB3',
      ),
      'srv/own.conf': '[global]\nserver min protocol = NT1\n',
    });
    const [server, ...others] = serversOf(root);
    expect(others).toEqual([]);
    expect(server?.configuration).toBe('/srv/own.conf');
    expect(server?.settings.find((setting) => setting.name === 'server min protocol')).toEqual({
      name: 'server min protocol',
      value: 'SMB3',
      isDefault: false,
      from: 'command line of smbd (11658)',
    });
  });

  it('is read from where its environment says, unless its command line does', () => {
    const changes = {
      'proc/11658/environ': commandOf('LANG=C', 'SMB_CONF_PATH=/srv/own.conf'),
      'srv/own.conf': '[mine]\npath = /mine\n',
      'srv/other.conf': '',
    };
    expect(serversOf(debianSamba(changes)).map(({ configuration }) => configuration)).toEqual(['/srv/own.conf']);
    const named = { ...changes, 'proc/11658/cmdline': commandOf('smbd', '-s', '/srv/other.conf') };
    expect(serversOf(debianSamba(named)).map(({ configuration }) => configuration)).toEqual(['/srv/other.conf']);
  });

  it.each([
    ['[a]\npath = /a\nvfs object = catia, FRUIT streams_xattr\n', 'FRUIT catia streams_xattr', true],
    ['[global]\nVFS Objects = fruit\n[a]\npath = /a\n', 'fruit', true],
    ['[a]\npath = /a\nvfs objects = recycle\n', 'recycle', false],
    ['[a]\npath = /a\n', '', false],
  ])('lists the modules of all shares: %j', (text, value, isFruit) => {
    const servers = readOf(debianSamba({ 'etc/samba/smb.conf': text }));
    expect(servers[0]?.settings.find(({ name }) => name === anyVfsObjects)?.value).toBe(value);
    expect(featuresBy(servers)['vfs-fruit']?.on).toBe(isFruit ? undefined : false);
  });

  it('says nothing of modules where a part of the configuration is not followed', () => {
    const servers = serversOf(
      debianSamba({ 'etc/samba/smb.conf': '[global]\ninclude = /etc/samba/%m.conf\n[a]\npath = /a\n' }),
    );
    expect(servers[0]?.settings.some(({ name }) => name === anyVfsObjects)).toBe(false);
  });

  it.each([
    ['', false],
    ['server role = standalone server\n', false],
    ['Server Role = active directory domain controller\n', undefined],
    ['domain logons = yes\n', undefined],
  ])('is a domain controller or not: %j', (line, on) => {
    const servers = readOf(debianSamba({ 'etc/samba/smb.conf': `[global]\n${line}[a]\npath = /a\n` }));
    expect(featuresBy(servers)['domain-controller']?.on).toBe(on);
  });

  it.each([
    'include = /etc/samba/%m.conf\n',
    'include = /srv/fifo.conf\n',
    'config backend = registry\n',
    'what is this\n',
  ])('is not said to be no domain controller where a part is not followed: %j', (line) => {
    const root = debianSamba({
      'etc/samba/smb.conf': `[global]\nserver role = standalone\n${line}[a]\npath = /a\n`,
      'srv/other.conf': '',
    });
    execFileSync('/usr/bin/mkfifo', [join(root, 'srv/fifo.conf')]);
    expect(featuresBy(readOf(root))['domain-controller']).toBeUndefined();
  });

  it('is one server where its processes have taken names of their clients', () => {
    const clients = Object.fromEntries(
      ['11762', '11764', '11767', '11768'].map((pid) => [`proc/${pid}/comm`, 'smbd[10.77.1.20\n'] as const),
    );
    const root = debianSamba({ ...clients, 'proc/11762/status': statusOf(0, 1000) });
    expect(serversOf(root)).toHaveLength(1);
    const files = filesUnder(root);
    const found = findSmbProcesses(files, readProcesses(files)).filter(({ pid }) => pid === 11762);
    expect(found).toMatchObject([{ program: 'smbd', standing: 'this-pc', isReplaced: false }]);
  });

  it('of another network namespace is not of this PC', () => {
    const root = debianSamba({
      'proc/self/ns/net': { link: 'net:[1]' },
      'proc/11658/ns/net': { link: 'net:[2]' },
      'proc/11658/cmdline': commandOf('smbd', '-s', '/gone.conf'),
    });
    expect(serversOf(root)[0]?.configuration).toContain('/etc/samba/smb.conf');
  });

  it('that is installed but not running is read all the same; a mere configuration file is no server', () => {
    expect(serversOf(debianSamba(noSmbd))).toHaveLength(1);
    expect(serversOf(debianSamba({ ...noSmbd, 'usr/sbin/smbd': null }))).toEqual([]);
  });

  it('without its file is a failure: what it shares is not known', () => {
    expect(failureOf(() => serversOf(debianSamba({ 'etc/samba/smb.conf': null })))).toContain(
      '/etc/samba/smb.conf does not exist.',
    );
  });

  it('lists shares that users made themselves', () => {
    const root = debianSamba({
      'var/lib/samba/usershares/holiday':
        '#VERSION 2\npath=/home/ann/holiday\ncomment=\nusershare_acl=S-1-1-0:F\nguest_ok=y\nsharename=Holiday\n',
      'var/lib/samba/usershares/work':
        '#VERSION 2\npath=/home/ann/work\nusershare_acl=S-1-1-0:R,S-1-5-21-1:D\nguest_ok=n\n',
      'var/lib/samba/usershares/broken': '#VERSION 2\n',
    });
    expect(serversOf(root)[0]?.shares.slice(-2)).toEqual([
      { name: 'holiday', path: '/home/ann/holiday', guest: true, readOnly: false },
      { name: 'work', path: '/home/ann/work', guest: false, readOnly: true },
    ]);
  });
});

describe('a process that is not the smbd it seems to be', () => {
  const secret = { 'root/secret.conf': '[hidden]\npath = /root/hidden\nguest ok = yes\nwriteable = yes\n' };
  const names = (...more: string[]) => commandOf('/usr/sbin/smbd', '-s', '/root/secret.conf', ...more);
  const real = ['Shared Files', 'homes', 'printers'];
  const sharesOf = (root: string, uid = 0) =>
    serversOf(root, uid)
      .flatMap(({ shares }) => shares.map(({ name }) => name))
      .sort();

  it.each<[string, Readonly<Record<string, Change>>]>([
    ["an ordinary user's, of any file", { 'proc/70/status': statusOf(1000) }],
    [
      "an ordinary user's, of the real file",
      { 'proc/70/status': statusOf(1000), 'proc/70/exe': { link: '/usr/sbin/smbd' } },
    ],
    ["an ordinary user's, with root's rights", { 'proc/70/status': statusOf(1000, 0) }],
    ["root's, of another program", { 'proc/70/status': statusOf(0), 'proc/70/exe': { link: '/usr/bin/sudo' } }],
    [
      "root's, of a file that others could have written",
      { 'proc/70/status': statusOf(0), 'proc/70/exe': { link: '/tmp/open/smbd' } },
    ],
    [
      "root's, of a file that is gone from where others may write",
      { 'proc/70/status': statusOf(0), 'proc/70/exe': { link: '/tmp/smbd (deleted)' } },
    ],
    ['one that ended meanwhile', {}],
    ["root's, which ends just now", { 'proc/70/status': endingStatusOf('R (running)') }],
    ["root's, which nobody has collected", { 'proc/70/status': endingStatusOf('Z (zombie)') }],
  ])('is not read, and takes nothing away: %s', (_what, changes) => {
    const fake = {
      'proc/70/comm': 'smbd\n',
      'proc/70/stat': '70 (smbd) S 1 0 0',
      'proc/70/cmdline': names(),
      ...secret,
    };
    const root = debianSamba({ ...fake, ...changes, 'tmp/open/smbd': '', 'usr/bin/sudo': '' });
    chmodSync(join(root, 'tmp/open'), 0o777);
    chmodSync(join(root, 'tmp'), 0o1777);
    expect(sharesOf(root)).toEqual(real);
    expect(JSON.stringify(serversOf(root))).not.toMatch(/secret|hidden/);
    // Nor where the real one does not run.
    const alone = debianSamba({ ...noSmbd, ...fake, ...changes, 'tmp/open/smbd': '', 'usr/bin/sudo': '' });
    chmodSync(join(alone, 'tmp/open'), 0o777);
    chmodSync(join(alone, 'tmp'), 0o1777);
    expect(sharesOf(alone)).toEqual(real);
  });

  it('in a container is named, and its paths lead nowhere here', () => {
    const root = debianSamba({
      ...secret,
      'proc/70/comm': 'smbd\n',
      'proc/70/stat': '70 (smbd) S 1 0 0',
      'proc/70/status': statusOf(0),
      'proc/70/exe': { link: '/usr/sbin/smbd' },
      'proc/70/root': 'folder',
      'proc/70/cmdline': names(),
    });
    const what =
      'the configuration of smbd (process 70), which runs in a container or another root folder, is not read';
    expect(serversOf(root).slice(1)).toEqual([
      { product: 'samba', configuration: what, settings: [], shares: [], unread: [what] },
    ]);
    expect(sharesOf(root)).toEqual(real);
  });

  it('makes no ksmbd', () => {
    const fake = { 'proc/70/comm': 'ksmbd.mountd\n', 'proc/70/status': statusOf(1000) };
    expect(serversOf(debianSamba(fake))).toHaveLength(1);
  });

  it('is a server for the ordinary user who runs it, with their own rights, beside the real one', () => {
    const own = debianSamba({
      ...secret,
      'proc/70/comm': 'smbd\n',
      'proc/70/stat': '70 (smbd) S 1 0 0',
      'proc/70/status': statusOf(1000),
      'proc/70/cmdline': names(),
    });
    expect(sharesOf(own, 1000)).toEqual([...real, 'hidden'].sort());
    expect(sharesOf(own, 1001)).toEqual(real);
  });

  it('is told from the real one by its unit where its program may not be seen', () => {
    const changes = {
      ...Object.fromEntries(Object.keys(noSmbd).map((path) => [`${path}/exe`, null])),
      'proc/11658/cgroup': '0::/system.slice/smbd.service\n',
      'srv/own.conf': '[mine]\npath = /mine\n',
      'proc/11658/cmdline': commandOf('smbd', '-s', '/srv/own.conf'),
    };
    const files = filesUnder(debianSamba(changes));
    const standings = findSmbProcesses(files, readProcesses(files)).map(({ pid, standing }) => `${pid} ${standing}`);
    expect(standings).toContain('11658 this-pc');
    expect(standings).toContain('11762 not-seen');
  });
});

describe('one bad item', () => {
  const guest = 'path=/x\nusershare_acl=S-1-1-0:F\nguest_ok=y\n';

  it('among several servers does not keep the others from being told', () => {
    const servers = serversOf(debianSamba({ 'sys/module/ksmbd': 'folder' }));
    expect(servers.map(({ product, unread }) => [product, unread])).toEqual([
      ['samba', undefined],
      ['ksmbd', ['/etc/ksmbd/ksmbd.conf does not exist.']],
    ]);
  });

  it('among the shares that users made is named, and the others are told', () => {
    const root = debianSamba({
      'var/lib/samba/usershares/good': guest,
      'var/lib/samba/usershares/folder': 'folder',
      'var/lib/samba/usershares/link': { link: '/etc/passwd' },
      'var/lib/samba/usershares/large': guest.padEnd(11_000, '#'),
      'var/lib/samba/usershares/mounted': guest,
      'proc/self/mountinfo':
        '22 1 0:20 / / rw - ext4 /dev/a rw\n23 22 0:21 / /var/lib/samba/usershares/mounted rw - fuse f rw\n',
    });
    execFileSync('/usr/bin/mkfifo', [join(root, 'var/lib/samba/usershares/fifo')]);
    const [server] = serversOf(root);
    expect(server?.shares.map(({ name }) => name)).toEqual(expect.arrayContaining(['good', 'Shared Files']));
    expect([...(server?.unread ?? [])].sort()).toEqual([
      '/var/lib/samba/usershares/fifo is no regular file: not read.',
      '/var/lib/samba/usershares/folder is no regular file: not read.',
      '/var/lib/samba/usershares/large is larger than 10 kB: not read.',
      '/var/lib/samba/usershares/link is no regular file: not read.',
      '/var/lib/samba/usershares/mounted is a place where something is mounted: not read.',
    ]);
  });

  it('in a folder of thousands: some are told, and that there are more', () => {
    const many = Object.fromEntries(Array.from({ length: 2100 }, (_, i) => [`var/lib/samba/usershares/s${i}`, guest]));
    const [server] = serversOf(debianSamba(many));
    expect(server?.shares.length).toBeGreaterThan(1900);
    expect(server?.unread).toEqual(['/var/lib/samba/usershares holds more than 2000 files: not all were read']);
  });

  it.each<[string, (root: string) => void]>([
    ['a FIFO', (root) => execFileSync('/usr/bin/mkfifo', [join(root, 'srv/part.conf')])],
    ['a link to a device', (root) => symlinkSync('/dev/zero', join(root, 'srv/part.conf'))],
    [
      'a file of 100 GB',
      (root) => {
        writeFileSync(join(root, 'srv/part.conf'), '');
        truncateSync(join(root, 'srv/part.conf'), 100e9);
      },
    ],
  ])('that is included (%s) is named, and the rest is told', (_what, make) => {
    const root = debianSamba({
      'etc/samba/smb.conf': '[global]\ninclude = /srv/part.conf\n[a]\npath = /a\nguest ok = yes\n',
      'srv/other.conf': '',
    });
    make(root);
    const [server] = serversOf(root);
    expect(server?.shares).toEqual([{ name: 'a', path: '/a', guest: true, readOnly: true }]);
    expect(server?.unread?.[0]).toMatch(/^include = \/srv\/part\.conf \(.*\): \/srv\/part\.conf is .*: not read\.$/);
  });
});

describe('ksmbd', () => {
  const ksmbdConf =
    '; made by ksmbd.addshare\n[global]\n\tserver min protocol = SMB3_00 ; no older\n[files]\n\tpath = /srv/files\n\tguest ok = yes\n\twriteable = yes\n';

  it('is read like Samba, with its own defaults', () => {
    const [server] = serversOf(pcOf({ 'proc/1/comm': 'systemd\n', 'etc/ksmbd/ksmbd.conf': ksmbdConf }));
    expect(server).toMatchObject({
      product: 'ksmbd',
      configuration: '/etc/ksmbd/ksmbd.conf',
      shares: [{ name: 'files', path: '/srv/files', guest: true, readOnly: false }],
    });
    const settings = new Map(server?.settings.map((setting) => [setting.name, setting]));
    expect(settings.get('server min protocol')).toMatchObject({ value: 'SMB3_00', isDefault: false });
    expect(settings.get('tcp port')).toMatchObject({ value: '445', isDefault: true });
    // Its defaults for signing differ between versions: what is not known is not listed.
    expect(settings.has('server signing')).toBe(false);
  });

  it('whose module is loaded, but whose file is not there, is a failure', () => {
    expect(failureOf(() => serversOf(pcOf({ 'proc/1/comm': 'systemd\n', 'sys/module/ksmbd': 'folder' })))).toContain(
      '/etc/ksmbd/ksmbd.conf does not exist.',
    );
  });

  it('is not listed where there is none', () => {
    expect(serversOf(pcOf({ 'proc/1/comm': 'systemd\n' }))).toEqual([]);
  });
});

describe("smbd's command line", () => {
  const start = (...words: string[]) => startOf(['smbd', ...words], 5, '/etc/samba/smb.conf', () => '/srv');
  it.each([
    [['-s', '/a.conf'], '/a.conf'],
    [['-s/a.conf'], '/a.conf'],
    [['-FSs', '/a.conf'], '/a.conf'],
    [['--configfile=/a.conf'], '/a.conf'],
    [['--configfile', '/a.conf', '-D'], '/a.conf'],
    [['-d', '3', '-l', '/var/log', '--foreground'], '/etc/samba/smb.conf'],
    [['-s', 'own/a.conf'], '/srv/own/a.conf'],
    [['-s'], '/etc/samba/smb.conf'],
    [[], '/etc/samba/smb.conf'],
  ])('%j reads %s', (words, path) => {
    expect(start(...words).path).toBe(path);
  });

  it('may change settings', () => {
    expect(start('-p', '1445', '--option=server role=auto', '--option', 'ntlm auth = yes').options).toEqual([
      'smb ports=1445',
      'server role=auto',
      'ntlm auth = yes',
    ]);
  });
});
