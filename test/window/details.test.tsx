// The details page: every fact with its state, source and time, and a filter.
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { filterSections, rowCount, sectionsOf } from '../../renderer/details/sections';
import { toSecond } from '../../renderer/times';
import { at, doors, facts, fakeDoorway, findings, known, report, shieldUp } from './fake-doorway';
import { button, maySee, openWindow, see } from './open-window';

const whole = sectionsOf({ facts: report().facts, door: doors.closed, shield: shieldUp, findings });
const rowsOf = (title: string) => whole.find((section) => section.title === title)?.tables.flatMap(({ rows }) => rows);

async function atDetails(doorway = fakeDoorway()) {
  const opened = await openWindow(doorway);
  await opened.user.click(button('Details'));
  return opened;
}

describe('the details page', () => {
  it('shows every fact with its state, source and time', async () => {
    await atDetails();
    const section = screen.getByRole('region', { name: 'SMB server settings and shares' });
    expect(within(section).getByText('Known')).toBeTruthy();
    expect(section.textContent).toContain('File: /etc/samba/smb.conf');
    expect(section.querySelector('time')?.dateTime).toBe(at);
    expect(within(section).getByText('server min protocol').closest('tr')?.textContent).toContain('NT1set');
    expect(within(section).getByText('server signing').closest('tr')?.textContent).toContain('default');
  });

  it('says why a fact is not known', async () => {
    await atDetails();
    const section = screen.getByRole('region', { name: 'Firewall rules' });
    expect(within(section).getByText('Not permitted')).toBeTruthy();
    expect(within(section).getByText('Only administrators may read the rules of nftables.')).toBeTruthy();
  });

  it('says which facts are not in yet', async () => {
    const doorway = fakeDoorway();
    doorway.answer('pc:inspect', () => new Promise(() => undefined));
    await atDetails(doorway);
    expect(screen.getAllByText('Not in yet')).toHaveLength(Object.keys(facts).length);
  });

  it('keeps only the lines that contain the text', async () => {
    const { user } = await atDetails();
    await user.type(screen.getByLabelText('Filter'), 'smbd');
    expect(screen.getByRole('region', { name: 'Who waits for connections' })).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Network' })).toBeNull();
    await user.type(screen.getByLabelText('Filter'), ' and nothing like it');
    expect(see('No line contains this text.')).toBeTruthy();
  });

  it('draws a long table in parts', async () => {
    const one = facts.sessions.state === 'known' ? facts.sessions.value[0]! : null;
    const many = Array.from({ length: 250 }, (_, port) => ({ ...one!, remote: { address: '10.9.9.9', port } }));
    const { user } = await atDetails(fakeDoorway({}, report({}, { sessions: known(many) })));
    expect(maySee('10.9.9.9:249')).toBeNull();
    await user.click(button('Show all 250 lines'));
    expect(see('10.9.9.9:249')).toBeTruthy();
  });

  it('shows the rules themselves where they could be read', async () => {
    const ruleset = known({
      kind: 'nftables',
      whole: true,
      json: '{"nftables":[]}',
      shieldText: 'table inet breakwater {}',
      legacyTables: ['filter'],
      beside: null,
      torn: false,
    } as const);
    await atDetails(fakeDoorway({}, report({}, { ruleset })));
    expect(see('{"nftables":[]}')).toBeTruthy();
    expect(see('table inet breakwater {}')).toBeTruthy();
  });
});

describe('the tables', () => {
  it('tell all that the SMB server answered', () => {
    const rows = Object.fromEntries(rowsOf('What the SMB server answers') ?? []);
    expect(rows).toMatchObject({
      'Dialect SMB 1': 'accepted',
      'Dialect SMB 3.1.1': 'accepted',
      'Dialect chosen by the server': '3.1.1',
      Signing: 'offered',
      Encryption: 'AES-128-GCM',
      Compression: 'none',
      'Server GUID': '72656c69-66-0000-0000-000000000000',
      Started: 'not told',
      'NTLM computer': 'FILER',
      'NTLM forest': 'not told',
      'NTLM time': toSecond(at),
    });
  });

  it('tell interfaces, routes, programs, connections and managers', () => {
    expect(rowsOf('Network')).toContainEqual(['wlan0', 'wireless', '10.0.0.5', '10.0.0.0/24', 'private', '']);
    expect(rowsOf('Network')).toContainEqual(['10.0.0.0/24', 'on link', 'wlan0', '600']);
    expect(rowsOf('Who waits for connections')).toContainEqual(['TCP', 'IPv6', '::', '445', 'smbd (812)']);
    expect(rowsOf('Who waits for connections')?.at(-1)).toContain('not permitted to see');
    expect(rowsOf('Connections')?.[0]).toContain('10.0.0.7:50123');
    expect(rowsOf('Firewall managers')?.[0]).toEqual(['ufw', 'inactive', 'ENABLED=no in /etc/ufw/ufw.conf']);
  });

  it('tell the journal entry by entry', () => {
    const rows = rowsOf('Journal of shields');
    expect(rows?.map((row) => row[2])).toEqual(['Putting up', 'Changed', 'Proved']);
    expect(rows?.[2]?.[3]).toContain('TCP 445 at input: shut.');
  });

  it('tell every exposure and finding', () => {
    expect(rowsOf('Findings')?.map((row) => row[1])).toEqual(['guest-share', 'smb1-accepted']);
    expect(JSON.stringify(rowsOf('Verdicts'))).toContain('smbd (process 812): shielded');
  });

  it('filter without regard to case, and count what is left', () => {
    const left = filterSections(whole, ' WLAN0 ');
    expect(left.map(({ id }) => id)).toEqual(['verdicts', 'network']);
    expect(rowCount(left)).toBeLessThan(rowCount(whole));
    expect(filterSections(whole, ' ')).toBe(whole);
  });
});
