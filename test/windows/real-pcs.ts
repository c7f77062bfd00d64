// Real PCs' registries for the tests under wine, with what the hives they come from did not hold.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../fixtures/windows');

/** One file of a fixture, as `reg query /s` printed it. */
export const fixture = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** Windows' version as its registry says it. */
export function versionText(fields: Readonly<Record<string, string | number>>): string {
  const values = Object.entries(fields).map(([name, value]) =>
    typeof value === 'number'
      ? `    ${name}    REG_DWORD    0x${value.toString(16)}`
      : `    ${name}    REG_SZ    ${value}`,
  );
  return ['HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion', ...values, ''].join('\r\n');
}

/** Windows 10 Pro 1903 as it was patched against CVE-2020-0796. */
export const windows10 = versionText({
  CurrentBuildNumber: '18363',
  UBR: 720,
  ReleaseId: '1909',
  EditionID: 'Professional',
  InstallationType: 'Client',
  ProductName: 'Windows 10 Pro',
});

/** The key above group policy's is on every PC, and says what is not below it. */
export const noGroupPolicy = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\r\n';

/** The policy and the services of a PC whose firewall is as usual: a wired and a wireless connection, nothing of group policy. */
export const usualPc: readonly string[] = [
  fixture('win10-1903-x64/firewallpolicy.txt'),
  fixture('win10-1903-x64/services.txt'),
  windows10,
  noGroupPolicy,
];

/** What `netstat -ano` printed on a German Windows 10 (addresses changed); its words are translated, its numbers are not. */
export const germanNetstat = Buffer.from(
  [
    '',
    'Aktive Verbindungen',
    '',
    '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
    '  TCP    0.0.0.0:135            0.0.0.0:0              ABH\x99REN         1044',
    '  TCP    0.0.0.0:445            0.0.0.0:0              ABH\x99REN         4',
    '  TCP    192.168.7.20:139       0.0.0.0:0              ABH\x99REN         4',
    '  TCP    192.168.7.20:445       192.168.7.31:50112     HERGESTELLT     4',
    '  TCP    192.168.7.20:50999     192.168.7.5:445        HERGESTELLT     4',
    '  TCP    192.168.7.20:51000     192.168.7.5:445        WARTEND         0',
    '  TCP    [::]:445               [::]:0                 ABH\x99REN         4',
    '  UDP    192.168.7.20:137       *:*                                    4',
    '  UDP    192.168.7.20:138       *:*                                    4',
    '  UDP    [fe80::1c2b:3d4e:5f60:7182%11]:1900  *:*                      3812',
    '',
  ].join('\r\n'),
  'latin1',
);

/** What `sc query mpssvc` prints where Windows' firewall runs. */
export const runningService = [
  '',
  'SERVICE_NAME: mpssvc ',
  '        TYPE               : 20  WIN32_SHARE_PROCESS  ',
  '        STATE              : 4  RUNNING ',
  '                                (STOPPABLE, NOT_PAUSABLE, IGNORES_SHUTDOWN)',
  '        WIN32_EXIT_CODE    : 0  (0x0)',
  '',
].join('\r\n');
