// Which profiles are in use: known only where every interface that others can reach has one.
import { describe, expect, it } from 'vitest';
import { isFromElsewhere, wholeProfiles } from '../../../../main/policy/windows/profiles-in-use';

const listed = { Ethernet: 'domain', WLAN: 'public' } as const;

describe('the profiles in use', () => {
  it.each<[string, Readonly<Record<string, readonly string[]>>, boolean]>([
    ['every interface has one', { Ethernet: ['10.0.0.5/24'], WLAN: ['fe80::1/64'] }, true],
    ['one is not connected', { Ethernet: ['10.0.0.5/24'] }, true],
    ['loopback has none', { Ethernet: ['10.0.0.5/24'], Loopback: ['127.0.0.1/8', '::1/128'] }, true],
    ['one without addresses has none', { Ethernet: ['10.0.0.5/24'], VPN: [] }, true],
    ['one that others reach has none', { Ethernet: ['10.0.0.5/24'], VPN: ['10.9.0.2/32'] }, false],
    ['one that others reach over IPv6 alone has none', { VPN: ['fe80::2/64'] }, false],
    ['one is reached at loopback and elsewhere', { VPN: ['127.0.0.1/8', '10.9.0.2'] }, false],
    ['one is called as what every object has', { constructor: ['10.9.0.2/32'] }, false],
  ])('where %s: known = %3$s', (_what, interfaces, known) => {
    expect(wholeProfiles(interfaces, listed)).toEqual(known ? listed : null);
  });

  it('are not known where they were not listed', () => {
    expect(wholeProfiles({ Ethernet: ['10.0.0.5/24'] }, null)).toBeNull();
    expect(wholeProfiles({}, {})).toEqual({});
  });

  it('tell loopback from what begins like it', () => {
    expect(['127.0.0.1', '127.9.9.9/8', '::1', '::1/128'].some(isFromElsewhere)).toBe(false);
    expect(['::10', '::1:5', '12.7.0.1', 'fe80::1', '10.0.0.1/8'].every(isFromElsewhere)).toBe(true);
  });
});
