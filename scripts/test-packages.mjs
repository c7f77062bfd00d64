// What the tests use of Debian's packages, and how it is installed.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Debian's names by the tests that use them, each with the program that shows it is there (none for libraries). Alternatives,
 * the first preferred: names differ between releases (the "t64" ones since Debian 13 and Ubuntu 24.04).
 */
export const packages = {
  /** Rules, a file server, other tools that write rules, the password question. */
  live: [
    [['nftables'], 'nft'],
    [['samba'], 'smbd'],
    [['smbclient'], 'smbclient'],
    [['nmap'], 'nmap'],
    [['iptables'], 'iptables'],
    [['ipset'], 'ipset'],
    [['ufw'], 'ufw'],
    [['firewalld'], 'firewalld'],
    [['polkitd', 'policykit-1'], 'pkttyagent'],
    [['pkexec', 'policykit-1'], 'pkexec'],
    [['dbus'], 'dbus-daemon'],
    [['iproute2'], 'ip'],
    [['util-linux'], 'nsenter'],
    [['procps'], 'sysctl'],
    [['systemd'], 'systemctl'],
    [['python3'], 'python3'],
    [['python3-gi'], null],
  ],
  /** Version orders are held against dpkg's and rpm's own; a server with a certificate stands for updates over https. */
  unit: [
    [['libdpkg-perl'], null],
    [['rpm'], 'rpm'],
    [['openssl'], 'openssl'],
  ],
  /** A screen, and what Electron loads. */
  window: [
    [['xvfb'], 'Xvfb'],
    [['xauth'], 'xauth'],
    ...[
      'libnss3',
      'libatk1.0-0',
      'libatk-bridge2.0-0',
      'libgtk-3-0',
      'libgbm1',
      'libasound2',
      'libcups2',
      'libdrm2',
      'libxkbcommon0',
      'libxcomposite1',
      'libxdamage1',
      'libxrandr2',
      'libpango-1.0-0',
      'libcairo2',
    ].map((library) => [[library, `${library}t64`], null]),
    [['fonts-dejavu-core'], null],
  ],
  /** Wine, a compiler for the programs that stand in for Windows' own, other languages' code pages. */
  windows: [
    [['wine'], 'wine'],
    [['wine64'], 'wineserver'],
    [['gcc-mingw-w64-x86-64'], 'x86_64-w64-mingw32-gcc'],
    [['locales'], 'localedef'],
  ],
  /** What a virtual machine has (test/machine): a kernel of its own, the kernel's own file server, SELinux. */
  guest: [
    'linux-image-cloud-amd64',
    'initramfs-tools',
    'zstd',
    'systemd',
    'systemd-sysv',
    'udev',
    'kmod',
    'dbus',
    'login',
    'nftables',
    'iproute2',
    'procps',
    'python3',
    'ksmbd-tools',
    'smbclient',
    'selinux-basics',
    'selinux-policy-default',
    'policycoreutils',
  ].map((name) => [[name], null]),
  /** What makes and runs one. */
  emulator: [
    [['qemu-system-x86'], 'qemu-system-x86_64'],
    [['qemu-utils'], 'qemu-img'],
    [['e2fsprogs'], 'mkfs.ext4'],
    [['iproute2'], 'ip'],
  ],
  /** A tree of another Debian release (scripts/debian-tree.mjs). */
  tree: [[['debootstrap'], 'debootstrap']],
};

/**
 * Installs what is missing of such a list, starting no service; says on stderr what it does. Throws an Error with a message for
 * people where it can't (not root, no Debian, not offered).
 */
export function ensurePackages(needed) {
  const debian = findProgram('dpkg-query') !== null && findProgram('apt-get') !== null;
  const installed = debian ? installedPackages() : null;
  const missing = needed.filter(([names, program]) =>
    installed ? !names.some((name) => installed.has(name)) : program !== null && findProgram(program) === null,
  );
  if (missing.length === 0) return;
  const wanted = missing.map(([names]) => names[0]).join(' ');
  if (!debian) throw new Error(`please install, by the names your system has for them: ${wanted}`);
  if (process.getuid() !== 0) throw new Error(`please run as root: apt-get install --no-install-recommends ${wanted}`);
  install(missing.map(([names]) => names));
}

/** Installs one of each list of names, starting no service. */
function install(choices) {
  const policy = forbidServices();
  try {
    apt(['-qq', 'update']);
    const names = choices.map((alternatives) => {
      const known = alternatives.find(isOffered);
      if (known === undefined) throw new Error(`none of these packages is offered here: ${alternatives.join(', ')}`);
      return known;
    });
    console.error(`Installing for the tests: ${names.join(' ')}`);
    apt(['-qq', 'install', '--yes', '--no-install-recommends', ...new Set(names)]);
  } finally {
    if (policy !== null) rmSync(policy);
  }
}

/** invoke-rc.d(8) asks this file; 101 = action forbidden. Returns its path, or null where someone else's is there already. */
function forbidServices() {
  const path = '/usr/sbin/policy-rc.d';
  try {
    writeFileSync(path, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' });
  } catch (problem) {
    if (problem.code === 'EEXIST') return null;
    throw problem;
  }
  // An interrupted installation still removes it: apt-get ends first, then the line after it here runs.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => {});
  return path;
}

/** The names of all packages that are installed whole. */
function installedPackages() {
  const { status, stdout, stderr } = run('dpkg-query', ['-W', '-f', `\${db:Status-Status} \${Package}\\n`]);
  if (status !== 0) throw new Error(`dpkg-query failed (${status}). ${stderr}`);
  const lines = stdout.split('\n').map((line) => line.split(' '));
  return new Set(lines.filter(([state]) => state === 'installed').map(([, name]) => name));
}

/** Whether apt could install it: a virtual or removed package has no candidate. */
function isOffered(name) {
  const { stdout } = run('apt-cache', ['policy', name]);
  return /^ {2}Candidate: (?!\(none\))/m.test(stdout);
}

function apt(args) {
  const { status, stdout, stderr } = run('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args]);
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed (${status}).\n${stdout}${stderr}`);
}

function run(program, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const options = { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024 };
  const ended = spawnSync(program, args, options);
  if (ended.error !== undefined) throw ended.error;
  return ended;
}

function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  for (const folder of folders) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not in this folder
    }
  }
  return null;
}

// As a program: `node scripts/test-packages.mjs live unit` installs what those use.
if (process.argv[1] === fileURLToPath(import.meta.url))
  ensurePackages(process.argv.slice(2).flatMap((use) => packages[use]));
