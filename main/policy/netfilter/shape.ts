// What of a rule is the same for every packet of one kind: told once, when the rules are read.
import type { Family } from '../../model/address';
import { type Edges, intersectEdges } from '../address-sets';
import { isWithin } from './conditions';
import type { Journey } from './packet';
import type { Condition, Rule } from './program';

type Of<K extends Condition['kind']> = Extract<Condition, { readonly kind: K }>;

export interface Shape {
  readonly kind: Kind;
  /** null where it asks for more than one side's addresses and the incoming interface, or does more than accept or drop. */
  readonly simple: Simple | null;
}

/** Which packets a rule can be about at all, by what no interface, state or address changes. */
export interface Kind {
  readonly families: readonly Family[];
  /** The conditions before anything it does. */
  readonly fixed: readonly (Of<'protocol'> | Of<'port'>)[];
}

export interface Simple {
  readonly side: 'source' | 'destination' | null;
  /** null = everybody's. */
  readonly edges: Edges | null;
  readonly accepts: boolean;
  readonly asksPort: boolean;
  readonly interfaces: readonly Of<'interface'>[];
  /** Rules with the same text here ask for the same interfaces; "" = for none. */
  readonly interfaceKey: string;
}

/** Longer address lists than this are not handled range by range. */
const mostEdges = 128;

/** False where one of its conditions can't hold, whatever the packet's interface, state and addresses. */
export function canFit({ families, fixed }: Kind, { family, protocol, port }: Journey): boolean {
  if (!families.includes(family)) return false;
  for (const at of fixed)
    if (at.kind === 'protocol') {
      if (at.protocols.includes(protocol) === at.negated) return false;
    } else {
      if (!at.protocols.includes(protocol)) return false;
      if (at.side === 'destination' && !at.original && port !== null && isWithin(port, at.ranges) === at.negated)
        return false;
    }
  return true;
}

/** The same text for rules that can be about the same packets. */
export function keyOf({ families, fixed }: Kind): string {
  let text = families.length === 1 ? (families[0] as Family) : `${families.length}`;
  for (const at of fixed) {
    text += at.negated ? ' !' : ' ';
    for (const protocol of at.protocols) text += `${protocol},`;
    if (at.kind === 'protocol') continue;
    text += `${at.side}${at.original ? ' original' : ''}`;
    for (const [first, last] of at.ranges) text += ` ${first}-${last}`;
  }
  return text;
}

export function shapeOf({ steps }: Rule): Shape {
  let families = both;
  const fixed: Kind['fixed'][number][] = [];
  for (const step of steps)
    switch (step.kind) {
      case 'source':
      case 'destination':
        families = among(families, only[step.family]);
        break;
      case 'family':
        families = among(families, step.families);
        break;
      case 'protocol':
      case 'port':
        fixed.push(step);
        break;
      case 'never':
        families = neither;
        break;
      case 'verdict':
      case 'verdict-map':
      case 'set-mark':
      case 'copy-mark':
      case 'notrack':
      case 'set-zone':
      case 'nat':
      case 'anything':
        // What comes behind the first thing it does is judged on the way.
        return { kind: { families, fixed }, simple: simpleOf(steps) };
      default:
    }
  return { kind: { families, fixed }, simple: null };
}

const both: readonly Family[] = ['ipv4', 'ipv6'];
const only: Readonly<Record<Family, readonly Family[]>> = { ipv4: ['ipv4'], ipv6: ['ipv6'] };
const neither: readonly Family[] = [];

function among(families: readonly Family[], others: readonly Family[]): readonly Family[] {
  const kept = families.filter((family) => others.includes(family));
  return kept.length === families.length ? families : kept;
}

function simpleOf(steps: Rule['steps']): Simple | null {
  let side: Simple['side'] = null;
  let edges: Edges | null = null;
  let asksPort = false;
  let interfaces: Simple['interfaces'] = [];
  for (const step of steps)
    switch (step.kind) {
      case 'family':
      case 'protocol':
        break;
      case 'port':
        if (step.side !== 'destination' || step.original) return null;
        asksPort = true;
        break;
      case 'source':
      case 'destination':
        if ((side ?? step.kind) !== step.kind || step.may !== step.must || step.may.edges.length > mostEdges)
          return null;
        side = step.kind;
        edges = edges === null ? step.may.edges : intersectEdges(edges, step.may.edges);
        break;
      case 'interface':
        if (step.side !== 'in') return null;
        interfaces = [...interfaces, step];
        break;
      case 'verdict': {
        const { kind } = step.verdict;
        if ((kind !== 'accept' && kind !== 'drop') || edges?.length === 0) return null;
        const interfaceKey = interfaces.map(({ names, negated }) => `${negated ? '!' : ''}${names.join()}`).join(' ');
        return { side, edges, accepts: kind === 'accept', asksPort, interfaces, interfaceKey };
      }
      default:
        return null;
    }
  return null;
}
