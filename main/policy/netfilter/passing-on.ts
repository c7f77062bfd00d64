// Whether a PC's rules may pass a connection on to somewhere else than where it was made to. Pure.
import type { RulesBeside } from '../../model/facts';

/**
 * false only where nothing in the rules can: no translation, no proxy, no queue to a program, no rewritten port or address in
 * nftables (libnftables-json(5)), in iptables' rules there (of which the JSON tells the target's name) and in iptables-legacy.
 */
export function passesConnectionsOn(json: string, { iptablesLegacy, ip6tablesLegacy }: RulesBeside): boolean {
  if (nftWords.test(json) || blockWords.test(json)) return true;
  for (const [, name = ''] of json.matchAll(foreignTargets)) if (!harmlessTargets.has(name)) return true;
  return [iptablesLegacy, ip6tablesLegacy].some((text) => text === null || oldTargets.test(text));
}

/** In a JSON string quotes are escaped, so these are keys. */
const nftWords = /"(?:dnat|redirect|tproxy|fwd|dup|queue|synproxy)":|"mangle":\s*\{"key":\s*\{"payload"/;
/** Chains without a name stand there as one string each. */
const blockWords = /"(?:jump|goto) \{(?:[^"\\]|\\.)*?\b(?:dnat|redirect|tproxy|fwd|dup|queue|synproxy|set)\b/;
const foreignTargets = /"xt":\s*\{"type":\s*"target",\s*"name":\s*"([^"]*)"/g;
/** Those of iptables-extensions(8) that only look, mark, slow down, refuse, or change where answers seem to come from. */
const harmlessTargets = new Set(
  'LOG NFLOG ULOG AUDIT TRACE REJECT MARK CONNMARK SECMARK CONNSECMARK CLASSIFY TCPMSS TCPOPTSTRIP CHECKSUM'
    .split(' ')
    .concat('DSCP TOS TTL HL ECN SET CT NOTRACK RATEEST IDLETIMER LED HMARK MASQUERADE SNAT TARPIT'.split(' ')),
);
/** A chain of one's own can't be called by a target's name. */
const oldTargets =
  /^(?:\[\d+:\d+\] )?-A .* -j (?:DNAT|REDIRECT|TPROXY|NETMAP|NFQUEUE|QUEUE|SYNPROXY|DNPT|SNPT|CLUSTERIP|TEE|SAME|MIRROR|ROUTE)\b/m;
