// The simulated PCs there are, by name.
import type { Scene } from './scene';
import { debianFileserver } from './scenes/debian-fileserver';
import { patchedLaptop } from './scenes/patched-laptop';
import { windowsOffice } from './scenes/windows-office';
import { windowsPublicWifi } from './scenes/windows-public-wifi';

/** Every name that `--simulate` takes, with one line for people. */
export const simulatedNames: readonly { readonly name: string; readonly title: string }[] = [
  { name: 'windows-public-wifi', title: 'Windows 10 laptop on public Wi-Fi: unpatched, SMB1 on, open to everybody' },
  { name: 'windows-office', title: 'Windows 10 office PC in a domain, files shared in and out' },
  { name: 'debian-fileserver', title: 'Debian 12 file server with Samba, two networks, people at work' },
  { name: 'patched-laptop', title: 'Windows 11 laptop on which nothing waits for connections' },
  { name: 'locked-down', title: 'a PC whose administrator always says no' },
  { name: 'flaky-proof', title: 'a PC on which new rules never appear, so the proof fails' },
  { name: 'stuck-rules', title: 'a PC on which half of the rules appear and stay' },
];

/** null where no simulated PC has that name. */
export function sceneNamed(name: string): Scene | null {
  switch (name) {
    case 'windows-public-wifi':
      return windowsPublicWifi();
    case 'windows-office':
      return windowsOffice();
    case 'debian-fileserver':
      return debianFileserver();
    case 'patched-laptop':
      return patchedLaptop();
    case 'locked-down':
      return { ...windowsPublicWifi(), nature: 'denies' };
    case 'flaky-proof':
      return { ...windowsPublicWifi(), nature: 'forgets' };
    case 'stuck-rules':
      return { ...windowsPublicWifi(), nature: 'sticks' };
    default:
      return null;
  }
}
