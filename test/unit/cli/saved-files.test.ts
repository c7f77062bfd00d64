// A saved PC in a folder that somebody else made up.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { UsageError } from '../../../main/cli/arguments';
import { readSaved } from '../../../main/cli/saved-files';
import { message } from '../../../main/model/message';
import { type ForeignFile, platformOf } from '../../../main/policy/foreign-file';
import { inEnglish } from '../in-english';
import { pol } from '../policy/windows/registry-pol-writing';

function folderWith(make: (folder: string) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'breakwater-from-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  make(folder);
  return folder;
}
const whyNot = (path: string): string => {
  try {
    readSaved(path, false);
    return 'read';
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return typeof error.said === 'string' ? error.said : inEnglish(error.said);
  }
};

test.each(['ruleset.json', 'local.reg', 'host.json'])('a link called %s shows nothing of what it leads to', (name) => {
  const secret = folderWith((folder) => writeFileSync(join(folder, 'secret'), 'keel laid at midnight\n'));
  const folder = folderWith((at) => {
    if (name === 'host.json') writeFileSync(join(at, 'ruleset.json'), '{"nftables": []}');
    symlinkSync(join(secret, 'secret'), join(at, name));
  });
  const why = whyNot(folder);
  expect(why).toMatch(/is a link, and none is followed/);
  expect(why).not.toContain('midnight');
});

test('a pipe keeps nobody waiting', () => {
  const folder = folderWith((at) => execFileSync('/usr/bin/mkfifo', [join(at, 'local.reg')]));
  expect(whyNot(folder)).toMatch(/is not a file/);
});

test('a folder of thousands of files is none of ours', () => {
  const folder = folderWith((at) => {
    for (let i = 0; i < 2001; i++) writeFileSync(join(at, `${i}`), '');
  });
  expect(whyNot(folder)).toMatch(/holds more than 2000 files/);
});

const foreign: readonly (readonly [ForeignFile, string, string | Buffer])[] = [
  [
    'netsh',
    'rules.txt',
    '\r\nRule Name:                            File and Printer Sharing (SMB-In)\r\n-----\r\nEnabled:  Yes\r\nDirection:  In\r\n',
  ],
  [
    'netsh',
    'regeln.txt',
    '\r\nRegelname:                            Datei- und Druckerfreigabe (SMB eingehend)\r\n-----\r\nAktiviert:  Ja\r\n',
  ],
  ['netsh', 'profile.txt', '\r\nPublic Profile Settings: \r\n------\r\nState    ON\r\n'],
  ['netsh', 'profil.txt', '\r\nDomänenprofil-Einstellungen: \r\n------\r\nStatus    EIN\r\n'],
  ['hive', 'policy.wfw', Buffer.concat([Buffer.from('regf'), Buffer.alloc(4092)])],
  ['zip', 'policy.zip', Buffer.from('PK\u0003\u0004\u0014\0\0\0', 'latin1')],
  ['event-log', 'Security.evtx', Buffer.from('ElfFile\0\0\0\0\0', 'latin1')],
  [
    'rule-table',
    'rules.csv',
    '"Name","DisplayName","Description","Enabled","Profile","Direction","Action"\r\n"FPS-SMB-In-TCP","x","","True","Any","Inbound","Allow"\r\n',
  ],
  [
    'rule-table',
    'rules.json',
    '[\r\n  {\r\n    "Name": "FPS-SMB-In-TCP",\r\n    "DisplayName": "x",\r\n    "Direction": 1\r\n  }\r\n]',
  ],
  [
    'rule-table',
    'rules.lst',
    '\r\nName          : FPS-SMB-In-TCP\r\nDisplayName   : x\r\nEnabled       : True\r\nDirection     : Inbound\r\n',
  ],
  [
    'systeminfo',
    'pc.txt',
    '\r\nHost Name:                 PC7\r\nOS Name:                   Microsoft Windows 10 Pro\r\n',
  ],
  [
    'systeminfo',
    'rechner.txt',
    '\r\nHostname:                  PC7\r\nBetriebssystemname:        Microsoft Windows 10 Pro\r\n',
  ],
  ['web-page', 'gpresult.html', '<!DOCTYPE html>\r\n<html><head><title>PC7</title></head></html>'],
  ['ufw', 'ufw.txt', 'Status: active\n\nTo   Action  From\n445  ALLOW   Anywhere\n'],
  ['ufw', 'ufw-de.txt', 'Status: Aktiv\n\nZu   Aktion  Von\n'],
  ['iptables-list', 'iptables.txt', 'Chain INPUT (policy DROP)\ntarget prot opt source destination\n'],
  ['firewalld', 'zone.txt', 'public (default, active)\n  target: default\n  services: samba\n'],
];

test.each(foreign)('%s in %s is called what it is, with what to save instead', (kind, name, content) => {
  for (const encoding of ['utf8', 'utf16le'] as const) {
    const bytes =
      typeof content === 'string' ? Buffer.from(encoding === 'utf8' ? content : `\ufeff${content}`, encoding) : content;
    const folder = folderWith((at) => writeFileSync(join(at, name), bytes));
    for (const path of [join(folder, name), folder]) {
      const reason = whyNot(path);
      expect(reason).toContain(inEnglish(message(`saved.foreign.${kind}`)));
      expect(reason).toContain(name);
      const saves = { windows: 'local.reg', linux: 'nft -j list ruleset', none: 'Unpack' };
      expect(reason).toContain(saves[platformOf[kind] ?? 'none']);
    }
  }
});

test('what is said of Linux and of the registry is not taken for something else', () => {
  const folder = folderWith((at) => {
    writeFileSync(
      join(at, 'a.reg'),
      'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\x]\r\n"a"="Rule Name: b"\r\n\r\n',
    );
    writeFileSync(join(at, 'netsh.txt'), '\r\nRule Name: a\r\n');
  });
  expect(readSaved(folder, false)).toMatchObject({ platform: 'windows', passedBy: ['netsh.txt'] });
});

const setting = {
  key: 'SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\FirewallRules',
  ...{ name: 'a', type: 1, data: 'v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|' },
};

test('a registry.pol is found in a backup of group policy, by its folder, the one of the object, and its own', () => {
  const inside = '{11111111-2222-3333-4444-555555555555}/DomainSysvol/GPO/Machine';
  const backup = folderWith((at) => {
    mkdirSync(join(at, inside), { recursive: true });
    writeFileSync(join(at, 'manifest.xml'), '<Backups/>');
    writeFileSync(join(at, inside, 'registry.pol'), pol([setting]));
    writeFileSync(join(at, inside, 'comment.cmtx'), 'x');
  });
  for (const path of [
    backup,
    join(backup, inside.split('/')[0]!),
    join(backup, inside),
    join(backup, inside, 'registry.pol'),
  ]) {
    const saved = readSaved(path, false);
    expect(saved.platform).toBe('windows');
    expect(saved.platform === 'windows' && saved.policy.registry).toEqual([
      { name: expect.stringMatching(/registry\.pol$/), text: expect.stringContaining('LPort=445'), isPolicyFile: true },
    ]);
  }
});

test('exports in folders below the one that is named are found, and links are not followed', () => {
  const elsewhere = folderWith((at) => writeFileSync(join(at, 'b.reg'), '[HKEY_LOCAL_MACHINE\\y]\r\n'));
  const folder = folderWith((at) => {
    mkdirSync(join(at, 'a/b'), { recursive: true });
    writeFileSync(
      join(at, 'a/b/local.txt'),
      'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\x]\r\n\r\n',
    );
    symlinkSync(elsewhere, join(at, 'a/linked'));
  });
  const saved = readSaved(folder, false);
  expect(saved.platform === 'windows' && saved.policy.registry.map(({ name }) => name)).toEqual([
    join('a', 'b', 'local.txt'),
  ]);
});

test('a registry.pol that is damaged, or says nothing of the firewall, is refused by name', () => {
  const whole = pol([setting]);
  const of = (bytes: Buffer): string =>
    whyNot(
      join(
        folderWith((at) => writeFileSync(join(at, 'registry.pol'), bytes)),
        'registry.pol',
      ),
    );
  expect(of(whole)).toBe('read');
  expect(of(whole.subarray(0, 100))).toMatch(/registry\.pol.*cut short/);
  expect(of(pol([{ ...setting, key: 'SOFTWARE\\x' }]))).toMatch(/sets nothing of Windows Firewall/);
  expect(of(Buffer.concat([whole, Buffer.from('xx')]))).toMatch(/damaged/);
});
