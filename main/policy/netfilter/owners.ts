// Says a deciding rule in the words of the program that wrote it: ufw, firewalld, docker, fail2ban, libvirt, our own shield.
import { type Message, message } from '../../model/message';
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

/** Whose a rule is. */
export type Owner = {
  /** In the owner's terms: "ufw allows 445/tcp from 192.168.1.0/24". */
  readonly says: Message;
  /** Whether it is what that program does by itself, not what somebody told it. */
  readonly isOwn: boolean;
} & (
  | { readonly tool: 'ufw' }
  | { readonly tool: 'firewalld'; readonly zone: string | null; readonly has: ZoneHas | null }
  | { readonly tool: 'docker'; readonly publishes: boolean }
  | { readonly tool: 'other' }
);

/** What a zone of firewalld has that decides. */
export type ZoneHas = 'everything' | 'rest' | 'rich' | 'samba' | 'port';

/** null where the rule speaks for itself or its owner is not known. */
export function ownerOf(decided: Decided, asked: Asked): Owner | null {
  const { chain, rule } = decided;
  if (!rule) return leadsTo(chain, /^ufw6?-/) ? ofUfw(chain, message('owner.ufw.default')) : null;
  if (isNobodys(chain)) return null;
  const name = chain.name.split(' ').at(-1) ?? '';
  if (chain.name.startsWith('inet breakwater ')) return other(message('owner.breakwater'));
  if (chain.name.startsWith('inet firewalld ') || name.startsWith('IN_'))
    return ofFirewalld(decided, rule, name, asked);
  if (/^ufw6?-/.test(name)) return ufwRuleOwner(rule, chain, name);
  if (name.startsWith('f2b-') || chain.name.startsWith('inet f2b-')) return other(message('owner.fail2ban'));
  if (name.startsWith('DOCKER')) return ofDocker(rule.text);
  if (name.startsWith('LIBVIRT_') || chain.name.includes(' libvirt_network ')) return other(message('owner.libvirt'));
  return null;
}

const other = (says: Message): Owner => ({ tool: 'other', says, isOwn: false });

const nobodys = new WeakMap<Chain, boolean>();

/** No program's that we know, by its name: asked once a chain, since it may have very many rules. */
function isNobodys(chain: Chain): boolean {
  const known = nobodys.get(chain);
  if (known !== undefined) return known;
  const is = !/breakwater|firewalld|ufw|f2b|DOCKER|LIBVIRT|libvirt| IN_/.test(chain.name);
  nobodys.set(chain, is);
  return is;
}

const leadsTo = ({ rules }: Chain, names: RegExp): boolean =>
  rules.some(({ steps }) =>
    steps.some(
      (step) =>
        step.kind === 'verdict' &&
        (step.verdict.kind === 'jump' || step.verdict.kind === 'goto') &&
        names.test(step.verdict.to.name.split(' ').at(-1) ?? ''),
    ),
  );

function ofUfw({ name }: Chain, says: Message, isOwn = false): Owner {
  return { tool: 'ufw', says: name.startsWith('ip6') ? message('owner.v6', { said: says }) : says, isOwn };
}

function ufwRuleOwner(rule: Rule, chain: Chain, name: string): Owner {
  if (/^ufw6?-user-input$/.test(name)) {
    const { verb, what, from, on } = ufwRule(rule.text);
    const said = message(`owner.ufw.${verb}`, {
      what: what ?? message('owner.everything'),
      from: from ?? message('owner.anywhere'),
    });
    return ofUfw(chain, on === null ? said : message('owner.on', { said, interface: on }));
  }
  if (name.includes('skip-to-policy')) return ofUfw(chain, message('owner.ufw.denies-by-default'), true);
  if (name.includes('limit')) return ofUfw(chain, message('owner.ufw.limited'));
  return ofUfw(chain, message('owner.ufw.own', { chain: name }), true);
}

export interface UfwRule {
  readonly verb: 'allow' | 'deny' | 'reject' | 'limit';
  /** "445/tcp", or an application profile's name; null = everything. */
  readonly what: string | null;
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
    what: application ?? (ports === null ? null : `${ports}${protocol === null ? '' : `/${protocol}`}`),
    from: after(/ -s (\S+)/)?.replace(/\/(32|128)$/, '') ?? null,
    on: after(/ -i (\S+)/),
  };
}

function ofFirewalld({ effect, chain }: Decided, rule: Rule, name: string, { proto, port }: Asked): Owner {
  const without = (says: Message, isOwn = false): Owner => ({ tool: 'firewalld', zone: null, has: null, says, isOwn });
  const [, policy] = /^filter_IN_policy_(.+?)(?:_(?:pre|log|deny|allow|post))?$/.exec(name) ?? [];
  if (policy !== undefined) return without(message('owner.firewalld.policy', { policy }));
  const [, zone, part] = /^(?:filter_)?IN_(.+?)(?:_(pre|log|deny|allow|post))?$/.exec(name) ?? [];
  if (zone === undefined)
    return name === 'filter_INPUT' && effect === 'block'
      ? without(message('owner.firewalld.no-zone'), true)
      : without(message('owner.firewalld.own', { chain: name }), true);
  const has = whatZoneHas(part, rule, chain, { effect, proto, port });
  const says =
    has === 'port'
      ? message('owner.firewalld.port', { zone, port: `${port}/${proto}` })
      : message(`owner.firewalld.${has}`, { zone });
  return { tool: 'firewalld', zone, has, says, isOwn: has === 'rest' };
}

function whatZoneHas(
  part: string | undefined,
  rule: Rule,
  chain: Chain,
  { effect, proto, port }: Asked & Pick<Decided, 'effect'>,
): ZoneHas {
  if (part === undefined) return effect === 'allow' ? 'everything' : 'rest';
  const plain = new RegExp(`^${proto} dport ${port} (?:ct state .* )?accept$`);
  if (part !== 'allow' || !plain.test(rule.text)) return 'rich';
  // The service "samba" is ports 139 and 445 (/usr/lib/firewalld/services/samba.xml).
  const sibling =
    proto === 'tcp'
      ? new Map([
          [445, 139],
          [139, 445],
        ]).get(port)
      : undefined;
  const isSamba =
    sibling !== undefined &&
    chain.rules.some(({ text }) => text.startsWith(`tcp dport ${sibling} `) && !text.includes('addr'));
  return isSamba ? 'samba' : 'port';
}

function ofDocker(text: string): Owner {
  const to = / --to-destination (\S+)/.exec(text)?.[1] ?? / dnat (?:ip6? )?to (\S+)/.exec(text)?.[1];
  return to === undefined
    ? { tool: 'docker', publishes: false, says: message('owner.docker'), isOwn: true }
    : { tool: 'docker', publishes: true, says: message('owner.docker.publishes', { to }), isOwn: false };
}
