// Each way an act can end looks and reads different, and says what was changed and what to do.
import { describe, expect, it, vi } from 'vitest';
import type { Outcome } from '../../preload/contract';
import { fakeDoorway, later, noShield, outcomes } from './fake-doorway';
import { button, focused, maySee, meanwhile, openWindow, see } from './open-window';

async function endWith(outcome: Outcome) {
  const doorway = fakeDoorway();
  doorway.answer('shield:carry-out', async () => outcome);
  const opened = await openWindow(doorway);
  await opened.user.click(button('2. Shield'));
  await opened.user.click(button('Show what will change'));
  await opened.user.click(button('Shut the door'));
  return opened;
}

describe('an outcome', () => {
  it('done: shows the proof and leads on to the patch', async () => {
    const { user } = await endWith(outcomes.done);
    expect(see('Done')).toBeTruthy();
    expect(see('The proof')).toBeTruthy();
    await user.click(button('Next: Patch'));
    expect(focused()).toBe('Install the updates');
  });

  it('done, but unchanged: says that nothing was changed', async () => {
    await endWith(outcomes.unchanged);
    expect(focused()).toBe('This shield was up already. Nothing was changed.');
  });

  it('done, yet the shield is not seen up: never claims a proof', async () => {
    await endWith({ ...outcomes.done, shield: noShield });
    expect(focused()).toBe('The change was made.');
    expect(see('No shield is up.')).toBeTruthy();
    expect(maySee(/proven/)).toBeNull();
  });

  it.each([
    ['unknown', 'Not certain', 'The change was made, but Breakwater could not tell whether all is as it should be.'],
    ['refused', 'Not done', 'Nothing was changed.'],
    ['not-permitted', 'No permission', 'Nothing was changed.'],
    ['failed-undone', 'Failed, and put back', 'Everything is as it was before.'],
    [
      'failed-left',
      'Failed, and something is left',
      'Something was left behind. An administrator can clear it with this command:',
    ],
  ] as const)('%s: "%s", what happened, what was changed, what to do', async (kind, tag, changed) => {
    const { user } = await endWith(outcomes[kind]);
    expect(see(tag)).toBeTruthy();
    expect(focused()).toBe('It went so');
    expect(see('This is what happened.')).toBeTruthy();
    expect(see(changed)).toBeTruthy();
    expect(see('Do this next.')).toBeTruthy();
    expect(maySee(/proven/)).toBeNull();
    await user.click(button('OK'));
    expect(button('Show what will change')).toBeTruthy();
  });

  it.each([
    [true, 'Copied'],
    [false, 'Selected: press Ctrl+C to copy'],
  ])('failed and left: the clearing command is selected, and copied where that works (%s)', async (works, said) => {
    const { user } = await endWith(outcomes['failed-left']);
    const execCommand = vi.fn(() => works);
    Object.assign(document, { execCommand });
    await user.click(button('Copy'));
    expect(execCommand).toHaveBeenCalledWith('copy');
    expect(getSelection()?.toString()).toBe('nft delete table inet breakwater');
    expect(see(said)).toBeTruthy();
  });

  it('belongs to its step: another one does not show it, and coming back does', async () => {
    const { user } = await endWith(outcomes['failed-left']);
    await user.click(button('4. Lift'));
    expect(maySee('Failed, and something is left')).toBeNull();
    expect(see('There is nothing to lift.')).toBeTruthy();
    await user.click(button('2. Shield'));
    expect(see('Failed, and something is left')).toBeTruthy();
  });

  it('that came while somebody looked elsewhere is told there in a line, with the way to it', async () => {
    const doorway = fakeDoorway();
    const outcome = later<Outcome>();
    doorway.answer('shield:carry-out', () => outcome.promise);
    const { user } = await openWindow(doorway);
    await user.click(button('2. Shield'));
    await user.click(button('Show what will change'));
    await user.click(button('Shut the door'));
    await user.click(button('Firewall'));
    await meanwhile(() => outcome.give(outcomes['failed-left']));
    expect(see('Failed, and something is left: It went so')).toBeTruthy();
    await user.click(button('Show how it ended'));
    expect(button('2. Shield').getAttribute('aria-current')).toBe('step');
    expect(see('nft delete table inet breakwater')).toBeTruthy();
  });
});
