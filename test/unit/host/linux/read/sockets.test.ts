// Who waits for SMB and who is connected, from the kernel's own tables.
import { describe, expect, it } from 'vitest';
import { filesUnder } from '../../../../../main/host/linux/read/files';
import { listenersOf, sessionsOf } from '../../../../../main/host/linux/read/listeners';
import { nameOwners } from '../../../../../main/host/linux/read/owners';
import { findHolders, readProcesses } from '../../../../../main/host/linux/read/processes';
import { readTcpSockets, readUdpSockets, surelyServes } from '../../../../../main/host/linux/read/sockets';
import { type Change, debianSamba, fixtureText, pcOf } from '../pc-folder';

const heading = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const row = (local: string, remote: string, state: string, uid = 0, inode = 4711): string =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000 ${String(uid).padStart(5)}        0 ${inode} 1 0000000000000000 100 0 0 10 0\n`;

const nobody = () => null;

async function listenersAt(root: string, uid = 0) {
  const files = filesUnder(root);
  const sockets = [...(await readTcpSockets(files, 'LE')).sockets, ...(await readUdpSockets(files, 'LE'))];
  return listenersOf(sockets, await nameOwners(files, sockets, () => readProcesses(files), uid));
}

async function sessionsAt(root: string, uid = 0) {
  const files = filesUnder(root);
  const { sockets } = await readTcpSockets(files, 'LE');
  return sessionsOf(sockets, await nameOwners(files, sockets, () => readProcesses(files), uid));
}

describe('listeners', () => {
  it('are named with their programs, TCP and UDP, both families', async () => {
    const listeners = await listenersAt(debianSamba());
    const smbd = { name: 'smbd', pid: 11658 };
    expect(listeners.filter((listener) => listener.protocol === 'tcp')).toEqual([
      { protocol: 'tcp', family: 'ipv4', address: '0.0.0.0', port: 445, owner: smbd },
      { protocol: 'tcp', family: 'ipv4', address: '0.0.0.0', port: 139, owner: smbd },
      { protocol: 'tcp', family: 'ipv6', address: '::', port: 445, owner: smbd },
      { protocol: 'tcp', family: 'ipv6', address: '::', port: 139, owner: smbd },
    ]);
    const udp = listeners.filter((listener) => listener.protocol === 'udp');
    expect(udp.map((listener) => listener.owner)).toEqual(udp.map(() => ({ name: 'nmbd', pid: 11659 })));
    expect(udp.filter((listener) => listener.port === 137).map((listener) => listener.address)).toEqual([
      '172.17.255.255',
      '172.17.0.1',
      '10.8.0.2',
      '10.77.1.255',
      '10.77.1.10',
      '10.77.2.255',
      '10.77.2.10',
      '0.0.0.0',
    ]);
  });

  it('have no owner for an ordinary user, who may not see it', async () => {
    const listeners = await listenersAt(debianSamba(), 1000);
    expect(listeners.length).toBeGreaterThan(10);
    expect(new Set(listeners.map((listener) => listener.owner))).toEqual(new Set([null]));
  });

  it('of the user themselves are named for an ordinary user', async () => {
    const uid = process.getuid?.() ?? 0;
    const root = pcOf({
      'proc/net/tcp': heading + row('0100007F:01BD', '00000000:0000', '0A', uid, 900),
      'proc/net/udp': heading,
      'proc/1/comm': 'systemd\n',
      'proc/70/comm': 'my-server\n',
      'proc/70/fd/3': { link: 'socket:[900]' },
    });
    expect((await listenersAt(root, uid))[0]?.owner).toEqual({ name: 'my-server', pid: 70 });
  });

  it('that no process holds while ksmbd runs are the kernel, once for all its interfaces', async () => {
    const ksmbd = row('00000000000000000000000000000000:01BD', '00000000000000000000000000000000:0000', '0A', 0, 31);
    const changes = {
      'proc/net/tcp': heading,
      'proc/net/tcp6': heading + ksmbd + ksmbd.replace(' 31 ', ' 32 '),
      'proc/net/udp': heading,
    };
    const kernel = {
      protocol: 'tcp',
      family: 'ipv6',
      address: '::',
      port: 445,
      owner: { name: 'the kernel (ksmbd)', pid: null },
    };
    expect(
      await listenersAt(
        debianSamba({
          ...changes,
          'proc/900/comm': 'ksmbd-eth0\n',
          'proc/900/stat': '900 (ksmbd-eth0) I 2 0 0 0\n',
          'proc/900/fd': 'folder',
        }),
      ),
    ).toEqual([kernel]);
    // A program that took the name is no thread of the kernel's.
    expect(
      await listenersAt(
        debianSamba({
          ...changes,
          'proc/900/comm': 'ksmbd-eth0\n',
          'proc/900/stat': '900 (ksmbd-eth0) S 1 0 0 0\n',
          'proc/900/fd': 'folder',
        }),
      ),
    ).toEqual([{ ...kernel, owner: null }]);
    // Without ksmbd, "nobody found" is not "the kernel".
    expect(await listenersAt(debianSamba(changes))).toEqual([{ ...kernel, owner: null }]);
  });

  it('without an inode belong to the kernel', async () => {
    const root = pcOf({
      'proc/net/tcp': heading + row('00000000:01BD', '00000000:0000', '0A', 0, 0),
      'proc/net/udp': heading,
    });
    expect((await listenersAt(root))[0]?.owner).toEqual({ name: 'the kernel (ksmbd)', pid: null });
  });

  it('include SMB Direct on 5445 and QUIC on UDP 443, and nothing else', async () => {
    const root = pcOf({
      'proc/net/tcp':
        heading + row('00000000:1545', '00000000:0000', '0A') + row('00000000:0050', '00000000:0000', '0A'),
      'proc/net/udp':
        heading + row('00000000:01BB', '00000000:0000', '07') + row('00000000:0035', '00000000:0000', '07'),
    });
    const listeners = listenersOf(
      [...(await readTcpSockets(filesUnder(root), 'LE')).sockets, ...(await readUdpSockets(filesUnder(root), 'LE'))],
      nobody,
    );
    expect(listeners.map((listener) => `${listener.protocol} ${listener.port}`)).toEqual(['tcp 5445', 'udp 443']);
  });

  it('read the same on a big-endian PC, whose kernel turns nothing around', async () => {
    const big = row('0A4D010A:01BD', '00000000:0000', '0A');
    const big6 = row('FD770001000000000000000000000010:01BD', '00000000000000000000000000000000:0000', '0A');
    const { sockets } = await readTcpSockets(
      filesUnder(pcOf({ 'proc/net/tcp': heading + big, 'proc/net/tcp6': heading + big6 })),
      'BE',
    );
    expect(sockets.map((socket) => socket.local.address)).toEqual(['10.77.1.10', 'fd77:1::10']);
  });

  it('bound to IPv4 inside IPv6 are IPv4', async () => {
    const mapped = row('0000000000000000FFFF00000A014D0A:01BD', '00000000000000000000000000000000:0000', '0A');
    const {
      sockets: [socket],
    } = await readTcpSockets(filesUnder(pcOf({ 'proc/net/tcp': heading, 'proc/net/tcp6': heading + mapped })), 'LE');
    expect(socket).toMatchObject({ family: 'ipv4', local: { address: '10.77.1.10', port: 445 } });
  });
});

describe('holders of sockets', () => {
  const socketOfRoot = new Map([[900, 0]]);
  const holderOf = async (
    changes: Readonly<Record<string, Change>>,
    limits = { milliseconds: 5000, descriptors: 10 },
  ) => {
    const files = filesUnder(pcOf({ 'proc/1/comm': 'systemd\n', 'proc/1/fd': 'folder', ...changes }));
    const { found, complete } = await findHolders(files, readProcesses(files), socketOfRoot, 0, limits);
    return [found.get(900)?.name, complete];
  };
  const many = (pid: number, count: number): Readonly<Record<string, Change>> =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`proc/${pid}/fd/${i}`, { link: '/dev/null' }]));

  it('are found beside a process with more descriptors than are looked at; nobody found is then no answer', async () => {
    const crowd = { 'proc/50/comm': 'smbd\n', ...many(50, 30) };
    const smbd = { 'proc/70/comm': 'smbd\n', 'proc/70/fd/3': { link: 'socket:[900]' } };
    expect(await holderOf({ ...crowd, ...smbd })).toEqual(['smbd', false]);
    expect(await holderOf(crowd)).toEqual([undefined, false]);
    expect(await holderOf(many(50, 5))).toEqual([undefined, true]);
  });

  it('are looked for no longer than was said', async () => {
    expect(await holderOf(many(50, 30), { milliseconds: -1, descriptors: 10 })).toEqual([undefined, false]);
  });
});

describe('sessions', () => {
  it('tell who uses this PC and whom it uses, but not its connections to itself', async () => {
    expect(await sessionsAt(debianSamba())).toEqual([
      {
        direction: 'in',
        family: 'ipv4',
        local: { address: '10.77.1.10', port: 445 },
        remote: { address: '10.77.1.20', port: 36366 },
        owner: { name: 'smbd', pid: 11762 },
      },
      {
        direction: 'out',
        family: 'ipv4',
        local: { address: '10.77.1.10', port: 46774 },
        remote: { address: '10.77.1.20', port: 445 },
        owner: { name: 'python3', pid: 11678 },
      },
      {
        direction: 'in',
        family: 'ipv6',
        local: { address: 'fd77:1::10', port: 445 },
        remote: { address: 'fd77:1::20', port: 51342 },
        owner: { name: 'smbd', pid: 11764 },
      },
    ]);
  });

  it.each([
    ['smbd[10.77.1.20', 'smbd'],
    ['smbd[fd77:1::20', 'smbd'],
    ['rpcd_lsad[1]', 'rpcd_lsad'],
    ['my-smbd[10.77.1', 'my-smbd[10.77.1'],
    ['[smbd]', '[smbd]'],
  ])('name the server, not what Samba calls the child that serves: %s', async (comm, name) => {
    const sessions = await sessionsAt(debianSamba({ 'proc/11762/comm': `${comm}\n` }));
    expect(sessions[0]?.owner).toEqual({ name, pid: 11762 });
  });

  it('do not count a port 445 of our own end as served where nobody waits there', async () => {
    const root = pcOf({ 'proc/net/tcp': heading + row('0A014D0A:01BD', '14014D0A:C78E', '01') });
    expect(await sessionsAt(root)).toEqual([]);
  });

  it('show IPv4 clients of an IPv6 socket as IPv4', async () => {
    const root = pcOf({
      'proc/net/tcp': heading,
      'proc/net/tcp6':
        heading +
        row('00000000000000000000000000000000:01BD', '00000000000000000000000000000000:0000', '0A') +
        row('0000000000000000FFFF00000A014D0A:01BD', '0000000000000000FFFF000014014D0A:C78E', '01', 0, 0),
    });
    expect(await sessionsAt(root, 1000)).toMatchObject([
      {
        direction: 'in',
        family: 'ipv4',
        local: { address: '10.77.1.10' },
        remote: { address: '10.77.1.20', port: 0xc78e },
        owner: null,
      },
    ]);
  });

  it('of a network drive belong to the kernel', async () => {
    const mounted = heading + row('0A014D0A:B6B6', '14014D0A:01BD', '01', 0, 5);
    const root = debianSamba({
      'proc/net/tcp': mounted,
      'proc/net/tcp6': null,
      'proc/77/comm': 'cifsd\n',
      'proc/77/stat': '77 (cifsd) S 2 0 0 0\n',
      'proc/77/fd': 'folder',
    });
    expect((await sessionsAt(root))[0]).toMatchObject({
      direction: 'out',
      owner: { name: 'the kernel (cifs)', pid: null },
    });
  });
});

describe('the kernel tables', () => {
  it.each([
    ['cut off in the middle of a line', `${heading}   0: 00000000:01BD 000000`],
    [
      'cut off before the inode',
      `${heading}   0: 00000000:01BD 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0`,
    ],
    ['with a line of something else', `${heading}garbage\n`],
    ['with an address of the wrong length', heading + row('0000:01BD', '0000:0000', '0A')],
  ])('%s are a failure that names the line, never "nobody waits"', async (_what, text) => {
    await expect(readTcpSockets(filesUnder(pcOf({ 'proc/net/tcp': text })), 'LE')).rejects.toMatchObject({
      said: { code: 'linux.file.line', params: { line: 2, path: '/proc/net/tcp' } },
    });
  });

  it('missing altogether are a failure; without IPv6 only that family is empty', async () => {
    await expect(readTcpSockets(filesUnder(pcOf({})), 'LE')).rejects.toMatchObject({
      said: { code: 'linux.file.not-there', params: { path: '/proc/net/tcp' } },
    });
    const files = filesUnder(pcOf({ 'proc/net/tcp': fixtureText('proc/net/tcp') }));
    expect((await readTcpSockets(files, 'LE')).sockets.map((socket) => socket.family)).not.toContain('ipv6');
  });

  it('tell at a glance of a server at every address, and nothing when there is none', () => {
    expect(surelyServes(filesUnder(debianSamba()))).toBe(true);
    const only = (text: string) => surelyServes(filesUnder(pcOf({ 'proc/net/tcp': heading + text })));
    expect(only(row('0100007F:01BD', '00000000:0000', '0A'))).toBe(false);
    expect(only(row('00000000:01BD', '14014D0A:C78E', '01'))).toBe(false);
    expect(surelyServes(filesUnder(pcOf({})))).toBe(false);
  });

  it('are found among 10,000 connections', async () => {
    const others = Array.from({ length: 10_000 }, (_, i) =>
      row('0A014D0A:01BB', `14014D0A:${(i + 10_000).toString(16).toUpperCase()}`, '01'),
    ).join('');
    const files = filesUnder(pcOf({ 'proc/net/tcp': heading + others + row('00000000:01BD', '00000000:0000', '0A') }));
    expect((await readTcpSockets(files, 'LE')).sockets).toHaveLength(1);
  });
});
