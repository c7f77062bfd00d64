// In which profiles a PC's interfaces are, as far as that was listed. Pure.
import type { Profile } from '../../model/review';

export type ProfilesByInterface = Readonly<Record<string, Profile>>;

/**
 * The profile of each interface; null where an interface that others can reach has none listed: it may be in any, so which are in use is
 * not known. `interfaces`: by name the addresses, with or without the length of their network.
 */
export function wholeProfiles(
  interfaces: Readonly<Record<string, readonly string[]>>,
  listed: ProfilesByInterface | null,
): ProfilesByInterface | null {
  if (listed === null) return null;
  const reached = Object.entries(interfaces).filter(([, addresses]) => addresses.some(isFromElsewhere));
  return reached.every(([name]) => Object.hasOwn(listed, name)) ? listed : null;
}

/** Whether another PC could reach it: loopback is the PC's own. */
export const isFromElsewhere = (address: string): boolean => !/^(?:127\.|::1(?:\/|$))/.test(address);
