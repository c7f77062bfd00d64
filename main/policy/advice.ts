// From a rule that lets connections in to the command that would change it, in its owner's own tool: shown, never carried out.
import type { Because } from '../model/review';
import { type Asked, ufwRule } from './owners';

/**
 * The command (joined with "&&" where it takes two), to be typed as administrator; null where nothing is to be advised. `hasHandle`: it
 * is known already that `where` ends in nft's handle of the rule.
 */
export function adviceFor(reason: Omit<Because, 'advice'>, asked: Asked, hasHandle: boolean): string | null {
  const { effect, rule, where, says } = reason;
  const { proto, port } = asked;
  if (effect === 'block' || effect === 'shadowed' || rule === 'policy drop') return null;
  if (says !== null) return adviceByOwner(says, rule, asked);
  if (hasHandle || /^(?:inet|ip6?|netdev) \S+ \S+ handle \d+$/.test(where)) return `nft delete rule ${where}`;
  const [, tool, table, chain] = /^(ip6?tables(?:-legacy)?) (\S+) (\S+)$/.exec(where) ?? [];
  if (tool !== undefined)
    return effect === 'default'
      ? `${tool} -A ${chain} -p ${proto} --dport ${port} -j DROP`
      : rule.startsWith('-A ')
        ? `${tool} -t ${table} -D ${rule.slice(3)}`
        : null;
  if (effect === 'default' && /^(?:inet|ip6?) \S+ \S+$/.test(where))
    return `nft add rule ${where} ${proto} dport ${port} drop`;
  return null;
}

function adviceByOwner(says: string, rule: string, asked: Asked): string | null {
  if (says.startsWith('ufw')) return ufwAdvice(rule, asked);
  if (says.startsWith('docker publishes')) return `docker ps --filter publish=${asked.port}`;
  const [, zone, has] = /^firewalld zone (\S+) (.*)$/.exec(says) ?? [];
  return zone === undefined || has === undefined ? null : firewalldAdvice(zone, has, asked);
}

function ufwAdvice(rule: string, { proto, port }: Asked): string {
  if (!rule.startsWith('-A ')) return `ufw deny ${port}/${proto}`;
  // Before all other rules: one at the end would come too late.
  const deny = `ufw insert 1 deny ${port}/${proto}`;
  if (!/^-A ufw6?-user-input /.test(rule)) return deny;
  const { verb, what, from, on } = ufwRule(rule);
  const [name = '', over] = what.split('/');
  const isApplication = /[A-Za-z]/.test(name) && what !== 'everything';
  // A rule that opens other ports, too, is not ours to delete.
  if (what === 'everything' || (name !== String(port) && !isApplication)) return deny;
  if (from === null && on === null) return `ufw delete ${verb} ${isApplication ? `"${name}"` : what}`;
  const to = isApplication ? `app "${name}"` : `port ${name}${over === undefined ? '' : ` proto ${over}`}`;
  return `ufw delete ${verb}${on === null ? '' : ` in on ${on}`} from ${from ?? 'any'} to any ${to}`;
}

function firewalldAdvice(zone: string, has: string, { proto, port }: Asked): string | null {
  const permanently = `firewall-cmd --permanent --zone=${zone}`;
  if (has === 'has service samba') return `${permanently} --remove-service=samba && firewall-cmd --reload`;
  if (has.startsWith('has port')) return `${permanently} --remove-port=${port}/${proto} && firewall-cmd --reload`;
  if (has === 'lets everything in') return `${permanently} --set-target=default && firewall-cmd --reload`;
  return has === 'has a rich rule' ? `firewall-cmd --zone=${zone} --list-rich-rules` : null;
}
