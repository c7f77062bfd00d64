// The form's own checks: exact about addresses, days and reasons.
import { describe, expect, it } from 'vitest';
import { type Draft, dayOf, draftOf, faultsOf, isFaultless, wishOf } from '../../renderer/guide/wish-draft';
import { shield } from './fake-doorway';

const now = new Date(2026, 7, 5, 14, 0);
const empty = draftOf(null);
const faultOf = (address: string) => faultsOf({ ...empty, allow: [address] }, now).allow[0];
const dateFault = (date: string) => faultsOf({ ...empty, until: 'date', date }, now).date;

describe('addresses', () => {
  it.each([
    '192.168.1.20',
    '10.0.0.0/8',
    '0.0.0.0/0',
    'fd00::20',
    'FE80::1',
    '2001:db8::/32',
    '::ffff:1.2.3.4',
    '::/0',
    ' 10.0.0.1 ',
  ])('%s is one', (text) => expect(faultOf(text)).toBeUndefined());

  it.each([
    '10.0.0.300',
    '10.0.0',
    '010.0.0.1',
    '1.2.3.4.5',
    'fd00::2::1',
    'fe80::1%eth0',
    '[::1]',
    '12345::',
    '10.0.0.1-9',
  ])('%s is none', (text) => expect(faultOf(text)).toMatch(/is not an address/));

  it.each([
    ['10.0.0.0/33', 32],
    ['10.0.0.0/', 32],
    ['10.0.0.0/08', 32],
    ['10.0.0.0/8/8', 32],
    ['fd00::/129', 128],
  ])('%s has a wrong prefix', (text, most) => expect(faultOf(text)).toContain(`from 0 to ${most}`));

  it('a name is called a name', () => expect(faultOf('printer.example')).toMatch(/looks like a name/));
  it('an empty line is told', () => expect(faultOf('  ')).toMatch(/Type an address/));
});

describe('the day', () => {
  it('may be today, and up to a year away', () => {
    expect(dateFault('2026-08-05')).toBeNull();
    expect(dateFault('2027-08-05')).toBeNull();
  });
  it('may not be past, missing, or further away', () => {
    expect(dateFault('2026-08-04')).toMatch(/over/);
    expect(dateFault('')).toMatch(/Choose a day/);
    expect(dateFault('2027-08-07')).toMatch(/more than a year/);
  });
  it('counts only where a day is wanted', () =>
    expect(faultsOf({ ...empty, date: '2020-01-01' }, now).date).toBeNull());
});

describe('the wish', () => {
  it('carries what was typed, trimmed', () => {
    const draft: Draft = {
      allow: [' 10.0.0.1 '],
      until: 'date',
      date: '2026-09-01',
      opens: true,
      outbound: true,
      reason: ' CVE-1 ',
      workarounds: ['server-off'],
    };
    expect(isFaultless(faultsOf(draft, now))).toBe(true);
    expect(wishOf(draft)).toEqual({
      allow: ['10.0.0.1'],
      until: '2026-09-01',
      atEnd: 'lift',
      outbound: true,
      reason: 'CVE-1',
      workarounds: ['server-off'],
    });
    expect(wishOf({ ...draft, opens: false }).atEnd).toBe('extend');
    expect(wishOf({ ...draft, until: 'patched' }).atEnd).toBeNull();
  });

  it('to change a shield begins with its own terms', () => {
    const until = new Date(2026, 8, 1, 23, 59, 59).toISOString();
    expect(draftOf({ ...shield, until })).toEqual({
      allow: ['10.0.0.20'],
      until: 'date',
      date: '2026-09-01',
      opens: false,
      outbound: false,
      reason: 'CVE-2020-0796',
      workarounds: [],
    });
    expect(draftOf({ ...shield, until, atEnd: 'lift' }).opens).toBe(true);
    expect(dayOf(new Date(2026, 0, 2))).toBe('2026-01-02');
  });
});
