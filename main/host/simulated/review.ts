// Who may connect to a simulated PC: its scene's rules, and a shield in front of them. Pure.
import type { Cidr, Family, Networks } from '../../model/address';
import type { Ruleset } from '../../model/facts';
import type { Review } from '../../model/review';
import type { Shield } from '../../model/shield';
import { cidr, intersection, setOf, toNetworks } from '../../policy/address-sets';
import { verdictOf } from '../../policy/reach';
import { shieldTcpPorts, shieldUdpPorts } from '../../policy/shield-scope';
import type { ReviewQuery } from '../host';
import type { Scene } from './scene';
import { mustBeSimulated } from './shield-rules';

/** null = a scene tells of SMB's ports only. Throws where the rules are a real PC's. */
export function reviewSimulated(scene: Scene, ruleset: Ruleset, { proto, port }: ReviewQuery): Review | null {
  const { shield } = mustBeSimulated(ruleset);
  if (!(proto === 'tcp' ? shieldTcpPorts : shieldUdpPorts).includes(port)) return null;
  const isUp = shield !== null && (shield.until === null || Date.parse(scene.clock) < Date.parse(shield.until));
  return isUp ? behind(shield, scene) : scene.rules;
}

const everywhere: Networks = { ipv4: [cidr('0.0.0.0/0')], ipv6: [cidr('::/0')] };

/** An exception opens nothing that other rules close. */
function behind(shield: Shield, { platform, rules }: Scene): Review {
  const allowed = (family: Family, own: Networks): readonly Cidr[] =>
    toNetworks(intersection(setOf(family, own[family]), setOf(family, shield.allow[family])));
  const reach = rules.reach.map((entry) => ({ ...entry, ipv4: allowed('ipv4', entry), ipv6: allowed('ipv6', entry) }));
  // A shield leaves the PC's own programs alone; Windows' firewall does so by itself.
  const loopback = platform === 'linux' ? [{ interface: 'lo', profile: null, ...everywhere }] : [];
  const where = platform === 'linux' ? 'table inet breakwater' : `rules named Breakwater-${shield.id}-*`;
  const ours = {
    effect: 'block',
    rule: `shield ${shield.id}`,
    where,
    says: "Breakwater's shield turns everybody away but its exceptions",
    advice: null,
  } as const;
  return { ...rules, verdict: verdictOf(reach), reach: [...loopback, ...reach], because: [ours, ...rules.because] };
}
