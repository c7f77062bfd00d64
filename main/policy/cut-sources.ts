// Who is cut off when a shield goes up, of those who use this PC's shared files. Pure.
import type { Session } from '../model/facts';
import type { Shield } from '../model/shield';
import { familyOf, isWithin, setOf, setOfText } from './address-sets';

/**
 * The addresses of people outside that the shield keeps out, each once. Where it has rules, its exceptions go on; with the server off
 * nobody does. The PC's own programs, over loopback or one of its own addresses, are no people outside.
 */
export function cutSources(
  { allow, rules, workarounds }: Pick<Shield, 'allow' | 'rules' | 'workarounds'>,
  sessions: readonly Session[],
): readonly string[] {
  const isOff = !rules || workarounds.includes('server-off');
  const own = new Set(sessions.map(({ local }) => local.address));
  const outside = sessions
    .filter(({ direction, remote }) => direction === 'in' && !own.has(remote.address) && !isLoopback(remote.address))
    .map(({ remote }) => remote.address);
  return [...new Set(outside)].filter((address) => isOff || !isAllowed(allow, address));
}

function isAllowed(allow: Shield['allow'], address: string): boolean {
  const [bare = ''] = address.split('%');
  const family = familyOf(bare);
  const one = setOfText(bare);
  return family !== null && one !== null && isWithin(one, setOf(family, allow[family]));
}

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');
