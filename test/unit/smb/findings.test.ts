// What answers and settings mean for people: each weakness is told when it shows, and only then.
import { describe, expect, test } from 'vitest';
import type { SmbServer } from '../../../main/model/facts';
import { verbatim } from '../../../main/model/message';
import type { SmbAnswer } from '../../../main/model/smb';
import type { Finding } from '../../../main/model/verdicts';
import { smbFindings } from '../../../main/smb/findings';
import type { ServerMake } from '../../../main/smb/server-make';
import { inEnglish } from '../in-english';

const good: SmbAnswer = {
  address: '127.0.0.1',
  port: 445,
  smb1: 'refused',
  dialects: { '2.0.2': 'accepted', '2.1': 'accepted', '3.0': 'accepted', '3.0.2': 'accepted', '3.1.1': 'accepted' },
  chosen: '3.1.1',
  signing: 'required',
  encryption: 'AES-128-GCM',
  signingAlgorithm: 'AES-GMAC',
  compression: [],
  capabilities: [],
  serverGuid: null,
  systemTime: null,
  startTime: null,
  maxTransactSize: null,
  ntlm: null,
  problems: [],
};
const silent: SmbAnswer = {
  ...good,
  smb1: 'unknown',
  dialects: { '2.0.2': 'unknown', '2.1': 'unknown', '3.0': 'unknown', '3.0.2': 'unknown', '3.1.1': 'unknown' },
  chosen: null,
  signing: 'unknown',
  encryption: null,
  signingAlgorithm: null,
  compression: null,
  problems: [verbatim('No usable answer of 127.0.0.1:445 about SMB1: the connection was refused.')],
};
const identity = {
  computer: 'PC7',
  domain: 'OFFICE',
  dnsComputer: null,
  dnsDomain: null,
  forest: null,
  version: '10.0.18363',
  time: null,
};
const server: SmbServer = { product: 'samba', configuration: '/etc/samba/smb.conf', settings: [], shares: [] };

const of = (make: ServerMake) => (): ServerMake => make;

function findings(answer: Partial<SmbAnswer>, make: ServerMake = 'samba'): readonly Finding[] {
  return smbFindings([{ ...good, ...answer }], [], of(make));
}
const ids = (found: readonly Finding[]): string[] => found.map(({ id, severity }) => `${severity} ${id}`);

describe('answers', () => {
  test('a server that does everything right gives no finding', () => {
    expect(findings({})).toEqual([]);
  });

  test('nothing known is not told as a weakness', () => {
    expect(ids(smbFindings([silent], [], of('windows')))).toEqual(['info smb-questions-open']);
    expect(smbFindings([], [], of('samba'))).toEqual([]);
  });

  test.each<[string, Partial<SmbAnswer>]>([
    ['high smb1-accepted', { smb1: 'accepted' }],
    ['medium signing-not-required', { signing: 'offered' }],
    ['medium signing-not-required', { signing: 'off' }],
    ['medium smb3-not-accepted', { chosen: '2.1', encryption: null }],
    ['medium smb3-not-accepted', { chosen: '2.0.2', encryption: null }],
    ['low encryption-not-offered', { encryption: null }],
    ['low encryption-not-offered', { chosen: '3.0', encryption: null }],
    ['info ntlm-identity-told', { ntlm: identity }],
    ['info smb-questions-open', { problems: [verbatim('No usable answer.')] }],
  ])('%s', (expected, answer) => {
    expect(ids(findings(answer))).toEqual([expected]);
  });

  test('compression counts on Windows with SMB 3.1.1, and on builds that the advisory lists or that are not told', () => {
    const compression = { compression: ['LZNT1'] };
    expect(ids(findings(compression, 'windows'))).toEqual(['info compression-on']);
    expect(inEnglish(findings(compression, 'windows')[0]?.detail)).toContain('the patch level decides');
    expect(ids(findings({ ...compression, ntlm: identity }, 'windows'))).toContain('info compression-on');
    const first = findings({ ...compression, ntlm: { ...identity, version: '10.0.18362' } }, 'windows');
    expect(ids(first)).toContain('info compression-on');
    expect(ids(findings(compression, 'unknown'))).toEqual(['info compression-on']);
    for (const make of ['samba', 'ksmbd', 'macos'] as const) expect(findings(compression, make)).toEqual([]);
    expect(findings({ compression: [] }, 'windows')).toEqual([]);
    expect(findings({ compression: null }, 'windows')).toEqual([]);
    const later = findings({ ...compression, ntlm: { ...identity, version: '10.0.19045' } }, 'windows');
    expect(ids(later)).toEqual(['info ntlm-identity-told']);
    const older = findings({ ...compression, dialects: { ...good.dialects, '3.1.1': 'refused' } }, 'windows');
    expect(older).toEqual([]);
  });

  test('the names that strangers are told are listed', () => {
    expect(inEnglish(findings({ ntlm: identity })[0]?.detail)).toContain('PC7, OFFICE, version 10.0.18363');
  });

  test('the most severe comes first, and one weakness of several addresses is one finding', () => {
    const weak: SmbAnswer = { ...good, smb1: 'accepted', signing: 'off', ntlm: identity };
    const found = smbFindings(
      [
        { ...weak, smb1: 'refused' },
        { ...weak, address: 'fe80::1%eth0' },
      ],
      [],
      of('windows'),
    );
    expect(ids(found)).toEqual(['high smb1-accepted', 'medium signing-not-required', 'info ntlm-identity-told']);
    expect(inEnglish(found[0]?.because)).toBe('answer of [fe80::1%eth0]:445');
    expect(inEnglish(found[1]?.because)).toBe('answer of 127.0.0.1:445 and of [fe80::1%eth0]:445');
  });

  test.each<ServerMake>(['samba', 'ksmbd', 'windows', 'macos', 'unknown'])(
    '%s: each finding has words, an https address and a reason',
    (make) => {
      const worst: SmbAnswer = { ...good, smb1: 'accepted', signing: 'off', encryption: null, ntlm: identity };
      const found = smbFindings([worst, { ...worst, chosen: '2.1' }, silent], [server], of(make));
      expect(found.length).toBeGreaterThan(5);
      for (const finding of found) {
        expect(finding.reference).toMatch(/^https:\/\/[^ ]+$/);
        expect(inEnglish(finding.title)).toMatch(/^[A-Z].*[^.]$/);
        expect(inEnglish(finding.detail)).toMatch(/^[A-Z].*\.$/);
        expect(inEnglish(finding.because)).not.toBe('');
      }
    },
  );
});

describe('advice is for the server that answered', () => {
  const weak: SmbAnswer = { ...good, smb1: 'accepted', signing: 'off', encryption: null };
  const words: Readonly<Record<ServerMake, RegExp>> = {
    samba: /\bsmb\.conf\b.*restart smbd/,
    ksmbd: /\bksmbd\.conf\b.*restart ksmbd/,
    windows: /Set-SmbServerConfiguration/,
    macos: /in the settings of the file server/,
    unknown: /in the settings of the file server/,
  };
  const makes = ['samba', 'ksmbd', 'windows', 'macos', 'unknown'] as const;

  test.each(makes)("%s: its own settings are named, and no other server's", (make) => {
    const told = smbFindings([weak], [], of(make)).filter(({ id }) => id !== 'ntlm-identity-told');
    expect(told.map(({ id }) => id)).toEqual(['smb1-accepted', 'signing-not-required', 'encryption-not-offered']);
    for (const { detail } of told) {
      expect(inEnglish(detail)).toMatch(words[make]);
      for (const other of makes)
        if (words[other].source !== words[make].source) expect(inEnglish(detail)).not.toMatch(words[other]);
    }
  });

  test('of two servers with the same weakness each is told its own', () => {
    const ports = { 445: 'ksmbd', 4450: 'samba' } as const;
    const found = smbFindings([weak, { ...weak, port: 4450 }], [], ({ port }) =>
      port === 445 ? ports[445] : ports[4450],
    );
    expect(inEnglish(found[0]?.detail)).toMatch(words.ksmbd);
    expect(inEnglish(found[0]?.detail)).toMatch(words.samba);
  });
});

describe('settings and shares', () => {
  test('what of them was not read is named', () => {
    const [found, ...others] = smbFindings(
      [],
      [{ ...server, unread: [verbatim('/srv/fifo is no regular file')] }],
      of('samba'),
    );
    expect(others).toEqual([]);
    expect(found).toMatchObject({ id: 'server-settings-unread', severity: 'info' });
    expect(inEnglish(found?.detail)).toContain('/srv/fifo is no regular file');
    expect(smbFindings([], [{ ...server, unread: [] }], of('samba'))).toEqual([]);
  });

  const share = { name: 'scans', path: '/srv/scans', guest: true, readOnly: false };

  test('a share for guests is told, worse when they may write', () => {
    const shares = [share, { ...share, name: 'music', readOnly: true }, { ...share, name: 'mine', guest: false }];
    const found = smbFindings([], [{ ...server, shares }], of('samba'));
    expect(ids(found)).toEqual(['high guest-share-writable', 'medium guest-share-readable']);
    expect(inEnglish(found[0]?.because)).toBe('share "scans" in /etc/samba/smb.conf');
    expect(inEnglish(found[1]?.detail)).toContain('"music"');
  });

  test.each([
    ['samba', 'restrict anonymous', '0', true],
    ['samba', 'Restrict  Anonymous', ' 0 ', true],
    ['samba', 'restrict anonymous', '2', false],
    ['windows', 'RestrictNullSessAccess', '0', true],
    ['windows', 'RestrictNullSessAccess', '1', false],
    ['windows', 'NullSessionShares', 'public', true],
    ['windows', 'NullSessionPipes', '', false],
    ['windows', 'EnableSecuritySignature', '0', false],
  ] as const)('%s, %s = %j lets strangers ask: %s', (product, name, value, open) => {
    const settings = [{ name, value, isDefault: false, from: 'line 7' }];
    const found = smbFindings([], [{ ...server, product, settings }], of('samba'));
    expect(ids(found)).toEqual(open ? ['low null-sessions'] : []);
    if (open) expect(inEnglish(found[0]?.because)).toBe(`${name} = ${value} (line 7)`);
  });
});
