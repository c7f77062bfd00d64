// What Windows says of itself in text, in several languages, and descriptions in several encodings.
import { describe, expect, it } from 'vitest';
import { textOf } from '../../../main/cli/file-text';
import { MessageError } from '../../../main/model/message-error';
import { readDescribedPc } from '../../../main/patch/described-pc';
import { judgeAdvisory } from '../../../main/patch/judge/judge';
import { inEnglish } from '../in-english';
import { bundledCatalogue, pcLike } from './bundled';

function softwareOf(text: string) {
  const read = readDescribedPc(text);
  if (read.kind === 'bad') throw new MessageError(read.why);
  if (read.pc.software?.kind !== 'windows') throw new Error('no Windows');
  return read.pc.software;
}

const english = `
Host Name:                     OFFICE-7
OS Name:                       Microsoft Windows Server 2019 Standard
OS Version:                    10.0.17763 N/A Build 17763
OS Manufacturer:               Microsoft Corporation
System Type:                   x64-based PC
Processor(s):                  1 Processor(s) Installed.
                               [01]: Intel64 Family 6 Model 85 Stepping 7 GenuineIntel ~2500 Mhz
BIOS Version:                  American Megatrends 10.0.1, 1/1/2020
Hotfix(s):                     2 Hotfix(s) Installed.
                               [01]: KB4512577
                               [02]: KB4512578
`;
const german = `
Hostname:                                      BUERO-7
Betriebssystemname:                            Microsoft Windows 11 Pro
Betriebssystemversion:                         10.0.22631 Nicht zutreffend Build 22631
Systemtyp:                                     x64-basierter PC
Hotfix(es):                                    1 Hotfix(e) installiert.
                                               [01]: KB5031988
`;
const french = `
Nom du syst\u00e8me d\u2019exploitation: Microsoft Windows 10 Professionnel
Version du syst\u00e8me:                   10.0.19045 N/A version 19045
Type du syst\u00e8me:                      PC \u00e0 base de x64
`;
const chinese = `
OS \u540d\u79f0:          Microsoft Windows 7 \u65d7\u8230\u7248
OS \u7248\u672c:          6.1.7601 Service Pack 1 Build 7601
\u7cfb\u7edf\u7c7b\u578b:         X86-based PC
`;

describe('systeminfo', () => {
  it.each([
    [
      'English',
      english,
      {
        build: '10.0.17763',
        ubr: null,
        installationType: 'Server',
        architecture: 'x64',
        updates: ['KB4512577', 'KB4512578'],
      },
    ],
    [
      'German',
      german,
      { build: '10.0.22631', ubr: null, installationType: 'Client', architecture: 'x64', updates: ['KB5031988'] },
    ],
    [
      'French',
      french,
      { build: '10.0.19045', ubr: null, installationType: 'Client', architecture: 'x64', updates: null },
    ],
    [
      'Chinese',
      chinese,
      { build: '6.1.7601', ubr: null, installationType: 'Client', architecture: 'x86', updates: null },
    ],
    [
      'as a table',
      '"A","Microsoft Windows 11 Pro","10.0.22631 N/A Build 22631","Microsoft Corporation","x64-based PC"',
      { build: '10.0.22631', installationType: 'Client' },
    ],
  ])('in %s', (_language, text, software) => {
    expect(softwareOf(text)).toMatchObject(software);
    expect(softwareOf(text.replaceAll('\n', '\r\n'))).toMatchObject(software);
  });

  it("does not tell the update's number, so it proves nothing patched; with ver it does", () => {
    const stateOf = (text: string) => {
      const read = readDescribedPc(text);
      return read.kind === 'pc' ? judgeAdvisory(bundledCatalogue(), 'CVE-2025-33073', read.pc)?.state : null;
    };
    expect(stateOf(german)).toBe('unknown');
    expect(stateOf(`${german}\nMicrosoft Windows [Version 10.0.22631.5472]\n`)).toBe('patched');
    expect(stateOf(`Microsoft Windows [Version 10.0.22631.5471]\n${german}`)).toBe('vulnerable');
  });
});

describe('ver', () => {
  it.each([
    ['\r\nMicrosoft Windows [Version 10.0.19045.3086]\r\n', '10.0.19045', 3086],
    ['Microsoft Windows [versi\u00f3n 10.0.22631.1]', '10.0.22631', 1],
    ['Microsoft Windows [\u7248\u672c 10.0.26100.4652]', '10.0.26100', 4652],
    ['Microsoft Windows XP [Version 5.1.2600]', '5.1.2600', null],
  ])('%j', (text, build, ubr) => {
    expect(softwareOf(text)).toMatchObject({ build, ubr, installationType: null });
  });
});

describe('a description', () => {
  const text = '{"os":"windows","build":"10.0.19045.3086","arch":"AMD64"}';
  const bytes = (encoding: 'le' | 'be', mark: boolean): Uint8Array => {
    const little = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
    return encoding === 'le' ? little : little.swap16();
  };
  it.each([
    ['UTF-16, lower byte first, with a mark', bytes('le', true)],
    ['UTF-16, lower byte first', bytes('le', false)],
    ['UTF-16, higher byte first, with a mark', bytes('be', true)],
    ['UTF-16, higher byte first', bytes('be', false)],
    ['UTF-8, with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-8', Buffer.from(text)],
  ])('is read in %s', (_encoding, encoded) => {
    expect(softwareOf(textOf(encoded))).toMatchObject({ build: '10.0.19045', ubr: 3086, architecture: 'x64' });
  });

  it.each([
    ['AMD64', 'x64'],
    ['x86_64', 'x64'],
    ['ARM64', 'arm64'],
    ['x86', 'x86'],
  ])('of architecture %s is of %s', (arch, architecture) => {
    expect(pcLike({ os: 'windows', build: '10.0.19045.1', arch }).software).toMatchObject({ architecture });
  });

  it.each([
    ['{"os":"windows","build":"10.0.19045.1","arch":"sparc"}', 'must be x64 (AMD64), x86 or arm64'],
    ['Hostname: x\nSomething: 1.2.3\n', 'saved output of "ver" and "systeminfo"'],
    [`${german}\nMicrosoft Windows [Version 10.0.19045.1]`, 'saved output of "ver" and "systeminfo"'],
    ['', 'saved output of "ver" and "systeminfo"'],
  ])('%j is none, and what would be one is said', (given, why) => {
    const read = readDescribedPc(given);
    expect(read.kind === 'bad' ? inEnglish(read.why) : read).toContain(why);
  });
});
