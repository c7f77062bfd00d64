// Which Linux this is.
import { describe, expect, it } from 'vitest';
import { filesUnder } from '../../../../../main/host/linux/read/files';
import { readSystem } from '../../../../../main/host/linux/read/system';
import { failureOf } from '../../../in-english';
import { debianSamba, pcOf, toolsFor } from '../pc-folder';

const kernel = { 'proc/sys/kernel/osrelease': '6.8.0\n', 'proc/sys/kernel/hostname': 'pc\n' };
const systemOf = (root: string, uid = 1000) => readSystem(filesUnder(root), toolsFor(root, { uid }));

describe('the system', () => {
  it('is named as its maker names it', () => {
    expect(systemOf(debianSamba(), 0)).toEqual({
      value: {
        platform: 'linux',
        name: 'Debian GNU/Linux 12 (bookworm)',
        version: '12',
        build: '6.1.0-18-amd64',
        architecture: 'x64',
        hostname: 'front-desk',
        administrator: true,
        bootId: '3f6f3c1e-6a0e-4a55-9f43-2f9fbf7ad9a1',
      },
      source: { kind: 'file', name: '/etc/os-release, /proc/sys/kernel' },
    });
  });

  it('is read from /usr/lib where /etc has nothing', () => {
    const { value, source } = systemOf(
      pcOf({ ...kernel, 'usr/lib/os-release': 'PRETTY_NAME="Arch Linux"\nBUILD_ID=rolling\n' }),
    );
    expect(value).toMatchObject({ name: 'Arch Linux', version: 'rolling', administrator: false, bootId: null });
    expect(source.name).toContain('/usr/lib/os-release');
  });

  it('is "Linux" without any os-release', () => {
    expect(systemOf(pcOf(kernel)).value).toMatchObject({ name: 'Linux', version: '', build: '6.8.0' });
  });

  it.each([
    ['NAME=\'Some "Linux"\'\nVERSION=3', 'Some "Linux" 3'],
    ['PRETTY_NAME="Cost \\$5 \\"quoted\\""', 'Cost $5 "quoted"'],
    ['PRETTY_NAME=Plain   ', 'Plain'],
    ['# PRETTY_NAME="No"\n\ngarbage line\nPRETTY_NAME=""\nNAME=Void', 'Void'],
  ])('reads the quoting of the shell: %j', (text, name) => {
    expect(systemOf(pcOf({ ...kernel, 'etc/os-release': text })).value.name).toBe(name);
  });

  const withinOf = (files: Readonly<Record<string, string>>) => systemOf(pcOf({ ...kernel, ...files })).value.within;

  it.each([
    [{}, undefined],
    [{ 'run/.containerenv': '' }, { kind: 'container', name: 'podman' }],
    [{ '.dockerenv': '' }, { kind: 'container', name: 'docker' }],
    [{ 'run/systemd/container': 'systemd-nspawn\n' }, { kind: 'container', name: 'systemd-nspawn' }],
    [{ 'proc/1/environ': 'PATH=/bin\0container=lxc\0TERM=linux\0' }, { kind: 'container', name: 'lxc' }],
    [{ 'proc/1/environ': 'mycontainer=no\0' }, undefined],
    [{ 'proc/sys/kernel/osrelease': '5.15.153.1-microsoft-standard-WSL2\n' }, { kind: 'wsl', name: 'WSL' }],
    [{ 'run/systemd/container': 'wsl\n' }, { kind: 'wsl', name: 'WSL' }],
    [
      { 'proc/sys/kernel/osrelease': '5.15.153.1-microsoft-standard-WSL2\n', '.dockerenv': '' },
      { kind: 'container', name: 'docker' },
    ],
  ])('%j lies inside of %j', (files, within) => {
    expect(withinOf(files)).toEqual(within);
  });

  it('fails where the kernel does not say which it is', () => {
    expect(failureOf(() => systemOf(pcOf({})))).toBe('/proc/sys/kernel/osrelease does not exist.');
  });
});
