// Which SMB servers run as what is installed: by their programs' files, and where those may not be seen by when they were started.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesUnder } from '../../../../main/host/linux/read/files';
import { readProcesses } from '../../../../main/host/linux/read/processes';
import { readServing } from '../../../../main/host/linux/stale-servers';
import type { InstalledPackage, Serving } from '../../../../main/model/facts';
import { MessageError } from '../../../../main/model/message-error';
import { spoken } from '../../in-english';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bw-serving-'));
  write('proc/stat', 'cpu 1 2\nbtime 1000000\n');
  process(1, { name: 'systemd', exe: '/usr/lib/systemd/systemd' });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): string {
  const whole = join(root, path);
  mkdirSync(join(whole, '..'), { recursive: true });
  writeFileSync(whole, text);
  return whole;
}

const processes = () => readProcesses(filesUnder(root));

interface Like {
  readonly name: string;
  /** Where its program's file lies; absent = it may not be seen. */
  readonly exe?: string;
  readonly uid?: number;
  readonly cgroup?: string;
  /** Seconds after the start of the PC, and the process that its session began with. */
  readonly started?: number;
  readonly session?: number;
}

const smbdUnit = '0::/system.slice/smbd.service\n';

function process(pid: number, { name, exe, uid = 0, cgroup = smbdUnit, started = 0, session = pid }: Like): void {
  write(`proc/${pid}/comm`, `${name}\n`);
  write(`proc/${pid}/status`, `Name:\t${name}\nUid:\t${uid}\t0\t0\t0\nVmSize:\t    8212 kB\n`);
  write(`proc/${pid}/cgroup`, cgroup);
  const fields = ['S', 1, pid, session, ...Array(15).fill(0), started * 100, 0];
  write(`proc/${pid}/stat`, `${pid} (${name} ) x) ${fields.join(' ')}\n`);
  if (exe !== undefined) symlinkSync(exe, join(root, `proc/${pid}/exe`));
}

const samba: InstalledPackage = {
  name: 'samba',
  version: '2:4.17.12+dfsg-0+deb12u1',
  source: 'samba',
  sourceVersion: '2:4.17.12+dfsg-0+deb12u1',
  architecture: 'amd64',
};

/** As the kernel refuses it to an ordinary user for processes of root's (ptrace access mode). */
const refuse = (path: string): string | null => (path.endsWith('/exe') ? null : filesUnder(root).link(path));

function serving(installed: readonly InstalledPackage[] = [samba], readLink?: typeof refuse): Serving {
  const files = filesUnder(root);
  const read = readServing(installed, processes, { files: { ...files, link: readLink ?? files.link }, root });
  if (read.state === 'unknown') throw new MessageError(read.why);
  return read.value;
}

describe('servers whose program may be seen', () => {
  it('are from before an update where the file on disk is another one by now', () => {
    process(20, { name: 'smbd', exe: '/usr/sbin/smbd (deleted)' });
    process(21, { name: 'smbd[10.77.1.20', exe: '/usr/sbin/smbd (deleted)' });
    process(40, { name: 'rpcd_lsad', exe: '/usr/libexec/samba/rpcd_lsad (deleted)' });
    process(50, { name: 'smbdx', exe: '/usr/sbin/smbdx (deleted)' });
    expect(serving()).toMatchObject({
      replaced: ['smbd (process 20)', 'rpcd_lsad (process 40)'],
      elsewhere: [],
      unsure: [],
      pids: [20, 21, 40],
    });
  });

  it('are from elsewhere where no package brings programs, or the file of that path is another one', () => {
    process(20, { name: 'smbd', exe: '/usr/local/samba/sbin/smbd' });
    // A container: the path is a package's, and the file is not this PC's.
    process(30, { name: 'nmbd', exe: '/usr/sbin/nmbd' });
    write('usr/sbin/nmbd', 'x');
    expect(serving().elsewhere).toEqual([
      'smbd (process 20, /usr/local/samba/sbin/smbd)',
      'nmbd (process 30, /usr/sbin/nmbd)',
    ]);
  });

  it('are told in a part of one line, whatever their paths', () => {
    process(20, { name: 'smbd', exe: `/tmp/\n<5>All is well/${'x'.repeat(3000)}/smbd` });
    const { elsewhere } = serving();
    expect(elsewhere).toEqual([expect.stringMatching(/^smbd \(process 20, \/tmp\/\\u\{a\}<5>All is well\/x{150,}\)$/)]);
  });

  it('are nobody that merely took the name: an ordinary user, or a program of another name', () => {
    process(20, { name: 'smbd', exe: '/home/eve/smbd', uid: 1000 });
    process(21, { name: 'smbd', exe: '/usr/bin/sudo' });
    process(22, { name: 'smbd', uid: 1000 });
    expect(serving()).toMatchObject({ replaced: [], elsewhere: [], unsure: [], pids: [] });
  });
});

describe('servers whose program may not be seen', () => {
  const boot = 1_000_000;
  const placed = (seconds: number, name = 'samba.list'): void => {
    const list = write(`var/lib/dpkg/info/${name}`, '/.\n');
    utimesSync(list, boot + seconds, boot + seconds);
  };
  const seen = (installed = [samba]) => serving(installed, refuse);

  it('run as installed where they were started after the files were put in place', () => {
    placed(100);
    process(20, { name: 'smbd', started: 101 });
    expect(seen()).toMatchObject({ replaced: [], elsewhere: [], unsure: [], pids: [20] });
  });

  it('do not run as installed where they were started before that', () => {
    placed(100);
    process(20, { name: 'smbd', started: 99 });
    expect(seen().replaced).toEqual(['smbd (process 20)']);
  });

  it('go by the latest of the packages, and by rpm where that tells', () => {
    placed(100);
    placed(200, 'samba-libs:amd64.list');
    process(20, { name: 'smbd', started: 150 });
    const libs = { ...samba, name: 'samba-libs' };
    expect(seen([samba, libs]).replaced).toEqual(['smbd (process 20)']);
    expect(seen([samba, { ...libs, placedAt: (boot + 120) * 1000 }]).replaced).toEqual([]);
  });

  it('that were made later by one that was started before go by that one', () => {
    placed(100);
    process(20, { name: 'smbd', started: 50 });
    process(21, { name: 'smbd[10.77.1.20', started: 150, session: 20 });
    expect(seen().replaced).toEqual(['smbd (process 20)']);
  });

  it('are not known where a time is not told, or where the one that their session began with has ended', () => {
    process(20, { name: 'smbd', started: 150 });
    expect(seen().unsure).toEqual(['smbd (process 20, of which it is not known when it was started)']);
    placed(100);
    expect(seen()).toMatchObject({ replaced: [], unsure: [] });
    process(31, { name: 'nmbd', started: 150, session: 30 });
    expect(seen().unsure).toEqual(['nmbd (process 31, of which it is not known when it was started)']);
    expect(seen([samba, { ...samba, name: 'winbind' }]).unsure).toHaveLength(2);
  });

  it('are not known where they are of no service of this PC, as in a container', () => {
    placed(100);
    process(20, { name: 'smbd', started: 150, cgroup: '0::/system.slice/docker-0123.scope\n' });
    expect(seen().unsure).toEqual(['smbd (process 20, whose program may be seen by an administrator only)']);
  });

  it('that ended meanwhile are none', () => {
    write('proc/20/comm', 'smbd\n');
    expect(serving()).toMatchObject({ replaced: [], elsewhere: [], unsure: [], pids: [] });
  });
});

it('is not known where others are hidden', () => {
  rmSync(join(root, 'proc/1'), { recursive: true });
  expect(spoken(readServing([samba], processes, { files: filesUnder(root), root }))).toEqual({
    state: 'unknown',
    why: "which SMB servers run could not be read: other users' processes are hidden",
  });
});

it("tells of a module of the kernel's server that did not come with the kernel", () => {
  expect(serving().foreignModule).toBeNull();
  write('sys/module/ksmbd/taint', '\n');
  expect(serving().foreignModule).toBeNull();
  write('sys/module/ksmbd/taint', 'OE\n');
  expect(serving().foreignModule).toBe('ksmbd');
});
