// From a rule that lets connections in to the command that would change it, in its owner's own tool: shown, never carried out.
// Names and rules are whoever's who wrote them: each of their words is quoted for the shell.
import type { Because } from '../../model/review';
import { shellWord, shellWords } from '../../shared/shell-words';
import { wordsOf } from './iptables/save-text';
import { type Asked, type Owner, ufwRule, type ZoneHas } from './owners';

interface Reason extends Pick<Because, 'effect'> {
  /** As it is written, and where. */
  readonly rule: string;
  readonly where: string;
  readonly owner: Owner | null;
}

/**
 * The command for sh (joined with "&&" where it takes two), to be typed as administrator; null where nothing is to be advised, or it
 * can't be written down. `hasHandle`: it is known already that `where` ends in nft's handle of the rule.
 */
export function adviceFor(reason: Reason, asked: Asked, hasHandle: boolean): string | null {
  const { effect, rule, where, owner } = reason;
  const { proto, port } = asked;
  if (effect === 'block' || effect === 'shadowed' || rule === 'policy drop') return null;
  if (owner !== null) return adviceByOwner(owner, rule, asked);
  if (hasHandle || /^(?:inet|ip6?|netdev) \S+ \S+ handle \d+$/.test(where)) return nftAdvice('delete rule', where);
  const [, tool, table = '', chain = ''] = /^(ip6?tables(?:-legacy)?) (\S+) (\S+)$/.exec(where) ?? [];
  if (tool !== undefined) {
    const named = shellWord(chain);
    if (effect === 'default') return named && `${tool} -A ${named} -p ${proto} --dport ${port} -j DROP`;
    // Quoted for iptables-restore: its quotes are no protection in a shell.
    const words = rule.startsWith('-A ') ? shellWords(wordsOf(rule.slice(3)).map(({ text }) => text)) : null;
    return words && `${tool} -t ${table} -D ${words}`;
  }
  if (effect === 'default' && /^(?:inet|ip6?) \S+ \S+$/.test(where))
    return nftAdvice('add rule', where, `${proto} dport ${port} drop`);
  return null;
}

/** nft reads its arguments as one text (nft(8)): a name that is none of its own words it would read as something else. */
function nftAdvice(verb: string, where: string, then = ''): string | null {
  const [family = '', table = '', chain = '', ...handle] = where.split(' ');
  if (![table, chain].every((name) => /^[A-Za-z][\w/.\\-]*$/.test(name))) return null;
  const names = shellWords([family, table, chain, ...handle]);
  return names && `nft ${verb} ${names}${then === '' ? '' : ` ${then}`}`;
}

function adviceByOwner(owner: Owner, rule: string, asked: Asked): string | null {
  switch (owner.tool) {
    case 'ufw':
      return ufwAdvice(rule, asked);
    case 'docker':
      return owner.publishes ? `docker ps --filter publish=${asked.port}` : null;
    case 'firewalld':
      return owner.zone === null || owner.has === null ? null : firewalldAdvice(owner.zone, owner.has, asked);
    case 'other':
      return null;
  }
}

function ufwAdvice(rule: string, { proto, port }: Asked): string | null {
  if (!rule.startsWith('-A ')) return `ufw deny ${port}/${proto}`;
  // Before all other rules: one at the end would come too late.
  const deny = `ufw insert 1 deny ${port}/${proto}`;
  if (!/^-A ufw6?-user-input /.test(rule)) return deny;
  const { verb, what, from, on } = ufwRule(rule);
  if (what === null) return deny;
  const [name = '', over] = what.split('/');
  const isApplication = /[A-Za-z]/.test(name);
  // A rule that opens other ports, too, is not ours to delete.
  if (name !== String(port) && !isApplication) return deny;
  const own = isApplication ? ['app', name] : ['port', name, ...(over === undefined ? [] : ['proto', over])];
  const simple = from === null && on === null;
  const words = shellWords([
    ...['ufw', 'delete', verb],
    ...(simple
      ? [isApplication ? name : what]
      : [...(on === null ? [] : ['in', 'on', on]), 'from', from ?? 'any', 'to', 'any', ...own]),
  ]);
  return words ?? deny;
}

function firewalldAdvice(zone: string, has: ZoneHas, { proto, port }: Asked): string | null {
  // What firewalld itself takes as a zone's name (firewalld.zone(5)).
  if (!/^[\w/-]+$/.test(zone)) return null;
  const permanently = `firewall-cmd --permanent --zone=${zone}`;
  if (has === 'samba') return `${permanently} --remove-service=samba && firewall-cmd --reload`;
  if (has === 'port') return `${permanently} --remove-port=${port}/${proto} && firewall-cmd --reload`;
  if (has === 'everything') return `${permanently} --set-target=default && firewall-cmd --reload`;
  return has === 'rich' ? `firewall-cmd --zone=${zone} --list-rich-rules` : null;
}
