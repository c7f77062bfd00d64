// The frame: simulated PCs are unmistakable, troubles are said, the keyboard reaches everything, light follows the system.
import { act, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ErrorBoundary } from '../../renderer/parts/error-boundary';
import { SystemTheme } from '../../renderer/system-theme';
import { doors, fakeDoorway, report } from './fake-doorway';
import { button, focused, heading, maySee, openWindow, see } from './open-window';

afterEach(() => vi.unstubAllGlobals());

function Broken(): never {
  throw new Error('a drawing fault');
}

describe('a simulated PC', () => {
  it('is named on every page and in the title', async () => {
    const { user } = await openWindow(fakeDoorway({ simulated: 'windows-public-wifi' }));
    const banner = 'SIMULATED PC - nothing here is real: windows-public-wifi';
    expect(document.title).toBe('SIMULATED PC (windows-public-wifi) - Breakwater');
    for (const name of ['2. Shield', '3. Patch', '4. Lift', 'Firewall', 'Details']) {
      await user.click(button(name));
      expect(see(banner)).toBeTruthy();
    }
  });

  it('is not spoken of on a real one', async () => {
    await openWindow();
    expect(document.title).toBe('Breakwater');
    expect(maySee(/SIMULATED/)).toBeNull();
  });
});

describe('the frame', () => {
  it('shows the note about the runtime until it is put away', async () => {
    const { user } = await openWindow(fakeDoorway({ runtimeNote: 'For trying out only.' }));
    expect(see('For trying out only.')).toBeTruthy();
    await user.click(button('Hide this note'));
    expect(maySee('For trying out only.')).toBeNull();
  });

  it('says which step is current, and gives the new heading the focus', async () => {
    const { user } = await openWindow();
    expect(button('1. Check').getAttribute('aria-current')).toBe('step');
    await user.click(button('3. Patch'));
    expect(button('1. Check').getAttribute('aria-current')).toBeNull();
    expect(button('3. Patch').getAttribute('aria-current')).toBe('step');
    expect(focused()).toBe(heading(1));
    await user.click(button('Details'));
    expect(focused()).toBe('Details');
    expect(button('3. Patch').getAttribute('aria-current')).toBeNull();
  });

  it('leads through the whole flow by keyboard alone', async () => {
    const { doorway, user } = await openWindow(fakeDoorway({}, report({ door: doors.open })));
    const press = async (name: string) => {
      for (let tabs = 0; tabs < 40 && document.activeElement !== button(name); tabs++) await user.tab();
      expect(document.activeElement).toBe(button(name));
      await user.keyboard('{Enter}');
    };
    await press('Next: Shield');
    await press('Show what will change');
    await press('Shut the door');
    expect(focused()).toBe('The door is shut, and this is proven.');
    await press('Next: Patch');
    expect(focused()).toBe('Install the updates');
    doorway.answer('pc:inspect', () => new Promise(() => undefined));
    await press('Next: Lift');
    expect(focused()).toBe('Open the door again');
  });

  it('says what happened when the app rejects a call, and stays of use', async () => {
    const doorway = fakeDoorway();
    doorway.answer('pc:inspect', () =>
      Promise.reject(new Error("Error invoking remote method 'pc:inspect': Error: no disk space")),
    );
    const { user } = await openWindow(doorway);
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('This PC could not be checked. Please try again.');
    expect(alert.textContent).toContain('What came back: no disk space');
    expect(see('This PC has not been checked yet.')).toBeTruthy();
    expect(maySee('Nothing else stood out.')).toBeNull();
    doorway.answer('pc:inspect', async () => report());
    await user.click(button('Check again'));
    await user.click(button('Close this message'));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(see(/^Yes\. The file-sharing door/)).toBeTruthy();
  });

  it('gives the address of a page that could not be opened', async () => {
    const doorway = fakeDoorway();
    doorway.answer('app:open-reference', () => Promise.reject(new Error('no browser')));
    const { user } = await openWindow(doorway);
    await user.click(button('Read more: A share lets guests in'));
    expect(screen.getByRole('alert').textContent).toContain('https://www.samba.org/');
  });

  it('stops listening when it is closed', async () => {
    const { doorway, close } = await openWindow();
    expect(doorway.listeners()).toBe(7);
    close();
    expect(doorway.listeners()).toBe(0);
  });
});

describe('a window that fails', () => {
  it('says so instead of going blank', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    render(
      <ErrorBoundary>
        <Broken />
      </ErrorBoundary>,
    );
    expect(see('This window has failed')).toBeTruthy();
    expect(see('What came back: a drawing fault')).toBeTruthy();
    expect(button('Load the window again')).toBeTruthy();
    vi.restoreAllMocks();
  });
});

describe('light and dark', () => {
  it('follow the system, also while the window is open', async () => {
    const system = Object.assign(new EventTarget(), { matches: false });
    vi.stubGlobal('matchMedia', () => system);
    render(<SystemTheme>text</SystemTheme>);
    const background = () => getComputedStyle(see('text')).getPropertyValue('--colorNeutralBackground1');
    expect(background()).toBe('#ffffff');
    await act(async () => {
      system.matches = true;
      system.dispatchEvent(new Event('change'));
    });
    expect(background()).toBe('#292929');
  });
});
