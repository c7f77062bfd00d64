// What is read of installed packages, beside what dpkg and rpm themselves say on this machine.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { filesUnder } from '../../main/host/linux/read/files';
import { readPatch } from '../../main/host/linux/read/patch';
import { runLinuxProgram } from '../../main/host/linux/run-linux-program';

const read = () => readPatch(filesUnder('/'), (args) => runLinuxProgram('/usr/bin/rpm', args));

describe('patch facts of this machine', () => {
  it("are dpkg's own: every package of Samba's source, with its versions", async () => {
    const { value } = await read();
    const format = ['db:Status-Status', 'Package', 'Version', 'source:Package', 'source:Version']
      .map((field) => `\${${field}}`)
      .join(' ');
    const theirs = execFileSync('dpkg-query', ['-W', '-f', `${format}\\n`], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => /^installed \S+ \S+ samba /.test(line))
      .map((line) => line.replace(/^installed /, ''));
    const ours = value.packages.state === 'known' ? value.packages.value.installed : [];
    const samba = ours.filter(({ source }) => source === 'samba');
    expect(
      samba.map(({ name, version, source, sourceVersion }) => `${name} ${version} ${source} ${sourceVersion}`).sort(),
    ).toEqual(theirs.sort());
    expect(samba.map(({ name }) => name)).toContain('samba');
  });

  it('name the release, and the kernel that runs', async () => {
    const { value } = await read();
    expect(value).toMatchObject({ kind: 'linux', packaging: 'dpkg' });
    const release = execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim();
    expect(value.kernel).toMatchObject({ state: 'known', value: { release } });
  });

  it('ask rpm for tags that it has', () => {
    const tags = execFileSync('rpm', ['--querytags'], { encoding: 'utf8' }).split('\n');
    for (const tag of ['NAME', 'EPOCHNUM', 'VERSION', 'RELEASE', 'ARCH', 'SOURCERPM', 'VENDOR', 'INSTALLTIME'])
      expect(tags).toContain(tag);
  });
});
