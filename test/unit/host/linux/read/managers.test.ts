// Other tools that write firewall rules.
import { describe, expect, it } from 'vitest';
import { filesUnder } from '../../../../../main/host/linux/read/files';
import { readManagers } from '../../../../../main/host/linux/read/managers';
import { readProcesses } from '../../../../../main/host/linux/read/processes';
import { inEnglish } from '../../../in-english';
import { type Change, debianSamba, pcOf, statusOf } from '../pc-folder';

const bare: Readonly<Record<string, Change>> = { 'proc/1/comm': 'systemd\n', 'proc/net/dev': 'a\nb\n    lo: 1 2\n' };
const runs = (name: string, user = 0): Readonly<Record<string, Change>> => ({
  'proc/50/comm': `${name}\n`,
  'proc/50/status': statusOf(user),
});

function managersOf(changes: Readonly<Record<string, Change>>, from = bare) {
  const files = filesUnder(pcOf({ ...from, ...changes }));
  return readManagers(files, readProcesses(files)).map(({ name, title, state, because }) => [
    name === 'other' ? title : name,
    state,
    inEnglish(because),
  ]);
}

describe('firewall managers', () => {
  it('that are not there are not listed', () => {
    expect(managersOf({})).toEqual([]);
  });

  it.each<[string, Record<string, Change>, readonly [string, string, string]]>([
    ['ufw on', { 'etc/ufw/ufw.conf': '# ufw\nENABLED=yes\n' }, ['ufw', 'active', 'ENABLED=yes in /etc/ufw/ufw.conf']],
    [
      'ufw off',
      { 'etc/ufw/ufw.conf': 'ENABLED=yes\nENABLED="no" # not now\n' },
      ['ufw', 'inactive', 'ENABLED=no in /etc/ufw/ufw.conf'],
    ],
    [
      'ufw that does not say',
      { 'etc/ufw/ufw.conf': '#ENABLED=yes\n' },
      ['ufw', 'unknown', '/etc/ufw/ufw.conf does not say whether ufw is on'],
    ],
    [
      'ufw without its file',
      { 'usr/sbin/ufw': '' },
      ['ufw', 'unknown', 'ufw is installed, but /etc/ufw/ufw.conf does not exist'],
    ],
    ['nft alone', { 'usr/sbin/nft': '' }, ['nftables', 'inactive', 'nftables.service is not enabled']],
    [
      'nftables enabled',
      {
        'etc/nftables.conf': '',
        'etc/systemd/system/sysinit.target.wants/nftables.service': { link: '/lib/systemd/system/nftables.service' },
      },
      [
        'nftables',
        'active',
        'nftables.service is enabled (/etc/systemd/system/sysinit.target.wants/nftables.service): it loads /etc/nftables.conf',
      ],
    ],
    ['firewalld running', runs('firewalld'), ['firewalld', 'active', 'firewalld is running']],
    ['firewalld installed', { 'etc/firewalld': 'folder' }, ['firewalld', 'inactive', 'no process firewalld is seen']],
    [
      'firewalld that left its mark',
      { 'run/firewalld.pid': '50\n' },
      ['firewalld', 'unknown', '/run/firewalld.pid exists, but no process firewalld is seen'],
    ],
    [
      'old tables as modules',
      { 'proc/modules': 'nf_tables 1 0 - Live 0x0\niptable_filter 16384 1 - Live 0x0\nip6table_nat 1 0 - Live 0x0\n' },
      ['iptables-legacy', 'active', 'kernel modules iptable_filter, ip6table_nat are loaded'],
    ],
    [
      'old tables listed',
      { 'proc/net/ip_tables_names': 'nat\nfilter\n' },
      ['iptables-legacy', 'active', 'the kernel lists its tables nat, filter'],
    ],
    [
      'iptables-legacy installed',
      { 'usr/sbin/iptables-legacy': '', 'proc/net/ip_tables_names': '' },
      ['iptables-legacy', 'inactive', 'installed, but the kernel lists no tables of it'],
    ],
    ['Docker running', { ...runs('dockerd'), 'run/docker.sock': '' }, ['docker', 'active', 'dockerd is running']],
    [
      'Docker on demand',
      { 'run/docker.sock': '' },
      ['docker', 'unknown', '/run/docker.sock exists, but no process dockerd is seen'],
    ],
    ['Docker installed', { 'usr/bin/dockerd': '' }, ['docker', 'inactive', 'no process dockerd is seen']],
    ['libvirt running', runs('virtqemud'), ['libvirt', 'active', 'virtqemud is running']],
    ['libvirt asleep', { 'proc/net/dev': 'a\nb\nvirbr0: 1 2\n' }, ['libvirt', 'active', 'its network virbr0 is there']],
    ['fail2ban running', runs('fail2ban-server'), ['fail2ban', 'active', 'fail2ban-server is running']],
  ])('%s', (_what, changes, expected) => {
    expect(managersOf(changes)).toEqual([expected]);
  });

  it('are told although what tells of one of them can not be read', () => {
    expect(managersOf({ 'proc/modules': 'folder', 'etc/ufw/ufw.conf': 'ENABLED=yes\n' })).toEqual([
      ['ufw', 'active', 'ENABLED=yes in /etc/ufw/ufw.conf'],
      ['iptables-legacy', 'unknown', '/proc/modules is no regular file: not read.'],
    ]);
  });

  it('are not at work because an ordinary user runs a program of that name', () => {
    for (const name of ['firewalld', 'dockerd', 'virtqemud', 'fail2ban-server'])
      expect(managersOf(runs(name, 1000))).toEqual([]);
  });

  it('that may be hidden are unknown, not inactive', () => {
    const hidden = { 'proc/4000/comm': 'bash\n', 'proc/net/dev': 'a\nb\n' };
    expect(
      managersOf({ 'usr/bin/dockerd': '', 'etc/firewalld': 'folder' }, hidden).map(([name, state]) => [name, state]),
    ).toEqual([
      ['firewalld', 'unknown'],
      ['docker', 'unknown'],
    ]);
  });

  it('of a Debian with Samba: ufw is there and off', () => {
    const files = filesUnder(debianSamba());
    expect(readManagers(files, readProcesses(files))).toMatchObject([{ name: 'ufw', state: 'inactive' }]);
  });
});
