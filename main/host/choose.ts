// The one place that looks at which platform this is.
import type { Host } from './host';
import { linuxHost } from './linux/linux-host';

/** Throws an Error with a message for people where the platform has no rooms of its own yet. */
export function chooseHost(): Host {
  if (process.platform === 'linux') return linuxHost;
  throw new Error(
    `This version of Breakwater works on Linux; ${process.platform} is not built yet. Try a simulated PC: breakwater --simulate windows-public-wifi inspect`,
  );
}
