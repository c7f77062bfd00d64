// Steps 3 and 4: honest about the patch, and a lift that is shown, confirmed, carried out and told.
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { SystemFact } from '../../preload/contract';
import { doors, facts, fakeDoorway, known, outcomes, report, shield, shieldUp } from './fake-doorway';
import { button, focused, maySee, openWindow, see } from './open-window';

const debian = facts.system.state === 'known' ? facts.system.value : null;
const up = { door: doors.closed, shield: shieldUp };

async function atPatch(system: Partial<SystemFact>, verdicts = {}) {
  const doorway = fakeDoorway({}, report(verdicts, { system: known({ ...debian!, ...system }) }));
  const opened = await openWindow(doorway);
  await opened.user.click(button('3. Patch'));
  return opened;
}

describe('the patch', () => {
  it('is never called installed', async () => {
    await atPatch({}, up);
    expect(see("Can't tell yet whether this PC is patched.")).toBeTruthy();
  });

  it.each([
    [{}, 'sudo apt update && sudo apt full-upgrade'],
    [{ name: 'Ubuntu 24.04.1 LTS' }, 'sudo apt update && sudo apt full-upgrade'],
    [{ name: 'Fedora Linux 42 (Workstation Edition)' }, 'sudo dnf upgrade --refresh'],
    [{ name: 'openSUSE Leap 15.6' }, 'sudo zypper patch'],
    [{ name: 'openSUSE Tumbleweed' }, 'sudo zypper dup'],
  ])('on %j: %s', async (system, command) => {
    await atPatch(system);
    expect(see(command)).toBeTruthy();
  });

  it('on Windows: Windows Update, and no command', async () => {
    await atPatch({ platform: 'windows', name: 'Windows 10 Pro 22H2' });
    expect(see(/Open Settings, then Windows Update/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Copy' })).toBeNull();
  });

  it('says that the shield stays meanwhile, until its day where it has one', async () => {
    await atPatch({}, up);
    expect(see('The shield does not end because of the updates: it stays until you lift it.')).toBeTruthy();
  });

  it('says until when the shield stays where it has a day', async () => {
    const until = '2026-09-01T12:00:00.000Z';
    await atPatch({}, { ...up, shield: { ...shieldUp, shield: { ...shield, until } } });
    expect(see(/it stays until 1 Sept? 2026, \d\d:\d\d, or until you lift it\./)).toBeTruthy();
  });

  it('says that no shield is up where none is', async () => {
    await atPatch({});
    expect(see(/^No shield is up while you install the updates/)).toBeTruthy();
  });
});

describe('the lift', () => {
  async function atPlan() {
    const doorway = fakeDoorway({}, report(up));
    const opened = await openWindow(doorway);
    await opened.user.click(button('4. Lift'));
    await opened.user.click(button('Show what will change'));
    return opened;
  }

  it('is shown first, and carried out only after it is confirmed', async () => {
    const { doorway, user } = await atPlan();
    expect(see('Only rules with our mark are taken away; every other rule stays as it is.')).toBeTruthy();
    await user.click(button('Take the shield down'));
    expect(see('Please confirm this first.')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('checkbox'));
    expect(doorway.calls.map(({ name }) => name)).not.toContain('shield:carry-out');
    await user.click(screen.getByRole('checkbox'));
    await user.click(button('Take the shield down'));
    expect(doorway.calls.find(({ name }) => name === 'shield:carry-out')?.args).toEqual(['token-2']);
    expect(focused()).toBe('The shield is down.');
    expect(see('The rest of your firewall is as before.')).toBeTruthy();
    expect(see('Our rules are gone; every other rule is as it was.')).toBeTruthy();
  });

  it('does not promise that the rest is as before where that could not be told', async () => {
    const { doorway, user } = await atPlan();
    doorway.answer('shield:carry-out', async () => outcomes.unknown);
    await user.click(screen.getByRole('checkbox'));
    await user.click(button('Take the shield down'));
    expect(see('Not certain')).toBeTruthy();
    expect(maySee('The rest of your firewall is as before.')).toBeNull();
  });

  it('shows why there is no plan', async () => {
    const doorway = fakeDoorway({}, report(up));
    doorway.answer('shield:plan-lift', async () => outcomes['not-permitted']);
    const { user } = await openWindow(doorway);
    await user.click(button('4. Lift'));
    await user.click(button('Show what will change'));
    expect(screen.getByRole('alert').textContent).toContain('This is what happened.');
  });
});
