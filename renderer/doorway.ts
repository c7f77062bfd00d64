// The window's end of the doorway: what the bridge put on `window`, and what went wrong when a call came back refused.
import type { Doorway } from '../preload/contract';

declare global {
  interface Window {
    readonly breakwater?: Doorway;
  }
}

/** The doorway to the app; throws an Error for people where the window was opened without one. */
export function openDoorway(): Doorway {
  if (!window.breakwater) throw new Error('The connection between this window and Breakwater is missing.');
  return window.breakwater;
}

/** What a rejected call said, without the wrapping that Electron puts around it. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^Error invoking remote method '[^']*': (?:Error: )?/, '');
}
