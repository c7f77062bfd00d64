// What decides whether a Linux PC is patched: dpkg's record, rpm's answer, the kernel that runs, a restart that waits.
import { describe, expect, it } from 'vitest';
import type { HostFactName } from '../../../../../main/host/host';
import { readLinuxFacts } from '../../../../../main/host/linux/read/facts';
import type { RunRpm } from '../../../../../main/host/linux/read/packages';
import { foundByRpm, foundInStatus } from '../../../../../main/host/linux/read/packages';
import { spoken } from '../../../in-english';
import { pcOf, toolsFor } from '../pc-folder';

async function read(files: Parameters<typeof pcOf>[0], runRpm: RunRpm = async () => ({ kind: 'not-there' })) {
  const wanted = new Set<HostFactName>(['patch']);
  const { patch } = await readLinuxFacts(wanted, () => undefined, toolsFor(pcOf(files), { runRpm }));
  if (patch.state !== 'known' || patch.value.kind !== 'linux') throw new Error(JSON.stringify(patch));
  return spoken(patch.value);
}

const debian = {
  'etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n',
  'proc/sys/kernel/osrelease': '6.1.0-18-amd64\n',
  'proc/version':
    'Linux version 6.1.0-18-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)\n',
};

const entry = (name: string, version: string, more = '', status = 'install ok installed'): string =>
  `Package: ${name}\nStatus: ${status}\nPriority: optional\nMaintainer: Somebody\nArchitecture: amd64\n${more}Version: ${version}\nDescription: something\n long text\n .\n Package: samba\n\n`;

const status = [
  entry('adduser', '3.134'),
  entry('samba', '2:4.17.12+dfsg-0+deb12u1'),
  entry('libldb2', '2:2.6.2+samba4.17.12+dfsg-0+deb12u1', 'Source: samba (2:4.17.12+dfsg-0+deb12u1)\n'),
  entry('smbclient', '2:4.17.12+dfsg-0+deb12u1+b1', 'Source: samba\n'),
  entry('winbind', '2:4.17.12+dfsg-0+deb12u1', 'Source: samba\n', 'deinstall ok config-files'),
  entry('linux-image-6.1.0-18-amd64', '6.1.76-1', 'Source: linux-signed-amd64 (6.1.76+1)\n'),
  entry('linux-image-6.1.0-21-amd64', '6.1.90-1', 'Source: linux-signed-amd64 (6.1.90+1)\n'),
  entry('samba-doc-not-of-it', '1', 'Source: samba-tools-of-others\n'),
].join('');

describe("dpkg's record", () => {
  it('tells every package that is built from the file servers, with the version of its source', async () => {
    const fact = await read({ ...debian, 'var/lib/dpkg/status': status });
    expect(fact).toMatchObject({ distribution: 'debian', release: '12', packaging: 'dpkg' });
    const packages = fact.packages.state === 'known' ? fact.packages.value : null;
    expect(packages?.installed.map(({ name, source, sourceVersion }) => [name, source, sourceVersion])).toEqual([
      ['samba', 'samba', '2:4.17.12+dfsg-0+deb12u1'],
      ['libldb2', 'samba', '2:4.17.12+dfsg-0+deb12u1'],
      ['smbclient', 'samba', '2:4.17.12+dfsg-0+deb12u1'],
      ['linux-image-6.1.0-18-amd64', 'linux-signed-amd64', '6.1.76+1'],
      ['linux-image-6.1.0-21-amd64', 'linux-signed-amd64', '6.1.90+1'],
    ]);
    expect(packages?.lookedFor).toEqual(['samba', 'ksmbd-tools']);
  });

  it('tells that none is there, too', async () => {
    const fact = await read({ ...debian, 'var/lib/dpkg/status': entry('adduser', '3.134') });
    expect(fact.packages).toEqual({ state: 'known', value: { installed: [], lookedFor: ['samba', 'ksmbd-tools'] } });
  });

  it.each([
    [
      'while dpkg is at work',
      { 'var/lib/dpkg/status': status, 'var/lib/dpkg/updates/0001': '' },
      /installing packages right now/,
    ],
    [
      'of a package that is half installed',
      { 'var/lib/dpkg/status': entry('samba', '2:4.17.12', '', 'install ok half-configured') },
      /samba is not wholly installed \(dpkg calls it half-configured\)/,
    ],
    [
      'of a package that needs to be installed again',
      { 'var/lib/dpkg/status': entry('samba', '2:4.17.12', '', 'install reinstreq installed') },
      /reinstreq, installed/,
    ],
    ['that is cut short', { 'var/lib/dpkg/status': status.slice(0, 200) }, /cut short/],
    [
      'without a version',
      { 'var/lib/dpkg/status': 'Package: samba\nStatus: install ok installed\nArchitecture: amd64\n' },
      /tells no version/,
    ],
    ['without a status', { 'var/lib/dpkg/status': 'Package: samba\nVersion: 2:4.17.12\n' }, /could not be understood/],
  ])('is not known %s', async (_what, files, why) => {
    const { packages } = await read({ ...debian, ...files });
    expect(packages.state === 'unknown' && packages.why).toMatch(why);
  });

  it('counts triggers that wait as installed', async () => {
    const found = foundInStatus(Buffer.from(entry('samba', '2:4.17.12', '', 'install ok triggers-pending')));
    expect(found).toMatchObject({ state: 'known', value: { installed: [{ name: 'samba' }] } });
  });

  it('is not there on a system of another kind', async () => {
    const { packages, packaging } = await read({ ...debian });
    expect(packaging).toBeNull();
    expect(packages).toMatchObject({ state: 'unknown', why: expect.stringContaining('neither') });
  });
});

describe("rpm's answer", () => {
  const lines =
    'samba\t0:4.18.6-101.el9_3\tx86_64\tsamba-4.18.6-101.el9_3.src.rpm\nlibsmbclient\t0:4.18.6-101.el9_3\tx86_64\tsamba-4.18.6-101.el9_3.src.rpm\nkernel-core\t0:5.14.0-362.8.1.el9_3\tx86_64\tkernel-5.14.0-362.8.1.el9_3.src.rpm\n';
  const alma = {
    'etc/os-release': 'ID="almalinux"\nVERSION_ID="9.3"\n',
    'proc/sys/kernel/osrelease': '5.14.0-362.8.1.el9_3.x86_64\n',
    'var/lib/rpm': 'folder' as const,
  };
  const answers =
    (more: object): RunRpm =>
    async () => ({ kind: 'ended', code: 0, signal: null, stdout: lines, complaint: '', tooMuch: false, ...more });

  it('tells packages with epoch, version and release, and the kernel that runs', async () => {
    const fact = await read(alma, answers({}));
    expect(fact).toMatchObject({ distribution: 'almalinux', release: '9.3', packaging: 'rpm' });
    const installed = fact.packages.state === 'known' ? fact.packages.value.installed : [];
    expect(installed.map(({ name, version, source }) => [name, version, source])).toEqual([
      ['samba', '0:4.18.6-101.el9_3', 'samba'],
      ['libsmbclient', '0:4.18.6-101.el9_3', 'samba'],
      ['kernel-core', '0:5.14.0-362.8.1.el9_3', 'kernel'],
    ]);
    expect(fact.kernel).toMatchObject({
      state: 'known',
      value: { packageVersion: '5.14.0-362.8.1.el9_3', source: 'kernel' },
    });
  });

  it.each([
    ['rpm is not there', async () => ({ kind: 'not-there' }) as const, /not there/],
    ['rpm fails', answers({ code: 1, complaint: 'rpmdb is locked' }), /rpmdb is locked/],
    ['rpm is ended', answers({ code: null, signal: 'SIGKILL' }), /SIGKILL/],
    ['a line is cut short', answers({ stdout: 'samba\t0:4.18' }), /could not be understood/],
  ])('is not known where %s', async (_what, runRpm, why) => {
    const { packages } = await read(alma, runRpm);
    expect(packages.state === 'unknown' && packages.why).toMatch(why);
  });

  it('of rpm itself, with our own question, is understood', () => {
    expect(spoken(foundByRpm(lines))).toMatchObject({ state: 'known' });
  });
});

describe('the kernel that runs', () => {
  it('says which package it is', async () => {
    const fact = await read({ ...debian, 'var/lib/dpkg/status': status });
    expect(fact.kernel).toEqual({
      state: 'known',
      value: { release: '6.1.0-18-amd64', packageVersion: '6.1.76-1', source: 'linux' },
    });
  });

  it('of Ubuntu says so in a file of its own, and may be of another source', async () => {
    const fact = await read({
      'etc/os-release': 'ID=ubuntu\nVERSION_ID="22.04"\n',
      'proc/sys/kernel/osrelease': '6.5.0-15-generic\n',
      'proc/version_signature': 'Ubuntu 6.5.0-15.15~22.04.1-generic 6.5.3\n',
      'var/lib/dpkg/status': entry(
        'linux-image-6.5.0-15-generic',
        '6.5.0-15.15~22.04.1',
        'Source: linux-signed-hwe-6.5 (6.5.0-15.15~22.04.1)\n',
      ),
    });
    expect(fact.kernel).toEqual({
      state: 'known',
      value: { release: '6.5.0-15-generic', packageVersion: '6.5.0-15.15~22.04.1', source: 'linux-hwe-6.5' },
    });
  });

  it('that no package has installed is of nobody known, whatever it says of itself', async () => {
    const fact = await read({ ...debian, 'var/lib/dpkg/status': entry('adduser', '3.134') });
    expect(fact.kernel).toEqual({
      state: 'known',
      value: { release: '6.1.0-18-amd64', packageVersion: null, source: null },
    });
  });
});

describe('a restart', () => {
  it('is pending where the system says so, and what for', async () => {
    const { restart } = await read({
      ...debian,
      'var/lib/dpkg/status': status,
      'run/reboot-required': '*** System restart required ***\n',
      'run/reboot-required.pkgs': 'linux-image-6.1.0-21-amd64\nlinux-base\n',
    });
    expect(restart).toEqual({
      state: 'pending',
      because: '/run/reboot-required (for linux-image-6.1.0-21-amd64, linux-base)',
    });
  });

  it('is not, where nothing says so', async () => {
    expect((await read({ ...debian, 'var/lib/dpkg/status': status })).restart.state).toBe('none');
  });
});
