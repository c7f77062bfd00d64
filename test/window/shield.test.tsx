// Step 2: the form, the plan, the change and its progress.

import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { verbatim } from '../../main/model/message';
import type { Outcome } from '../../preload/contract';
import { dayOf } from '../../renderer/guide/wish-draft';
import { facts, fakeDoorway, known, later, outcomes, report, shieldUp } from './fake-doorway';
import { button, focused, heard, maySee, meanwhile, openWindow, see } from './open-window';

const lastCall = (calls: readonly { readonly name: string; readonly args: readonly unknown[] }[], name: string) =>
  calls.filter((call) => call.name === name).at(-1)?.args;

async function atShield(doorway = fakeDoorway()) {
  const opened = await openWindow(doorway);
  await opened.user.click(button('2. Shield'));
  return opened;
}

async function atPlan(doorway = fakeDoorway()) {
  const opened = await atShield(doorway);
  await opened.user.click(button('Show what will change'));
  return opened;
}

describe('the form', () => {
  it('asks for the safest shield when nothing is touched', async () => {
    const { doorway } = await atPlan();
    expect(lastCall(doorway.calls, 'shield:plan')).toEqual([
      { allow: [], outbound: false, until: 'patched', atEnd: null, workarounds: [], reason: null },
    ]);
  });

  it('passes on exceptions, seven days, outgoing and the reason', async () => {
    const { doorway, user } = await atShield();
    await user.click(button('Add an address'));
    await user.keyboard(' 192.168.1.20 ');
    await user.click(button('Add an address'));
    await user.keyboard('fd00::/64');
    await user.click(screen.getByLabelText('For 7 days'));
    await user.click(screen.getByLabelText(/^Also stop this PC/));
    await user.type(screen.getByLabelText('Reason (optional)'), 'CVE-2020-0796');
    await user.click(button('Show what will change'));
    expect(lastCall(doorway.calls, 'shield:plan')).toEqual([
      {
        allow: ['192.168.1.20', 'fd00::/64'],
        outbound: true,
        until: '7d',
        atEnd: 'extend',
        workarounds: [],
        reason: 'CVE-2020-0796',
      },
    ]);
  });

  it('on Windows offers what else can be switched off, and shows it where a shield was refused', async () => {
    const system =
      facts.system.state === 'known' ? known({ ...facts.system.value, platform: 'windows' as const }) : null;
    const doorway = fakeDoorway({}, report({}, system ? { system } : {}));
    const what = "In public networks Windows' firewall is switched off.";
    doorway.answer('shield:plan', async () => ({
      kind: 'refused',
      title: 'No effect',
      what,
      todo: 'Nothing was changed.',
    }));
    const { user } = await atShield(doorway);
    const fold = screen.getByText('Also switch off parts of Windows file sharing').closest('details')!;
    expect(fold.open).toBe(false);
    await user.click(button('Show what will change'));
    expect(see(what)).toBeTruthy();
    expect(fold.open).toBe(true);
    const box = screen.getByLabelText('All of it (the Server service)');
    expect(box.getAttribute('aria-describedby')).toBeTruthy();
    await user.click(box);
    await user.click(button('Show what will change'));
    expect(lastCall(doorway.calls, 'shield:plan')).toMatchObject([{ workarounds: ['server-off'] }]);
  });

  it('offers no such thing on Linux', async () => {
    await atShield();
    expect(screen.queryByText('Also switch off parts of Windows file sharing')).toBeNull();
  });

  it('passes on that the door is to open at its time all the same', async () => {
    const { doorway, user } = await atShield();
    expect(screen.queryByLabelText(/^Open the door then even if/)).toBeNull();
    await user.click(screen.getByLabelText('For 7 days'));
    await user.click(screen.getByLabelText(/^Open the door then even if/));
    await user.click(button('Show what will change'));
    expect(lastCall(doorway.calls, 'shield:plan')).toMatchObject([{ until: '7d', atEnd: 'lift', workarounds: [] }]);
  });

  it('passes on the day that was chosen', async () => {
    const { doorway, user } = await atShield();
    await user.click(screen.getByLabelText('Until the end of a day'));
    const today = dayOf(new Date());
    fireEvent.change(screen.getByLabelText('Day'), { target: { value: today } });
    await user.click(button('Show what will change'));
    expect(lastCall(doorway.calls, 'shield:plan')).toMatchObject([{ until: today }]);
  });

  it('says at the field what is wrong, goes there, and asks the app for nothing', async () => {
    const { doorway, user } = await atShield();
    await user.click(button('Add an address'));
    await user.keyboard('10.0.0.300');
    await user.click(screen.getByLabelText('Until the end of a day'));
    fireEvent.change(screen.getByLabelText('Day'), { target: { value: '2020-01-01' } });
    await user.type(screen.getByLabelText('Reason (optional)'), 'the boss said so');
    await user.click(button('Show what will change'));
    const line = screen.getByLabelText('Address 1');
    expect(line.getAttribute('aria-invalid')).toBe('true');
    expect(see(/"10\.0\.0\.300" is not an address/)).toBeTruthy();
    expect(see('This day is over. Choose today or a later day.')).toBeTruthy();
    expect(see(/^Use letters, digits/)).toBeTruthy();
    await expect.poll(() => document.activeElement).toBe(line);
    expect(lastCall(doorway.calls, 'shield:plan')).toBeUndefined();
  });

  it('takes a complaint back as soon as the field is right', async () => {
    const { user } = await atShield();
    await user.click(button('Add an address'));
    await user.click(button('Show what will change'));
    expect(see('Type an address, or remove this line.')).toBeTruthy();
    await user.type(screen.getByLabelText('Address 1'), '10.0.0.3');
    expect(maySee('Type an address, or remove this line.')).toBeNull();
  });

  it('makes several lines of a pasted list, and removes the one that is meant', async () => {
    const { user } = await atShield();
    await user.click(button('Add an address'));
    await user.paste('10.0.0.1\n10.0.0.2, 10.0.0.3');
    await user.click(button('Remove address 2'));
    const lines = screen.getAllByLabelText(/^Address \d$/) as HTMLInputElement[];
    expect(lines.map(({ value }) => value)).toEqual(['10.0.0.1', '10.0.0.3']);
    expect(document.activeElement).toBe(button('Add an address'));
  });

  it('keeps what was typed while somebody looks at another page', async () => {
    const { user } = await atShield();
    await user.type(screen.getByLabelText('Reason (optional)'), 'CVE-1');
    await user.click(button('Details'));
    await user.click(button('2. Shield'));
    expect((screen.getByLabelText('Reason (optional)') as HTMLInputElement).value).toBe('CVE-1');
  });

  it('starts from the shield that is up when that is to be changed', async () => {
    await atShield(fakeDoorway({}, report({ shield: shieldUp })));
    expect(see('Change the shield')).toBeTruthy();
    expect((screen.getByLabelText('Address 1') as HTMLInputElement).value).toBe('10.0.0.20');
    expect((screen.getByLabelText('Reason (optional)') as HTMLInputElement).value).toBe('CVE-2020-0796');
  });

  it('shows what the app refuses, next to the form and with nothing lost', async () => {
    const doorway = fakeDoorway();
    const what = 'The exceptions cover every address, so the shield would shut nobody out: name fewer.';
    doorway.answer('shield:plan', async () => ({
      kind: 'refused',
      title: 'This makes no shield',
      what,
      todo: 'Name fewer.',
    }));
    const { user } = await atShield(doorway);
    await user.click(button('Add an address'));
    await user.keyboard('0.0.0.0/0');
    await user.click(button('Show what will change'));
    expect(screen.getByRole('alert').textContent).toContain(what);
    expect((screen.getByLabelText('Address 1') as HTMLInputElement).value).toBe('0.0.0.0/0');
  });
});

describe('the plan', () => {
  it('is shown whole before anything happens: effects, warnings, exact changes, the question for permission', async () => {
    const { doorway, user } = await atPlan();
    expect(focused()).toBe('This is what will change');
    expect(see("Nobody else can open a connection to this PC's shared files.")).toBeTruthy();
    expect(see('The shield does not outlive a restart of this PC yet.')).toBeTruthy();
    expect(see("Your desktop will ask for an administrator's password.")).toBeTruthy();
    await user.click(see('The exact changes (1)'));
    expect(see('/usr/sbin/nft -f -')).toBeTruthy();
    expect(see(/comment "Breakwater shield 1a2b3c4d"/)).toBeTruthy();
    expect(lastCall(doorway.calls, 'shield:carry-out')).toBeUndefined();
  });

  it('leads back to the form without a change', async () => {
    const { doorway, user } = await atPlan();
    await user.click(button('Back'));
    expect(button('Show what will change')).toBeTruthy();
    expect(lastCall(doorway.calls, 'shield:carry-out')).toBeUndefined();
  });

  it('offers no button to carry out a plan without changes', async () => {
    const doorway = fakeDoorway();
    doorway.answer('shield:plan', async () => ({
      kind: 'plan',
      token: 't',
      plan: {
        kind: 'shield',
        shield: null,
        replaces: null,
        changes: [],
        warnings: [],
        permission: null,
        end: null,
        effects: [verbatim('It is up already.')],
      },
    }));
    await atPlan(doorway);
    expect(focused()).toBe('Nothing needs to change.');
    expect(screen.queryByRole('button', { name: 'Shut the door' })).toBeNull();
  });

  it.each([
    [null, 'You will not be asked for a password: Breakwater has administrator rights already.'],
    ['windows-public-wifi', 'Nothing: on a simulated PC nothing needs permission.'],
  ])('says why nobody will be asked (simulated: %s)', async (simulated, sentence) => {
    const doorway = fakeDoorway({ simulated });
    const planned = await doorway.call('shield:plan', {
      allow: [],
      outbound: false,
      until: 'patched',
      atEnd: null,
      workarounds: [],
      reason: null,
    });
    if (planned.kind !== 'plan') throw new Error('the fake doorway always plans');
    doorway.answer('shield:plan', async () => ({ ...planned, plan: { ...planned.plan, permission: null } }));
    const { user } = await openWindow(doorway);
    await user.click(button('2. Shield'));
    await user.click(button('Show what will change'));
    expect(see(sentence)).toBeTruthy();
  });
});

describe('the change', () => {
  it('tells its steps to eyes and ears, and ends with the proof', async () => {
    const doorway = fakeDoorway();
    const end = later<Outcome>();
    doorway.answer('shield:carry-out', () => end.promise);
    const { user } = await atPlan(doorway);
    await user.click(button('Shut the door'));
    expect(lastCall(doorway.calls, 'shield:carry-out')).toEqual(['token-1']);
    expect(focused()).toBe('Shutting the door');
    const current = () => document.querySelector('li[aria-current="step"] > span:not([aria-hidden])')?.textContent;
    for (const [step, told] of [
      ['asking-permission', 'Asking for permission'],
      ['changing', 'Changing the rules'],
      ['reading-again', 'Reading the rules again, to prove it'],
    ] as const) {
      await meanwhile(() => doorway.emit('shield:step', step));
      expect(current()).toBe(told);
      expect(heard()).toBe(`Shutting the door: ${told}`);
    }
    await meanwhile(() => end.give(outcomes.done));
    expect(focused()).toBe('The door is shut, and this is proven.');
    expect(heard()).toBe('Done: The door is shut, and this is proven.');
    expect(see(/^TCP 445 at input: new connections are turned away/)).toBeTruthy();
  });

  it('can be cancelled while permission is asked for, and not any more after that', async () => {
    const doorway = fakeDoorway();
    const end = later<Outcome>();
    doorway.answer('shield:carry-out', () => end.promise);
    const { user } = await atPlan(doorway);
    await user.click(button('Shut the door'));
    await meanwhile(() => doorway.emit('shield:step', 'asking-permission'));
    await user.click(button('Cancel'));
    expect(lastCall(doorway.calls, 'shield:cancel')).toEqual([]);
    expect(button('Cancelling')).toBeTruthy();
    await meanwhile(() => doorway.emit('shield:step', 'changing'));
    expect(screen.queryByRole('button', { name: /Cancel/ })).toBeNull();
    expect(see("This can't be stopped half-way. It takes a moment only.")).toBeTruthy();
    await meanwhile(() => end.give(outcomes['not-permitted']));
    expect(see('No permission')).toBeTruthy();
  });

  it('is started once only, however often the button is pressed', async () => {
    const doorway = fakeDoorway();
    doorway.answer('shield:carry-out', () => later<Outcome>().promise);
    const { store, user } = await atPlan(doorway);
    await user.click(button('Shut the door'));
    await store.getState().carryOut();
    expect(doorway.calls.filter(({ name }) => name === 'shield:carry-out')).toHaveLength(1);
  });

  it('checks the PC again afterwards, and keeps no answer from before it', async () => {
    const { doorway, user } = await atPlan();
    const before = doorway.calls.filter(({ name }) => name === 'pc:inspect').length;
    doorway.answer('pc:inspect', () => later<never>().promise);
    await user.click(button('Shut the door'));
    expect(doorway.calls.filter(({ name }) => name === 'pc:inspect')).toHaveLength(before + 1);
    await user.click(button('OK'));
    await user.click(button('1. Check'));
    expect(see('Looking at the file-sharing door (TCP 445).')).toBeTruthy();
  });

  it('does not believe a check that had begun before it', async () => {
    const doorway = fakeDoorway();
    const old = later<ReturnType<typeof report>>();
    doorway.answer('pc:inspect', () => old.promise);
    const { user, store } = await atPlan(doorway);
    await user.click(button('Shut the door'));
    await meanwhile(() => doorway.emit('pc:verdicts', report().verdicts));
    expect(store.getState().door).toBeNull();
    doorway.answer('pc:inspect', () => later<never>().promise);
    await meanwhile(() => old.give(report()));
    expect(store.getState().door).toBeNull();
    expect(store.getState().isChecking).toBe(true);
  });

  it('waits for its outcome, whatever the keeper says meanwhile', async () => {
    const doorway = fakeDoorway();
    doorway.answer('shield:carry-out', () => later<never>().promise);
    const { user, store } = await atPlan(doorway);
    const before = store.getState().shield;
    await user.click(button('Shut the door'));
    await meanwhile(() => doorway.emit('shield:seen', { ...shieldUp, state: 'kept' }));
    expect(store.getState().shield).toBe(before);
    expect(store.getState().act.kind).toBe('running');
  });

  it('says so when the app does not tell how it ended', async () => {
    const doorway = fakeDoorway();
    doorway.answer('shield:carry-out', () => Promise.reject(new Error('this plan is not known any more')));
    const { user } = await atPlan(doorway);
    await user.click(button('Shut the door'));
    const alert = screen.getByRole('alert').textContent;
    expect(alert).toContain('Breakwater did not say how the change ended.');
    expect(alert).toContain('this plan is not known any more');
  });
});
