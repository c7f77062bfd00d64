// What a rule does when it matches ("-j X"): iptables' targets as steps of the language-neutral form.

import type { Family } from '../../../model/address';
import { type Message, message } from '../../../model/message';
import { familyOf } from '../../address-sets';
import type { Step } from '../program';
import type { Extension, Option } from './rule-words';
import { anyMark, maskedValue, portRange, uint32 } from './values';

/** The steps of a target that is no chain; what is not known may do anything (iptables-extensions(8), TARGET EXTENSIONS). */
export function stepsOfTarget(target: Extension, family: Family): readonly Step[] {
  const anything: Step = {
    kind: 'anything',
    why: message('netfilter.with', {
      why: reasons.get(target.name) ?? message('netfilter.target.unknown'),
      written: `-j ${target.name}`,
    }),
  };
  if (!target.understood) return [anything];
  const verdict = verdicts.get(target.name);
  if (verdict) return [{ kind: 'verdict', verdict: { kind: verdict } }];
  if (goesOn.has(target.name)) return [];
  return readers.get(target.name)?.(target, family) ?? [anything];
}

/** Whether this name is one of iptables' own targets, which a chain must not bear. */
export const isTargetName = (name: string): boolean =>
  verdicts.has(name) || goesOn.has(name) || readers.has(name) || reasons.has(name);

const verdicts: ReadonlyMap<string, 'accept' | 'drop' | 'return'> = new Map([
  ['ACCEPT', 'accept'],
  ['DROP', 'drop'],
  ['REJECT', 'drop'],
  ['RETURN', 'return'],
  // They change who the packet comes from, after everything that filters, and end their chain.
  ['SNAT', 'accept'],
  ['MASQUERADE', 'accept'],
]);

/** They write something down or change what no rule of ours asks for; the next rule is next. */
const goesOn: ReadonlySet<string> = new Set([
  'AUDIT',
  'CHECKSUM',
  'CLASSIFY',
  'CONNSECMARK',
  'DSCP',
  'ECN',
  'HL',
  'IDLETIMER',
  'LED',
  'LOG',
  'NFLOG',
  'RATEEST',
  'SECMARK',
  'TCPMSS',
  'TCPOPTSTRIP',
  'TEE',
  'TOS',
  'TRACE',
  'TTL',
  'ULOG',
]);

const reasons: ReadonlyMap<string, Message> = new Map([
  ['QUEUE', message('netfilter.target.program')],
  ['NFQUEUE', message('netfilter.target.program')],
  ['TPROXY', message('netfilter.target.proxy')],
  ['SYNPROXY', message('netfilter.target.kernel')],
  ['CLUSTERIP', message('netfilter.target.cluster')],
  ['DNPT', message('netfilter.target.destination')],
  ['SNPT', message('netfilter.target.source')],
]);

/** null = some value of it can't be read, or it does what the form has no step for. */
const readers: ReadonlyMap<string, (target: Extension, family: Family) => readonly Step[] | null> = new Map([
  ['MARK', (target) => setMark('packet', target) ?? [anyMark('packet')]],
  ['CONNMARK', connectionMark],
  ['NOTRACK', () => [{ kind: 'notrack' }]],
  ['CT', connectionTracking],
  ['DNAT', destinationNat],
  ['REDIRECT', redirect],
  ['NETMAP', () => [{ kind: 'nat', to: { address: 'unknown', port: null } }]],
  ['SET', ({ options }) => (options.some(({ name }) => name === '--map-mark') ? [anyMark('packet')] : [])],
  ['HMARK', () => [anyMark('packet')]],
] satisfies [string, (target: Extension, family: Family) => readonly Step[] | null][]);

/** "--zone N" and its halves; "mark" takes the zone from the packet's mark (iptables-extensions(8), CT). */
function connectionTracking({ options }: Extension): readonly Step[] {
  if (options.some(({ name }) => name === '--notrack')) return [{ kind: 'notrack' }];
  const zone = options.find(({ name }) => name === '--zone' || name === '--zone-orig' || name === '--zone-reply');
  if (zone) return [{ kind: 'set-zone', zone: uint32(zone.words[0] ?? '') }];
  // Its other options, too, give the packet a template.
  return [{ kind: 'set-zone', zone: 0 }];
}

function setMark(which: 'packet' | 'connection', { options }: Extension): readonly Step[] | null {
  const [option, ...more] = options;
  const [text = ''] = option?.words ?? [];
  const masked = option?.name === '--set-xmark' || option?.name === '--set-mark' ? maskedValue(text) : null;
  const bits = uint32(text);
  if (!option || option.negated || more.length > 0) return null;
  const step = (keep: number, xor: number): readonly Step[] => [
    { kind: 'set-mark', which, keep: keep >>> 0, xor: xor >>> 0 },
  ];
  switch (option.name) {
    case '--set-xmark':
      return masked && step(~masked.mask, masked.value);
    // "Zeroes out the bits given by mask and ORs value": whatever value sets does not come from the old mark.
    case '--set-mark':
      return masked && step(~(masked.mask | masked.value), masked.value);
    case '--and-mark':
      return bits === null ? null : step(bits, 0);
    case '--or-mark':
      return bits === null ? null : step(~bits, bits);
    case '--xor-mark':
      return bits === null ? null : step(0xffffffff, bits);
    default:
      return null;
  }
}

/** A whole mark is copied; of a part it is only known which bits it may change (XT_CONNMARK's connmark_tg_shift). */
function connectionMark(target: Extension): readonly Step[] {
  const { options } = target;
  const save = options.some((option) => option.name === '--save-mark');
  const restore = options.some((option) => option.name === '--restore-mark');
  if (!save && !restore) return setMark('connection', target) ?? [anyMark('connection')];
  const which = save ? 'connection' : 'packet';
  const plain = options.every((option) => ['--save-mark', '--restore-mark', ...maskOptions].includes(option.name));
  const [from, to] = [maskOf(options, save ? '--nfmask' : '--ctmask'), maskOf(options, save ? '--ctmask' : '--nfmask')];
  if (!plain || (save && restore) || from === null || to === null) return [anyMark('connection'), anyMark('packet')];
  if (from === 0xffffffff && to === 0xffffffff) return [{ kind: 'copy-mark', from: save ? 'packet' : 'connection' }];
  return [{ kind: 'set-mark', which, keep: ~to >>> 0, xor: 0, unknown: from }];
}

const maskOptions = ['--mask', '--ctmask', '--nfmask'];

/** "--mask" stands for both masks; without any, the mask is whole. null = it can't be read. */
function maskOf(options: readonly Option[], name: string): number | null {
  const option = options.find((one) => one.name === name || one.name === '--mask');
  return option ? uint32(option.words[0] ?? '') : 0xffffffff;
}

/** "[address[-address]][:port[-port[/base]]]", IPv6 addresses with a port in brackets; several addresses or ports = unknown. */
function destinationNat({ options }: Extension, family: Family): readonly Step[] | null {
  const destinations = options.filter(({ name }) => name === '--to-destination');
  const [text = ''] = destinations[0]?.words ?? [];
  if (destinations.length !== 1) return [{ kind: 'nat', to: { address: 'unknown', port: 'unknown' } }];
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  const colon = family === 'ipv4' ? text.indexOf(':') : text.startsWith(':') ? 0 : -1;
  const address = bracketed ? (bracketed[1] ?? '') : colon < 0 ? text : text.slice(0, colon);
  const port = bracketed ? bracketed[2] : colon < 0 ? undefined : text.slice(colon + 1);
  return [{ kind: 'nat', to: { address: natAddress(family, address), port: natPort(port) } }];
}

function natAddress(family: Family, text: string): string | null {
  if (text === '') return null;
  return familyOf(text) === family ? text : 'unknown';
}

function natPort(text: string | undefined): number | 'unknown' | null {
  if (text === undefined || text === '') return null;
  const range = portRange(text, '-');
  return range && range[0] === range[1] ? range[0] : 'unknown';
}

function redirect({ options }: Extension): readonly Step[] {
  const ports = options.find(({ name }) => name === '--to-ports')?.words[0];
  return [{ kind: 'nat', to: { address: 'this-pc', port: natPort(ports) } }];
}
