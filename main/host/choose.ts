// The one place that looks at which platform this is.
import type { Host } from './host';
import { linuxHost } from './linux/linux-host';

/** The platform has no rooms of its own yet. */
export class UnsupportedPlatform extends Error {}

export function chooseHost(): Host {
  if (process.platform === 'linux') return linuxHost;
  throw new UnsupportedPlatform(
    `This version of Breakwater works on Linux; ${process.platform} is not built yet. Try a simulated PC: breakwater --simulate windows-public-wifi inspect`,
  );
}
