// The one place that looks at which platform this is.
import type { Host } from './host';
import { linuxHost } from './linux/linux-host';

/**
 * Rejects with an Error with a message for people where the platform has no rooms of its own yet. Linux is there at once, since its
 * cold start is what is measured; the others are loaded where they are.
 */
export async function chooseHost(): Promise<Host> {
  if (process.platform === 'linux') return linuxHost;
  if (process.platform === 'win32') return (await import('./windows/windows-host')).windowsHost;
  throw new Error(
    `This version of Breakwater works on Linux and Windows; ${process.platform} is not built yet. Try a simulated PC: breakwater --simulate windows-public-wifi inspect`,
  );
}
