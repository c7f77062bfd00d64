// Step 1: the check starts by itself, facts show as they arrive, and the answer is one sentence.
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { verbatim } from '../../main/model/message';
import type { Seen } from '../../preload/contract';
import { doors, facts, fakeDoorway, known, later, outcomes, report, shield, shieldUp } from './fake-doorway';
import { button, maySee, meanwhile, openWindow, see } from './open-window';

const named = (calls: readonly { readonly name: string }[]) => calls.map(({ name }) => name);

describe('the check', () => {
  it('starts by itself when the window opens', async () => {
    const { doorway } = await openWindow();
    expect(named(doorway.calls)).toContain('pc:inspect');
    expect(see('Yes. The file-sharing door (TCP 445) is open to others.')).toBeTruthy();
  });

  it('shows facts one at a time as they arrive, and never an answer too early', async () => {
    const doorway = fakeDoorway();
    const inspection = later<Seen>();
    doorway.answer('pc:inspect', () => inspection.promise);
    await openWindow(doorway);
    const bar = screen.getByRole('progressbar', { name: 'Checking this PC' });
    expect(bar.getAttribute('aria-valuenow')).toBe('0');
    await meanwhile(() => doorway.emitFact('system'));
    expect(bar.getAttribute('aria-valuenow')).toBe('1');
    expect(maySee(/Who is connected/)).toBeNull();
    await meanwhile(() => doorway.emitFact('sessions'));
    expect(see(`2 of ${Object.keys(facts).length} answers are in.`)).toBeTruthy();
    expect(see(/Using this PC's shared files: 10\.0\.0\.7\. A shield cuts them off/)).toBeTruthy();
    await meanwhile(() => doorway.emit('pc:verdicts', { ...report().verdicts, door: doors.unknown, findings: [] }));
    expect(see('Looking at the file-sharing door (TCP 445).')).toBeTruthy();
    expect(maySee(/^Can't tell yet/)).toBeNull();
    expect(maySee('Nothing else stood out.')).toBeNull();
    await meanwhile(() => inspection.give(report({ findings: [] })));
    expect(see(/^Yes\. The file-sharing door/)).toBeTruthy();
    expect(see('Nothing else stood out.')).toBeTruthy();
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it.each([
    [{ kind: 'container', name: 'docker' }, /^This is a container \(docker\): .*Run Breakwater there\.$/],
    [{ kind: 'wsl', name: 'WSL' }, /^This is a Linux inside Windows \(WSL\): .*Run Breakwater on Windows\.$/],
  ] as const)('says what this PC is inside of: %j', async (around, says) => {
    if (facts.system.state !== 'known') throw new Error('this system is known');
    const system = known({ ...facts.system.value, within: around }, 'system');
    await openWindow(fakeDoorway({}, report({}, { system })));
    expect(see(says)).toBeTruthy();
  });

  it('can be stopped, and says that it was', async () => {
    const doorway = fakeDoorway();
    const inspection = later<Seen>();
    doorway.answer('pc:inspect', () => inspection.promise);
    const { user } = await openWindow(doorway);
    await user.click(button('Stop checking'));
    expect(named(doorway.calls)).toContain('pc:stop');
    await meanwhile(() => inspection.give(report({ door: doors.unknown, findings: [] })));
    expect(see(/^The check was stopped/)).toBeTruthy();
    expect(maySee('Nothing else stood out.')).toBeNull();
  });

  it('says where the door is open, how far that reaches, and which program waits', async () => {
    await openWindow();
    const place = see('On Wi-Fi wlan0, 10.0.0.5: from its network 10.0.0.0/24, and beyond').closest('li')!;
    expect(within(place).getByText('Open')).toBeTruthy();
    expect(within(place).getByText('TCP 445, TCP 139. Waiting there: smbd (process 812).')).toBeTruthy();
    expect(see('On Wi-Fi wlan0, fe80::5: from its own network fe80::/64 only')).toBeTruthy();
  });

  it("names a connection once where it bears its kind's name", async () => {
    const network = facts.network.state === 'known' ? facts.network.value : null;
    const interfaces = network!.interfaces.map((one) => (one.name === 'wlan0' ? { ...one, name: 'Wi-Fi' } : one));
    const exposures = doors.open.exposures.map((one) => ({ ...one, interface: 'Wi-Fi' }));
    const changed = { network: known({ ...network!, interfaces }) };
    await openWindow(fakeDoorway({}, report({ door: { ...doors.open, exposures } }, changed)));
    expect(see('On Wi-Fi, 10.0.0.5: from its network 10.0.0.0/24, and beyond')).toBeTruthy();
  });

  it('puts the worst finding first and opens its reference through the app', async () => {
    const { doorway, user } = await openWindow();
    const titles = screen.getAllByRole('heading', { level: 3 }).map((heading) => heading.textContent);
    expect(titles).toEqual(['The outdated SMB 1 is switched on', 'A share lets guests in']);
    await user.click(button('Read more: The outdated SMB 1 is switched on'));
    expect(doorway.calls.at(-1)).toMatchObject({
      name: 'app:open-reference',
      args: [expect.stringMatching(/^https:\/\/learn\./)],
    });
  });

  it('says closed, and that exceptions may enter where there are some', async () => {
    await openWindow(fakeDoorway({}, report({ door: doors.closed, shield: shieldUp })));
    expect(see(/^Closed to others\. Only the addresses you excepted/)).toBeTruthy();
    expect(see('Shielded')).toBeTruthy();
    expect(button('Next: Patch')).toBeTruthy();
  });

  it('says closed to all where there is no exception', async () => {
    const all = { ...shieldUp, shield: { ...shield, allow: { ipv4: [], ipv6: [] } } };
    await openWindow(fakeDoorway({}, report({ door: doors.closed, shield: all })));
    expect(see('No. The file-sharing door (TCP 445) is closed to others.')).toBeTruthy();
  });

  it('checks again when asked, and keeps no old answer meanwhile', async () => {
    const { doorway, user } = await openWindow();
    doorway.answer('pc:inspect', () => later<Seen>().promise);
    await user.click(button('Check again'));
    expect(maySee(/^Yes\. The file-sharing door/)).toBeNull();
  });
});

describe("a door that can't be judged yet", () => {
  it('says why, and offers to look with permission where that is what is missing', async () => {
    const doorway = fakeDoorway({}, report({ door: doors.unknown }));
    const look = later<{ readonly seen: Seen }>();
    doorway.answer('pc:look', () => look.promise);
    const { user } = await openWindow(doorway);
    expect(see("Can't tell yet whether the file-sharing door (TCP 445) is open.")).toBeTruthy();
    expect(see(/unless other firewall rules keep it shut/)).toBeTruthy();
    await user.click(button('Look with permission'));
    await meanwhile(() => doorway.emit('shield:step', 'asking-permission'));
    expect(see('Please answer the question for permission that your PC shows.')).toBeTruthy();
    await meanwhile(() => look.give({ seen: report({ door: doors.open }) }));
    expect(see(/^Yes\. The file-sharing door/)).toBeTruthy();
  });

  it('shows how a look ended that got no permission', async () => {
    const doorway = fakeDoorway({}, report({ door: doors.unknown }));
    doorway.answer('pc:look', async () => ({ outcome: outcomes['not-permitted'] }));
    const { user } = await openWindow(doorway);
    await user.click(button('Look with permission'));
    expect(see('No permission')).toBeTruthy();
    expect(see('Nothing was changed.')).toBeTruthy();
    await user.click(button('OK'));
    expect(see(/^Can't tell yet/)).toBeTruthy();
  });

  it('offers no look where permission is not what is missing', async () => {
    const ruleset = known({ kind: 'simulated', shield: null, counted: null } as const);
    await openWindow(fakeDoorway({}, report({ door: doors.unknown }, { ruleset })));
    expect(screen.queryByRole('button', { name: 'Look with permission' })).toBeNull();
  });
});

describe('who is connected', () => {
  it('says that it is not known, with the reason', async () => {
    const sessions = { ...facts.ruleset, state: 'failed', why: verbatim('/proc/net/tcp could not be read.') } as const;
    await openWindow(fakeDoorway({}, report({}, { sessions })));
    expect(see('Who is connected is not known: /proc/net/tcp could not be read.')).toBeTruthy();
  });

  it('names each other PC once, and not without end', async () => {
    const one = facts.sessions.state === 'known' ? facts.sessions.value[0]! : null;
    const many = Array.from({ length: 12 }, (_, index) => ({
      ...one!,
      remote: { address: `10.0.0.${index % 10}`, port: 50000 + index },
    }));
    await openWindow(fakeDoorway({}, report({}, { sessions: known(many) })));
    expect(see(/10\.0\.0\.6, 10\.0\.0\.7 and 2 others\./)).toBeTruthy();
  });
});
