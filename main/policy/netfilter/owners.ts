// Says a deciding rule in the words of the program that wrote it: ufw, firewalld, docker, fail2ban, libvirt, our own shield.
import type { Because } from '../../model/review';
import type { Chain, Rule } from './program';

export interface Decided {
  readonly effect: Because['effect'];
  /** null = the chain's policy. */
  readonly rule: Rule | null;
  readonly chain: Chain;
  /** The base chain's policy, where that decided. */
  readonly policy?: 'accept' | 'drop';
}

export interface Asked {
  readonly proto: 'tcp' | 'udp';
  readonly port: number;
}

/** In the owner's terms ("ufw allows 445/tcp from 192.168.1.0/24"); null where the rule speaks for itself or its owner is not known. */
export function ownersWords(decided: Decided, asked: Asked): string | null {
  const { chain, rule } = decided;
  if (!rule) return leadsTo(chain, /^ufw6?-/) ? ufwDefault(chain) : null;
  if (isNobodys(chain)) return null;
  const name = chain.name.split(' ').at(-1) ?? '';
  if (chain.name.startsWith('inet breakwater ')) return "Breakwater's shield";
  if (chain.name.startsWith('inet firewalld ') || name.startsWith('IN_'))
    return firewalldWords(decided, rule, name, asked);
  if (/^ufw6?-/.test(name)) return ufwWords(rule, chain, name);
  if (name.startsWith('f2b-') || chain.name.startsWith('inet f2b-'))
    return 'fail2ban keeps out the addresses it has banned';
  if (name.startsWith('DOCKER')) return dockerWords(rule.text);
  if (name.startsWith('LIBVIRT_') || chain.name.includes(' libvirt_network '))
    return 'libvirt, for its virtual machines';
  return null;
}

const nobodys = new WeakMap<Chain, boolean>();

/** No program's that we know, by its name: asked once a chain, since it may have very many rules. */
function isNobodys(chain: Chain): boolean {
  const known = nobodys.get(chain);
  if (known !== undefined) return known;
  const is = !/breakwater|firewalld|ufw|f2b|DOCKER|LIBVIRT|libvirt| IN_/.test(chain.name);
  nobodys.set(chain, is);
  return is;
}

/** Whether a sentence of ours is about what a program does by itself, not about what somebody told it. */
export const isProgramsOwn = (says: string | null): boolean =>
  says !== null && / own rules \(|^ufw denies by default|turns away what/.test(says);

const leadsTo = ({ rules }: Chain, names: RegExp): boolean =>
  rules.some(({ steps }) =>
    steps.some(
      (step) =>
        step.kind === 'verdict' &&
        (step.verdict.kind === 'jump' || step.verdict.kind === 'goto') &&
        names.test(step.verdict.to.name.split(' ').at(-1) ?? ''),
    ),
  );

const version6 = ({ name }: Chain): string => (name.startsWith('ip6') ? ' (v6)' : '');
const ufwDefault = (chain: Chain): string => `ufw's default for incoming connections${version6(chain)}`;

function ufwWords(rule: Rule, chain: Chain, name: string): string {
  if (/^ufw6?-user-input$/.test(name)) {
    const { verb, what, from, on } = ufwRule(rule.text);
    const says = { allow: 'allows', deny: 'denies', reject: 'rejects', limit: 'limits' }[verb];
    return `ufw ${says} ${what} from ${from ?? 'anywhere'}${on ? ` on ${on}` : ''}${version6(chain)}`;
  }
  if (name.includes('skip-to-policy')) return `ufw denies by default${version6(chain)}`;
  if (name.includes('limit')) return `ufw allows it, limited in number${version6(chain)}`;
  return `ufw's own rules (${name})${version6(chain)}`;
}

export interface UfwRule {
  readonly verb: 'allow' | 'deny' | 'reject' | 'limit';
  /** "445/tcp", an application profile's name, or "everything". */
  readonly what: string;
  /** null = anywhere. */
  readonly from: string | null;
  readonly on: string | null;
}

/** A rule of ufw-user-input as ufw's own command line has it. */
export function ufwRule(text: string): UfwRule {
  const after = (option: RegExp): string | null => option.exec(text)?.[1] ?? null;
  const target = after(/ -j (\S+)/) ?? '';
  const application = after(/dapp_([^'"\\,]+)/)?.replaceAll('%20', ' ') ?? null;
  const ports = after(/ --dports? (\S+)/);
  const protocol = after(/ -p (\S+)/);
  return {
    verb: target === 'ACCEPT' ? 'allow' : target === 'DROP' ? 'deny' : target === 'REJECT' ? 'reject' : 'limit',
    what: application ?? (ports === null ? 'everything' : `${ports}${protocol === null ? '' : `/${protocol}`}`),
    from: after(/ -s (\S+)/)?.replace(/\/(32|128)$/, '') ?? null,
    on: after(/ -i (\S+)/),
  };
}

function firewalldWords({ effect, chain }: Decided, rule: Rule, name: string, { proto, port }: Asked): string {
  const [, policy] = /^filter_IN_policy_(.+?)(?:_(?:pre|log|deny|allow|post))?$/.exec(name) ?? [];
  if (policy !== undefined) return `firewalld policy ${policy}`;
  const [, zone, part] = /^(?:filter_)?IN_(.+?)(?:_(pre|log|deny|allow|post))?$/.exec(name) ?? [];
  if (zone === undefined)
    return name === 'filter_INPUT' && effect === 'block'
      ? 'firewalld turns away what no zone allows'
      : `firewalld's own rules (${name})`;
  if (part === undefined)
    return effect === 'allow'
      ? `firewalld zone ${zone} lets everything in`
      : `firewalld zone ${zone} turns away what it does not allow`;
  const plain = new RegExp(`^${proto} dport ${port} (?:ct state .* )?accept$`);
  if (part !== 'allow' || !plain.test(rule.text)) return `firewalld zone ${zone} has a rich rule`;
  // The service "samba" is ports 139 and 445 (/usr/lib/firewalld/services/samba.xml).
  const other =
    proto === 'tcp'
      ? new Map([
          [445, 139],
          [139, 445],
        ]).get(port)
      : undefined;
  const isSamba =
    other !== undefined &&
    chain.rules.some(({ text }) => text.startsWith(`tcp dport ${other} `) && !text.includes('addr'));
  return isSamba ? `firewalld zone ${zone} has service samba` : `firewalld zone ${zone} has port ${port}/${proto}`;
}

function dockerWords(text: string): string {
  const to = / --to-destination (\S+)/.exec(text)?.[1] ?? / dnat (?:ip6? )?to (\S+)/.exec(text)?.[1];
  return to === undefined ? "docker's own rules (containers)" : `docker publishes this port of the container at ${to}`;
}
