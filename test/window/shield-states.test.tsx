// Each state of a shield has its own words, and the move that helps.
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { verbatim } from '../../main/model/message';
import type { ShieldEnd, ShieldState, ShieldVerdict } from '../../preload/contract';
import { words } from '../../renderer/words';
import { at, doors, fakeDoorway, kept, later, noShield, outcomes, report, shield, shieldUp } from './fake-doorway';
import { button, focused, heading, heard, maySee, meanwhile, openWindow, see } from './open-window';

const standing = (state: ShieldState, because: string): ShieldVerdict => ({
  ...shieldUp,
  state,
  because: [verbatim(because)],
  counted: null,
});

async function atLift(verdict: ShieldVerdict) {
  const doorway = fakeDoorway({}, report({ door: doors.unknown, shield: verdict }));
  const opened = await openWindow(doorway);
  await opened.user.click(button('4. Lift'));
  return opened;
}

describe('a shield', () => {
  it('none: there is nothing to lift', async () => {
    await atLift(noShield);
    expect(see('No shield is up.')).toBeTruthy();
    expect(see('There is nothing to lift.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Show what will change' })).toBeNull();
  });

  it('up: since, until, reason, exceptions, proof, and who knocked', async () => {
    await atLift(shieldUp);
    expect(see('The shield is up.')).toBeTruthy();
    const terms = Object.fromEntries(
      [...document.querySelectorAll('dt')].map((term) => [term.textContent, term.nextElementSibling?.textContent]),
    );
    expect(terms).toMatchObject({
      'Up since': expect.stringContaining('5 Aug 2026'),
      Until: 'this PC is patched for CVE-2020-0796, or you lift it',
      Reason: 'CVE-2020-0796',
      'May still connect': '10.0.0.20',
      'Going out to the Internet': 'not blocked',
      'Last proven': expect.stringContaining('5 Aug 2026'),
    });
    expect(see(/^14 packets turned away, 3 let through as exceptions/)).toBeTruthy();
    expect(see('10.0.0.66').closest('tr')?.textContent).toBe('10.0.0.669');
    expect(see(/^TCP 445 at input/)).toBeTruthy();
  });

  it.each([
    [{ patchOf: null, noPatch: 'no-reason' }, 'you lift it'],
    [{ patchOf: null, noPatch: 'no-protection' }, 'you lift it, as nothing on this PC lifts it by itself'],
    [
      { patchOf: null, noPatch: 'not-in-catalogue' },
      'you lift it, as the catalogue of advisories has no CVE-2020-0796',
    ],
    [{ patchOf: null, noPatch: 'not-affected' }, 'you lift it, as this PC is not affected by CVE-2020-0796'],
    [
      { patchOf: null, noPatch: 'protection-not-known' },
      'you lift it, as whether anything on this PC lifts it by itself is not known',
    ],
    [
      { opensAt: '2026-08-12T11:00:00.000Z' },
      /^this PC is patched for CVE-2020-0796, or 12 Aug 2026.*, or you lift it$/,
    ],
    [{ warnsFrom: '2026-08-12T11:00:00.000Z' }, /, or you lift it; Breakwater warns from 12 Aug 2026.* on$/],
  ] satisfies [Partial<ShieldEnd>, string | RegExp][])('up, and what ends it is %j', async (end, says) => {
    if (shieldUp.end === null) throw new Error('this shield has an end');
    await atLift({ ...shieldUp, end: { ...shieldUp.end, ...end } });
    const term = [...document.querySelectorAll('dt')].find(({ textContent }) => textContent === 'Until');
    expect(term?.nextElementSibling?.textContent).toMatch(typeof says === 'string' ? new RegExp(`^${says}$`) : says);
  });

  it('kept: what its keeper saw, waits for, put back, and who knocked', async () => {
    await atLift({ ...shieldUp, state: 'kept', kept });
    expect(see('The shield is up: its keeper has just seen it whole.')).toBeTruthy();
    expect(see(/^Looks after the shield, and looked last 5 Aug 2026/)).toBeTruthy();
    expect(see('What ends the shield: The patch for CVE-2020-0796.')).toBeTruthy();
    expect(see(/^It put the rules back 2 times, last 5 Aug 2026/)).toBeTruthy();
    const table = see('Hour from').closest('table');
    expect([...(table?.querySelectorAll('tbody tr') ?? [])].map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^5 Aug 2026, \d\d:00fe80::bad2$/),
      expect.stringMatching(/^5 Aug 2026, \d\d:00others5$/),
      expect.stringMatching(/^5 Aug 2026, \d\d:0010\.0\.0\.669$/),
    ]);
  });

  it('kept: counts as up, so the next step is the patch, and the shield ends by itself', async () => {
    const { user } = await openWindow(
      fakeDoorway({}, report({ door: doors.closed, shield: { ...shieldUp, state: 'kept', kept } })),
    );
    expect(heard()).toMatch(/^Closed to others\. Only the addresses you excepted/);
    await user.click(button('Next: Patch'));
    expect(see('Its keeper looks after it meanwhile. What ends it: The patch for CVE-2020-0796.')).toBeTruthy();
  });

  it('kept: what is to be minded stands in plain sight, the proof is folded away', async () => {
    const warning = "The shield's date has passed. It stays up; lift it, or give it a new date.";
    await atLift({
      ...shieldUp,
      state: 'kept',
      kept,
      because: [...shieldUp.because, verbatim(warning)],
      warnings: [verbatim(warning)],
    });
    expect(see(warning).closest('details')).toBeNull();
    expect(see(/^TCP 445 at input/).closest('details')).toBeTruthy();
    expect(screen.getAllByText(warning)).toHaveLength(1);
  });

  it('another than the one that was seen is shown as it is, and the door is judged anew', async () => {
    const { doorway } = await atLift(shieldUp);
    const checks = () => doorway.calls.filter(({ name }) => name === 'pc:inspect').length;
    const before = checks();
    const other = { ...shield, id: 'ffffffff', outbound: true };
    const seen: ShieldVerdict = { ...standing('recorded', 'Since then nobody looked.'), shield: other };
    doorway.answer('pc:inspect', async () => report({ shield: seen }));
    await meanwhile(() => doorway.emit('shield:seen', seen));
    expect(see('A shield was put up; nobody has looked since.')).toBeTruthy();
    expect(maySee(/^TCP 445 at input/)).toBeNull();
    expect(checks()).toBe(before + 1);
  });

  it('that is damaged meanwhile takes the place of how putting it up ended', async () => {
    const { doorway, user } = await openWindow(fakeDoorway({}, report({ door: doors.open })));
    await user.click(button('2. Shield'));
    await user.click(button('Show what will change'));
    await user.click(button('Shut the door'));
    expect(see('The proof')).toBeTruthy();
    const damaged = standing('damaged', 'The rules are gone.');
    doorway.answer('pc:inspect', async () => report({ door: doors.open, shield: damaged }));
    await meanwhile(() => doorway.emit('shield:seen', damaged));
    expect(see('The rules are gone.')).toBeTruthy();
    expect(maySee(/^Done/)).toBeNull();
    expect(heard()).not.toMatch(/^Done/);
  });

  it('none: says how the last one ended by its keeper, in each of the four steps', async () => {
    const ended = { at, shield, why: 'This PC is patched against CVE-2020-0796.' };
    const { user } = await openWindow(
      fakeDoorway(
        {},
        report({ shield: { ...noShield, kept: { ...kept, state: 'none', shield: null, hours: [], ended } } }),
      ),
    );
    for (const step of ['1. Check', '2. Shield', '3. Patch', '4. Lift']) {
      await user.click(button(step));
      expect(
        see(/^The keeper took the last shield down 5 Aug 2026, .*: This PC is patched against CVE-2020-0796\.$/),
      ).toBeTruthy();
      expect(maySee(/^Looks after the shield/)).toBeNull();
    }
  });

  it('recorded: says that nobody looked since, and looks when asked', async () => {
    const { doorway, user } = await atLift(standing('recorded', 'Put up and proven. Since then nobody looked.'));
    expect(see('A shield was put up; nobody has looked since.')).toBeTruthy();
    doorway.answer('pc:look', async () => ({ seen: report({ door: doors.closed, shield: shieldUp }) }));
    await user.click(button('Look with permission'));
    expect(see('The shield is up.')).toBeTruthy();
  });

  it('interrupted: finishes or undoes what was cut off', async () => {
    const { doorway, user } = await atLift(standing('interrupted', 'Putting a shield up was cut off.'));
    expect(see('A change was cut off in the middle.')).toBeTruthy();
    doorway.answer('shield:settle', async () => ({ ...outcomes.done, notes: ['It is whole, and proven now.'] }));
    await user.click(button('Finish or undo'));
    expect(doorway.calls.map(({ name }) => name)).toContain('shield:settle');
    expect(focused()).toBe('Nothing is left unfinished.');
    expect(see('It is whole, and proven now.')).toBeTruthy();
  });

  it.each([
    ['damaged', 'The shield is broken: the door may be open.', /^Put the shield up again in step 2/],
    ['expired', "The shield's time is over: it holds the door shut no longer.", /^Put up a new one in step 2/],
    ['unknown', "Can't tell whether a shield is up.", /^Check again/],
  ] as const)('%s: says so, why, and what to do; it can be lifted', async (state, title, todo) => {
    await atLift(standing(state, 'The reason is this.'));
    expect(see(title)).toBeTruthy();
    expect(see(todo)).toBeTruthy();
    expect(see('The reason is this.')).toBeTruthy();
    expect(button('Show what will change')).toBeTruthy();
  });

  it('foreign: is left alone, with no form and no lift', async () => {
    const { user } = await atLift({ ...standing('foreign', 'It does not carry our mark.'), shield: null });
    expect(see("Another program uses Breakwater's name in the firewall.")).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Show what will change' })).toBeNull();
    await user.click(button('2. Shield'));
    expect(screen.queryByRole('button', { name: 'Show what will change' })).toBeNull();
    expect(see('A new shield can be put up once that name is free again.')).toBeTruthy();
  });

  it.each(['damaged', 'expired', 'interrupted', 'foreign'] as const)(
    '%s: is the next thing after the answer of the check',
    async (state) => {
      await openWindow(fakeDoorway({}, report({ shield: standing(state, 'Why.') })));
      const headings = screen.getAllByRole('heading', { level: 2 }).map((element) => element.textContent);
      expect(headings[0]).toBe(words.shield.title[state]);
    },
  );

  it('not known yet: says that it is looked for', async () => {
    const doorway = fakeDoorway();
    doorway.answer('pc:inspect', () => new Promise(() => undefined));
    const { user } = await openWindow(doorway);
    await user.click(button('4. Lift'));
    expect(see('Looking for a shield.')).toBeTruthy();
    expect(maySee('No shield is up.')).toBeNull();
    expect(heading(1)).toBe('Open the door again');
  });
});

describe('what the keeper does while the window is open', () => {
  const looks = (calls: readonly { readonly name: string }[]): number =>
    calls.filter(({ name }) => name === 'pc:inspect').length;

  it('is shown by itself; the PC is not judged again where the shield stands as before', async () => {
    const { doorway } = await atLift({ ...shieldUp, state: 'kept', kept: { ...kept, restoredAt: null, restores: 0 } });
    const before = looks(doorway.calls);
    await meanwhile(() => doorway.emit('shield:seen', { ...shieldUp, state: 'kept', kept }));
    expect(see(/^It put the rules back 2 times/)).toBeTruthy();
    expect(looks(doorway.calls)).toBe(before);
  });

  it('adds to what was seen with permission, and does not take its place', async () => {
    const { doorway, store } = await atLift(shieldUp);
    const before = looks(doorway.calls);
    await meanwhile(() => doorway.emit('shield:seen', { ...shieldUp, state: 'recorded', counted: null, kept }));
    expect(see('The shield is up.')).toBeTruthy();
    expect(see(/^14 packets turned away/)).toBeTruthy();
    expect(see(/^It put the rules back 2 times/)).toBeTruthy();
    expect([looks(doorway.calls), store.getState().isChecking]).toEqual([before, false]);
  });

  it('is too late where the rules are gone: that is told, and the door is judged anew', async () => {
    const { doorway } = await atLift(shieldUp);
    const before = looks(doorway.calls);
    await meanwhile(() => doorway.emit('shield:seen', standing('damaged', 'The rules are gone.')));
    expect(looks(doorway.calls)).toBe(before + 1);
  });

  it('opens the door: the shield is called up no longer, and the door is judged anew', async () => {
    const { doorway, store } = await atLift({ ...shieldUp, state: 'kept', kept });
    doorway.answer('pc:inspect', () => later<never>().promise);
    const ended = { at, shield, why: 'This PC is patched for CVE-2020-0796.' };
    const gone = { ...noShield, kept: { ...kept, state: 'none', shield: null, hours: [], ended } } as const;
    await meanwhile(() => doorway.emit('shield:seen', gone));
    expect(see('No shield is up.')).toBeTruthy();
    expect(see(/^The keeper took the last shield down .*This PC is patched for CVE-2020-0796\.$/)).toBeTruthy();
    expect([store.getState().isChecking, store.getState().door]).toEqual([true, null]);
  });

  it('is never unsaid by what could not be read', async () => {
    const { doorway } = await atLift({ ...shieldUp, state: 'kept', kept });
    await meanwhile(() => doorway.emit('shield:seen', { ...noShield, state: 'unknown' }));
    expect(see('The shield is up: its keeper has just seen it whole.')).toBeTruthy();
  });
});
