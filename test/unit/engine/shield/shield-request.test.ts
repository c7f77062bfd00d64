// A wish as typed: what is understood, and what is said about the rest.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWish, type WishText } from '../../../../main/engine/shield/shield-request';
import { inEnglish } from '../../in-english';

const now = new Date('2026-11-24T12:00:00.000Z');
const typed = (text: Partial<WishText>) =>
  parseWish({ allow: [], outbound: false, until: 'patched', atEnd: null, workarounds: [], reason: null, ...text }, now);
/** What is said against a wish; '' of one that is understood. */
const refused = (parsed: ReturnType<typeof parseWish>) => (parsed.kind === 'bad' ? inEnglish(parsed.why) : '');

describe('a wish', () => {
  it('has its exceptions sorted into families, as few networks as possible', () => {
    expect(typed({ allow: ['10.0.0.1', ' 10.0.0.0 ', 'fd00::/8', ''] })).toMatchObject({
      wish: { allow: { ipv4: ['10.0.0.0/31'], ipv6: ['fd00::/8'] } },
    });
  });

  it.each([
    ['patched', null],
    ['3s', '2026-11-24T12:00:03.000Z'],
    ['12h', '2026-11-25T00:00:00.000Z'],
    ['7d', '2026-12-01T12:00:00.000Z'],
    ['2w', '2026-12-08T12:00:00.000Z'],
    ['2026-12-01T08:00Z', '2026-12-01T08:00:00.000Z'],
    ['2026-12-01T08:00:00+02:00', '2026-12-01T06:00:00.000Z'],
  ])('until %s ends at %s', (until, end) => expect(typed({ until })).toMatchObject({ wish: { until: end } }));

  it('until a day lasts to the end of that day where the PC stands', () => {
    expect(typed({ until: '2026-12-01' })).toMatchObject({
      wish: { until: new Date(2026, 11, 1, 23, 59, 59).toISOString() },
    });
  });

  it.each([
    'tomorrow',
    '7',
    '-1d',
    '0d',
    '1.5d',
    '2026-02-30',
    '2026-13-01',
    '2020-01-01',
    '400d',
    '99999999w',
    'patched!',
    '2026-12-01T99:00Z',
  ])('until %j is refused in one line', (until) => {
    expect(refused(typed({ until }))).toMatch(/^The end [^\n]+\.$/);
  });

  it.each(['x'.repeat(65), 'CVE 2020', '"; flush ruleset', 'a\nb', '$(id)', '-x', 'ü'])(
    'reason %j is refused',
    (reason) => {
      expect(typed({ reason }).kind).toBe('bad');
    },
  );

  it("keeps an advisory's id, and takes an empty one for none", () => {
    expect(typed({ reason: 'CVE-2020-0796' })).toMatchObject({ wish: { reason: 'CVE-2020-0796' } });
    expect(typed({ reason: '  ' })).toMatchObject({ wish: { reason: null } });
  });

  it('with exceptions for everybody is refused, however they are written', () => {
    expect(typed({ allow: ['0.0.0.0/0'] }).kind).toBe('bad');
    expect(typed({ allow: ['0.0.0.0/1', '128.0.0.0/1'] }).kind).toBe('bad');
    expect(typed({ allow: ['::/0'] }).kind).toBe('bad');
  });

  it('with too many exceptions is refused', () => {
    const many = Array.from({ length: 65 }, (_, i) => `10.0.${i * 2}.0/24`);
    expect(typed({ allow: many }).kind).toBe('bad');
    expect(typed({ allow: many.slice(1) }).kind).toBe('wish');
  });

  it('of any text is a wish or one line', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (allow, until, reason) => {
        expect(refused(typed({ allow: [allow], until, reason }))).not.toMatch(/\n/);
      }),
    );
  });
});
