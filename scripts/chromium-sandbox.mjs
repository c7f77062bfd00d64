// Whether Chromium can use its sandbox here, told before it is started: without one it ends with a line that helps nobody.
import { spawnSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Switches by which Linux keeps user namespaces from ordinary users, and the value that does. */
const switches = [
  ['user/max_user_namespaces', '0', '10000'],
  ['kernel/unprivileged_userns_clone', '0', '1'],
  ['kernel/apparmor_restrict_unprivileged_userns', '1', '0'],
];

/**
 * Why it can't, and what an administrator can do about it, a sentence each; null = it can, or it can't be told. `runtime`: Electron's
 * program. Chromium needs user namespaces, or its helper beside the program to be root's and setuid (its docs/linux/sandboxing.md).
 */
export function sandboxObstacle(runtime) {
  if (process.platform !== 'linux' || process.getuid() === 0) return null;
  const helper = join(dirname(runtime), 'chrome-sandbox');
  const stats = lstatSync(helper, { throwIfNoEntry: false });
  if (stats?.uid === 0 && (stats.mode & 0o4755) === 0o4755) return null;
  const tried = spawnSync('/usr/bin/unshare', ['--user', '--map-root-user', '/bin/true'], { stdio: 'ignore' });
  if (tried.error !== undefined || tried.status === 0) return null;
  const found = switches.find(([path, value]) => settingAt(path) === value);
  const name = found?.[0].replace('/', '.');
  return [
    `Chromium can't use its sandbox here: this system lets ordinary users make no user namespaces${found ? ` (${name} is ${found[1]})` : ''}. No window is opened without it.`,
    `An administrator can change that: ${found ? `sysctl -w ${name}=${found[2]}, or ` : ''}chown root:root '${helper}' && chmod 4755 '${helper}'`,
  ];
}

function settingAt(path) {
  try {
    return readFileSync(join('/proc/sys', path), 'utf8').trim();
  } catch {
    return null;
  }
}
