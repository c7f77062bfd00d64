// `netstat -ano` is read by its structure: whatever is not understood leaves everything unknown.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNetstat } from '../../../../../main/host/windows/read/netstat';
import { namedOwner, programNames } from '../../../../../main/host/windows/read/program-names';
import type { Owner } from '../../../../../main/model/facts';
import { MessageError } from '../../../../../main/model/message-error';

const lines = (...all: readonly string[]): string => ['', 'Connexions actives', '', ...all, ''].join('\r\n');
const rpc = '  TCP    0.0.0.0:135            0.0.0.0:0              \ufffdCOUTE         1044';

function read(...all: readonly string[]) {
  const found = readNetstat(lines(rpc, ...all));
  if (found.kind === 'bad') throw new MessageError(found.why);
  return found;
}

describe('netstat', () => {
  it('tells listeners by the remote port 0, and UDP sockets by "*:*"', () => {
    const { listeners } = read(
      '  TCP    [::]:445               [::]:0                 LISTENING       4',
      '  UDP    10.0.0.5:137           *:*                                    4',
      '  UDP    0.0.0.0:5353           *:*                                    2200',
    );
    const system = { name: 'System', pid: null };
    expect(listeners).toEqual([
      { protocol: 'tcp', family: 'ipv6', address: '::', port: 445, owner: system },
      { protocol: 'udp', family: 'ipv4', address: '10.0.0.5', port: 137, owner: system },
    ]);
  });

  it('leaves out zones, connections that nobody holds, and those of the PC with itself', () => {
    const { sessions, listeners } = read(
      '  TCP    [fe80::1%7]:445        [::]:0                 LISTENING       4',
      '  TCP    [fe80::1%7]:445        [fe80::2%7]:50000      EN ATTENTE      4',
      '  TCP    10.0.0.5:445           10.0.0.9:50001         TIME_WAIT       0',
      '  TCP    127.0.0.1:50002        127.0.0.1:445          ESTABLISHED     900',
      '  TCP    10.0.0.5:445           10.0.0.5:50003         ESTABLISHED     4',
    );
    expect(listeners.map(({ address }) => address)).toEqual(['fe80::1']);
    expect(sessions.map(({ direction, remote }) => [direction, remote.address])).toEqual([['in', 'fe80::2']]);
  });

  it('takes a port 445 that nobody serves for a chance number of a client', () => {
    expect(read('  TCP    10.0.0.5:445           10.0.0.9:443           ESTABLISHED     77').sessions).toEqual([]);
  });

  it.each([
    ['nothing at all', ''],
    ['headings alone', lines()],
    [
      'connections without process numbers, as wine prints them',
      lines('  TCP    127.0.0.1:33080        127.0.0.1:35063        TIME_WAIT'),
    ],
    ['no program that waits', lines('  TCP    10.0.0.5:50000         10.0.0.9:445           ESTABLISHED     4')],
    ['a line cut short', lines(rpc, '  TCP    10.0.0.5:4')],
    ['an address that is none', lines(rpc, '  TCP    10.0.0.555:445         0.0.0.0:0              LISTENING       4')],
  ])('knows nothing from %s', (_, text) => {
    expect(readNetstat(text).kind).toBe('bad');
  });

  it.each([
    [
      'an address of a kind that is not known',
      '  TCP    10.0.0.5%x:5000        0.0.0.0:0              LISTENING       99',
    ],
    ['a process that is no number', '  UDP    0.0.0.0:5353           *:*                                    none'],
    ['another state', '  TCP    [::1]:5000             what?:77               ?               99'],
  ])('does not lose the rest by a line about another port: %s', (_, odd) => {
    const found = readNetstat(
      lines(odd, '  TCP    0.0.0.0:445            0.0.0.0:0              LISTENING       4', rpc),
    );
    expect(found).toMatchObject({ kind: 'read', listeners: [{ address: '0.0.0.0', port: 445 }] });
  });

  it.each([
    '  TCP    10.0.0.5%x:445         0.0.0.0:0              LISTENING       99',
    '  TCP    10.0.0.5:5000          10.0.0.9%x:445         ESTABLISHED     99',
    '  UDP    nothing                *:*                                    99',
  ])('knows nothing where a line that is not understood may be about SMB: %s', (odd) => {
    expect(readNetstat(lines(odd, rpc)).kind).toBe('bad');
  });

  it('takes any text without throwing', () => {
    fc.assert(fc.property(fc.string(), (text) => void readNetstat(`${rpc}\r\n  TCP  ${text}`)));
  });
});

describe('names of programs', () => {
  const names = programNames(
    '"System Idle Process","0","Services","0","8 K"\r\n"System","4","Services","0","1.234 K"\r\n"Für Zoë.exe","812","Console","1","12,345 K"\r\nINFO: nichts\r\n"cut","9',
  );

  it('are told by process number, whatever the language', () => {
    expect([...names]).toEqual([
      [0, 'System Idle Process'],
      [4, 'System'],
      [812, 'Für Zoë.exe'],
    ]);
    expect(programNames('').size).toBe(0);
  });

  it('are given to owners that are known by number; the kernel and what is not listed stay as they are', () => {
    const owned = (owner: Owner | null) => namedOwner({ owner }, names).owner;
    expect(owned({ name: 'a program', pid: 812 })).toEqual({ name: 'Für Zoë.exe', pid: 812 });
    expect(owned({ name: 'a program', pid: 5 })).toEqual({ name: 'a program', pid: 5 });
    expect(owned({ name: 'System', pid: null })).toEqual({ name: 'System', pid: null });
    expect(owned(null)).toBeNull();
  });
});
