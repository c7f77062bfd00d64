// The one place that looks at which platform this is.
import type { Host } from './host';
import { linuxHost } from './linux/linux-host';

/**
 * null = the platform has no rooms of its own yet. Linux is there at once, since its cold start is what is measured; the others are
 * loaded where they are.
 */
export async function hostHere(): Promise<Host | null> {
  if (process.platform === 'linux') return linuxHost;
  return process.platform === 'win32' ? (await import('./windows/windows-host')).windowsHost : null;
}

/** As `hostHere`, but rejects with an Error with a message for people where there is none. */
export async function chooseHost(): Promise<Host> {
  const host = await hostHere();
  if (host !== null) return host;
  throw new Error(
    `This version of Breakwater works on Linux and Windows; ${process.platform} is not built yet. Try a simulated PC: breakwater --simulate windows-public-wifi inspect`,
  );
}
