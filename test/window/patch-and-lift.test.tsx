// Steps 3 and 4: honest about the patch, and a lift that is shown, confirmed, carried out and told.
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { verbatim } from '../../main/model/message';
import type { PatchVerdict, SystemFact } from '../../preload/contract';
import { patches } from './fake-advisories';
import {
  at,
  doors,
  facts,
  fakeDoorway,
  kept,
  known,
  later,
  noShield,
  outcomes,
  report,
  shield,
  shieldUp,
  shownPatch,
} from './fake-doorway';
import { button, focused, heard, maySee, meanwhile, openWindow, see } from './open-window';

const debian = facts.system.state === 'known' ? facts.system.value : null;
const up = { door: doors.closed, shield: shieldUp };

async function atPatch(system: Partial<SystemFact>, verdicts = {}) {
  const doorway = fakeDoorway({}, report(verdicts, { system: known({ ...debian!, ...system }) }));
  const opened = await openWindow(doorway);
  await opened.user.click(button('3. Patch'));
  return opened;
}

describe('the patch', () => {
  it('is never called installed where nothing was judged', async () => {
    await atPatch({}, up);
    expect(see("Can't tell whether this PC is patched.")).toBeTruthy();
  });

  it.each([
    ['patched', 'Yes. This PC is patched against every known hole in file sharing.'],
    ['missing', 'No. Updates are missing on this PC.'],
    ['restart', 'Almost. The updates are installed, and wait for a restart.'],
    ['unknown', "Can't tell whether this PC is patched."],
    ['old', "Can't tell: the catalogue of known holes is too old, or this PC's clock is wrong."],
    ['passedOver', "Can't tell whether this PC is patched."],
    ['ahead', "Can't tell: the catalogue of known holes is too old, or this PC's clock is wrong."],
    ['none', "Can't tell whether this PC is patched."],
  ] as const)('%s: is said in one sentence', async (name, sentence) => {
    await atPatch({}, { patch: patches[name] });
    expect(see(sentence)).toBeTruthy();
    for (const problem of patches[name].problems) expect(see(problem)).toBeTruthy();
  });

  it('tells what is missing, what to install, and that it is exploited', async () => {
    const { user } = await atPatch({}, { patch: patches.missing });
    const section = see('What is missing').closest('section')!;
    expect(section.textContent).toContain('VulnerableCVE-2020-0796: The hole CVE-2020-0796');
    expect(section.textContent).toContain('Samba 2:4.17.9 is installed.');
    expect(section.textContent).toContain('Install: samba 2:4.17.12 or later.');
    expect(section.textContent).toContain('Known to be exploited.');
    await user.click(button('Why? See the advisories'));
    expect(focused()).toBe('Advisories');
  });

  it('tells the reason of what could not be judged, or not be read', async () => {
    await atPatch({}, { patch: patches.unknown });
    expect(see('What could not be judged').closest('section')?.textContent).toContain(
      'dpkg is installing packages right now.',
    );
  });

  it('says that a restart is due, and what says so', async () => {
    const restart = { state: 'pending', because: verbatim('/run/reboot-required (for linux-image-amd64)') } as const;
    const patch = facts.patch.state === 'known' ? known({ ...facts.patch.value, restart }) : facts.patch;
    const doorway = fakeDoorway({}, report({ patch: patches.restart }, { patch }));
    const { user } = await openWindow(doorway);
    await user.click(button('3. Patch'));
    expect(see('A restart is still due.')).toBeTruthy();
    expect(see('Says so: /run/reboot-required (for linux-image-amd64)')).toBeTruthy();
  });

  it('says how it stands with the advisory for which the shield is up', async () => {
    await atPatch({}, { ...up, patch: patches.missing });
    expect((await screen.findByText('The reason for the shield')).closest('section')?.textContent).toContain(
      'CVE-2020-0796: The hole',
    );
  });

  it('says so where the catalogue does not know the reason of the shield', async () => {
    const reason = 'HELPDESK-7';
    await atPatch({}, { ...up, shield: { ...shieldUp, shield: { ...shield, reason } }, patch: patches.patched });
    expect(await screen.findByText(/^HELPDESK-7 is not in the catalogue/)).toBeTruthy();
    expect(see("Can't tell whether this PC is patched for what its shield is up for.")).toBeTruthy();
    expect(heard()).toBe("Can't tell whether this PC is patched for what its shield is up for.");
  });

  it('says so where the reason of the shield can not be asked about', async () => {
    const doorway = fakeDoorway({}, report({ ...up, patch: patches.patched }));
    doorway.answer('advisories:show', () => Promise.reject(new Error('out of memory')));
    const { user } = await openWindow(doorway);
    await user.click(button('3. Patch'));
    expect(see('What the catalogue says of CVE-2020-0796 could not be asked.')).toBeTruthy();
    expect(see("Can't tell whether this PC is patched for what its shield is up for.")).toBeTruthy();
  });

  it.each([
    ['vulnerable', 'Can'],
    ['unknown', 'Can'],
    ['patched', 'Yes'],
  ] as const)('where the keeper finds it %s for what the shield is up for, begins with %s', async (state, begin) => {
    const patch = { state, because: ['smbd (process 812) still runs as before it.'] };
    const held = { ...shieldUp, state: 'kept', kept: { ...kept, patch } } as const;
    const { user } = await atPatch({}, { ...up, shield: held, patch: patches.patched });
    expect(see(new RegExp(`^${begin}`))).toBeTruthy();
    expect(see('Its keeper says: smbd (process 812) still runs as before it.')).toBeTruthy();
    await user.click(button('4. Lift'));
    await user.click(button('Show what will change'));
    expect(screen.queryAllByRole('checkbox')).toHaveLength(state === 'patched' ? 0 : 1);
  });

  it('of other programs is told, and decides nothing', async () => {
    const [, outlook] = patches.patched.verdicts;
    const reach = { ...outlook!.reach, kind: 'client' } as const;
    const verdicts = patches.patched.verdicts.map((one) =>
      one === outlook ? { ...one, state: 'unknown' as const, reach } : one,
    );
    await atPatch({}, { patch: { ...patches.patched, verdicts } });
    expect(see(/^Yes\. This PC is patched/)).toBeTruthy();
    expect(see('1 hole of other programs is not looked at; see below.')).toBeTruthy();
    expect(see('What could not be judged')).toBeTruthy();
  });

  it('is looked at once more where something was installed while it was looked at', async () => {
    const { doorway } = await atPatch({}, { patch: patches.missing });
    const first = later<Awaited<ReturnType<Parameters<typeof doorway.answer<'patch:check'>>[1]>>>();
    doorway.answer('patch:check', () => first.promise);
    await meanwhile(() => doorway.emit('pc:software-changed', null));
    await meanwhile(() => doorway.emit('pc:software-changed', null));
    doorway.answer('patch:check', async () => ({ at, facts: {}, patch: shownPatch(patches.patched) }));
    await meanwhile(() => first.give({ at, facts: {}, patch: shownPatch(patches.missing) }));
    expect(doorway.calls.filter(({ name }) => name === 'patch:check')).toHaveLength(2);
    expect(see(/^Yes\. This PC is patched/)).toBeTruthy();
  });

  it.each([
    ['unknown', 'Whether a shield is up is not known: see step 2.'],
    ['interrupted', 'Whether a shield is up is not known: see step 2.'],
    ['foreign', 'Whether a shield is up is not known: see step 2.'],
    ['none', /^No shield is up while you install the updates/],
    ['expired', /^No shield is up while you install the updates/],
    ['recorded', 'The shield stays up while you install the updates.'],
  ] as const)('says of a shield that is %s what is known of it', async (state, sentence) => {
    const shielded = state === 'recorded' || state === 'expired' ? { shield } : { shield: null };
    await atPatch({}, { shield: { ...noShield, ...shielded, state, kept: state === 'recorded' ? kept : null } });
    expect(see(sentence)).toBeTruthy();
    expect(maySee(/^Its keeper looks after it/)).toBeNull();
  });

  it('is looked at again by itself: when somebody comes back, when software was installed, and when asked', async () => {
    const { doorway, user } = await atPatch({}, { patch: patches.missing });
    const asked = () => doorway.calls.filter(({ name }) => name === 'patch:check').length;
    await meanwhile(() => window.dispatchEvent(new Event('focus')));
    expect(asked()).toBe(1);
    doorway.answer('patch:check', async () => ({ at, facts: {}, patch: shownPatch(patches.patched) }));
    await meanwhile(() => doorway.emit('pc:software-changed', null));
    expect(asked()).toBe(2);
    expect(see(/^Yes\. This PC is patched/)).toBeTruthy();
    expect(heard()).toMatch(/^Yes\. This PC is patched/);
    await user.click(button('Look again'));
    expect(asked()).toBe(3);
    expect(doorway.calls.filter(({ name }) => name === 'pc:look')).toEqual([]);
  });

  it('keeps what was known, and says so, where looking again fails', async () => {
    const { doorway } = await atPatch({}, { patch: patches.missing });
    doorway.answer('patch:check', () => Promise.reject(new Error('out of memory')));
    await meanwhile(() => doorway.emit('pc:software-changed', null));
    expect(see('No. Updates are missing on this PC.')).toBeTruthy();
    expect(see('What came back: out of memory')).toBeTruthy();
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
    expect(button('Open Windows Update')).toBeTruthy();
  });

  it('says that the shield stays meanwhile, and what it waits for', async () => {
    const kept = {
      schema: 'breakwater/kept@1',
      at,
      sureAt: at,
      boot: null,
      state: 'whole',
      shield,
      wholeAt: at,
      restoredAt: null,
      restores: 0,
      counted: null,
      hours: [],
      patch: null,
      waitsFor: 'The patch for CVE-2020-0796.',
      warnings: [],
      ended: null,
    } as const;
    await atPatch({}, { ...up, shield: { ...shieldUp, kept } });
    expect(see('The shield stays up while you install the updates.')).toBeTruthy();
    expect(see('Its keeper looks after it meanwhile. What ends it: The patch for CVE-2020-0796.')).toBeTruthy();
  });

  it('says until when the shield stays where it has a day to open at', async () => {
    const until = '2026-09-01T12:00:00.000Z';
    const end = { patchOf: 'CVE-2020-0796', noPatch: null, opensAt: until, warnsFrom: null };
    await atPatch({}, { ...up, shield: { ...shieldUp, shield: { ...shield, until, atEnd: 'lift' }, end } });
    expect(see(/stays up while you install the updates, until 1 Sept? 2026, \d\d:\d\d at the latest\./)).toBeTruthy();
  });

  it('says that no shield is up where none is', async () => {
    await atPatch({});
    expect(see(/^No shield is up while you install the updates/)).toBeTruthy();
  });
});

describe('the lift', () => {
  async function atPlan(patch: PatchVerdict | null = null) {
    const doorway = fakeDoorway({}, report({ ...up, patch }));
    const opened = await openWindow(doorway);
    await opened.user.click(button('4. Lift'));
    await opened.user.click(button('Show what will change'));
    return opened;
  }

  it('asks for no confirmation where this PC is patched, and says so', async () => {
    const { doorway, user } = await atPlan(patches.patched);
    expect(see('This PC is patched against every hole that the catalogue knows.')).toBeTruthy();
    expect(screen.queryByRole('checkbox')).toBeNull();
    await user.click(button('Take the shield down'));
    expect(doorway.calls.find(({ name }) => name === 'shield:carry-out')?.args).toEqual(['token-2']);
  });

  it.each([
    ['missing', /^Updates are still missing on this PC/],
    ['restart', /^The updates take effect with a restart only/],
    ['old', /catalogue is too old/],
    ['passedOver', /can't tell whether this PC is patched/],
  ] as const)('warns and wants it confirmed where updates are %s', async (name, warning) => {
    await atPlan(patches[name]);
    expect(see(warning)).toBeTruthy();
    expect(screen.getByRole('checkbox')).toBeTruthy();
  });

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
