// Opens the window on a fake doorway, as main.tsx does on the real one.
import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { act, configure, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Frame } from '../../renderer/frame';
import { createWindowStore, StoreContext } from '../../renderer/store';
import { type FakeDoorway, fakeDoorway } from './fake-doorway';

// On a busy machine a second is not long.
configure({ asyncUtilTimeout: 10_000 });

/** Renders the frame and lets everything settle that needs no further answer. */
export async function openWindow(doorway: FakeDoorway = fakeDoorway()) {
  const store = createWindowStore(doorway);
  const user = userEvent.setup();
  render(
    <FluentProvider theme={webLightTheme}>
      <StoreContext value={store}>
        <Frame />
      </StoreContext>
    </FluentProvider>,
  );
  let close: () => void = () => undefined;
  await act(async () => {
    close = store.getState().open();
  });
  return { doorway, store, user, close };
}

/** Runs what the app would do, and lets the window draw. */
export async function meanwhile(what: () => void): Promise<void> {
  await act(async () => what());
}

// What only screen readers are told (the live region) does not count as seen.
const ignore = 'script, style, [role="status"]';

/** The one element that shows this text; throws where there is none, or more. */
export const see = (text: string | RegExp): HTMLElement => screen.getByText(text, { ignore });
/** The element that shows this text, or null. */
export const maySee = (text: string | RegExp): HTMLElement | null => screen.queryByText(text, { ignore });
/** What the live region says. */
export const heard = (): string | null => document.querySelector('main > [role="status"]')?.textContent ?? null;
export const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
export const heading = (level: number): string | null => screen.getByRole('heading', { level }).textContent;
/** The text of what has the focus. */
export const focused = (): string | null => document.activeElement?.textContent ?? null;
