// What the helper lets through: its own requests, the keeper's two words, and nothing else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../../main/helper/request';

const now = Date.parse('2026-11-24T12:00:00.000Z');
const shield = {
  id: '0123abcd',
  since: '2026-11-24T12:00:00.000Z',
  until: null,
  atEnd: 'extend',
  allow: { ipv4: ['10.0.0.0/24'], ipv6: [] },
  outbound: false,
  reason: 'CVE-2020-0796',
  rules: true,
  workarounds: ['compression-off', 'smb1-off'],
};
const base = { version: 1, notAfter: '2026-11-24T12:01:00.000Z' };
const token = (data: unknown): string =>
  Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)).toString('base64url');
const parse = (data: unknown) => parseRequest(token(data), now);

describe('a request', () => {
  it.each([{ act: 'look' }, { act: 'lift' }, { act: 'settle' }, { act: 'shield', shield }])(
    '%j is taken',
    (request) => {
      expect(parse({ ...base, ...request })).toEqual({ ...base, ...request });
    },
  );

  it.each(['keep', 'restore'] as const)(
    '"%s" is the word of the schedule, and nothing that can be asked with more',
    (act) => {
      expect(parseRequest(act, now)).toEqual({ version: 1, act });
      for (const more of [` ${act}`, `${act} `, act.toUpperCase(), `${act}=`])
        expect(typeof parseRequest(more, now)).toBe('string');
      expect(typeof parse({ ...base, act })).toBe('string');
      expect(typeof parse({ version: 1, act })).toBe('string');
    },
  );

  it.each([
    ['a field too many', { ...base, act: 'lift', table: 'inet filter' }],
    ['a field too many in the shield', { ...base, act: 'shield', shield: { ...shield, table: 'inet filter' } }],
    ['a workaround that is none', { ...base, act: 'shield', shield: { ...shield, workarounds: ['format-disk'] } }],
    ['a workaround twice', { ...base, act: 'shield', shield: { ...shield, workarounds: ['smb1-off', 'smb1-off'] } }],
    ['another act', { ...base, act: 'run', command: 'id' }],
    ['another version', { ...base, version: 2, act: 'lift' }],
    ['no shield', { ...base, act: 'shield' }],
    [
      'an id that is more than an id',
      { ...base, act: 'shield', shield: { ...shield, id: '0123abcd"; flush ruleset' } },
    ],
    ['a reason with rules in it', { ...base, act: 'shield', shield: { ...shield, reason: 'x"; flush ruleset; "' } }],
    ['a reason over two lines', { ...base, act: 'shield', shield: { ...shield, reason: 'CVE\nflush ruleset' } }],
    [
      'a CIDR with host bits',
      { ...base, act: 'shield', shield: { ...shield, allow: { ipv4: ['10.0.0.5/24'], ipv6: [] } } },
    ],
    [
      'a CIDR that is not canonical',
      { ...base, act: 'shield', shield: { ...shield, allow: { ipv4: ['10.0.0.5'], ipv6: [] } } },
    ],
    [
      'a CIDR of the other family',
      { ...base, act: 'shield', shield: { ...shield, allow: { ipv4: ['fd00::/8'], ipv6: [] } } },
    ],
    [
      'a CIDR with more behind it',
      { ...base, act: 'shield', shield: { ...shield, allow: { ipv4: ['10.0.0.0/24 }; flush ruleset'], ipv6: [] } } },
    ],
    [
      'exceptions for everybody',
      { ...base, act: 'shield', shield: { ...shield, allow: { ipv4: ['0.0.0.0/1', '128.0.0.0/1'], ipv6: [] } } },
    ],
    [
      'too many exceptions',
      {
        ...base,
        act: 'shield',
        shield: { ...shield, allow: { ipv4: Array.from({ length: 65 }, (_, i) => `10.0.${i}.0/24`), ipv6: [] } },
      },
    ],
    ['an end that is no time', { ...base, act: 'shield', shield: { ...shield, until: '7d' } }],
    ['a permission that came too late', { ...base, notAfter: '2026-11-24T11:59:59.999Z', act: 'lift' }],
    ['a date far ahead', { ...base, notAfter: '2027-11-24T12:00:00.000Z', act: 'lift' }],
    ['no object', 'null'],
    ['cut short', JSON.stringify({ ...base, act: 'lift' }).slice(0, -3)],
    ['a prototype', '{"__proto__":{"act":"lift"},"version":1,"notAfter":"2026-11-24T12:01:00.000Z"}'],
  ])('with %s is refused in one line', (_, request) => {
    expect(parse(request)).toMatch(/^[^\n]+$/);
  });

  it('of ten megabytes is refused unread', () => {
    expect(parseRequest('A'.repeat(10_000_000), now)).toMatch(/too long/);
  });

  it('that is no base64url, or not UTF-8, is refused', () => {
    for (const bad of ['', ' ', '{}', 'a b', '../../etc/passwd', Buffer.from([0xff, 0xfe]).toString('base64url')])
      expect(parseRequest(bad, now)).toEqual(expect.any(String));
  });

  it('of any bytes is a request or a sentence', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(typeof parseRequest(Buffer.from(bytes).toString('base64url'), now)).toBe('string');
      }),
    );
  });
});
