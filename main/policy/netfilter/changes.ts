// What rules write to a packet: marks, tracking, and where it goes.
import { type AddressSet, intersectEdges, setOfText } from '../address-sets';
import { changedBits, type Journey, type PacketState, type Place, samePlace, withChange } from './packet';
import type { BaseChain, Chain, NatTarget, Step, Verdict } from './program';

/** The state after a step that writes to it. */
export function changedBy(
  step: Extract<Step, { kind: 'set-mark' | 'copy-mark' | 'notrack' | 'set-zone' }>,
  state: PacketState,
): PacketState {
  if (step.kind === 'notrack')
    return state.tracked === 'before' || state.tracked === 'now'
      ? withChange(state, { tracked: state.tracked === 'before' ? 'untracked' : 'unknown' })
      : state;
  if (step.kind === 'set-zone') return zoned(state, step.zone);
  if (step.kind === 'copy-mark')
    return step.from === 'connection'
      ? withChange(state, { mark: state.connectionMark })
      : withChange(state, { connectionMark: state.mark });
  const { which, keep, xor, unknown = 0 } = step;
  return which === 'packet'
    ? withChange(state, { mark: changedBits(state.mark, keep, xor, unknown) })
    : withChange(state, { connectionMark: changedBits(state.connectionMark, keep, xor, unknown) });
}

/**
 * A zone is chosen by a template that the packet carries until it is tracked: meanwhile it looks tracked to rules, is not to be taken
 * out of tracking any more, and what was taken out is tracked again (nft_ct_set_zone_eval). What is tracked keeps its zone.
 */
function zoned(state: PacketState, zone: number | null): PacketState {
  switch (state.tracked) {
    case 'before':
    case 'now':
      return withChange(state, { zone, tracked: 'now' });
    case 'untracked':
    case 'unknown':
      return withChange(state, { zone: null, tracked: 'unknown' });
    default:
      return state;
  }
}

/** The state after a translation (nf_nat_setup_info): a connection's first packet is translated once a hook. */
export function natted(state: PacketState, to: NatTarget, base: BaseChain, journey: Journey): PacketState {
  if (base.hook !== 'prerouting' && base.hook !== 'output')
    return withChange(state, { natDone: true, askedKept: base.hook !== 'input' && state.askedKept });
  const port = to.port === null ? state.port : to.port === 'unknown' ? null : to.port;
  const place = placeOf(to, state, journey);
  // A translation to where the connection goes anyway leaves no trace, and own addresses are judged in groups.
  const maybeSame = port === state.port && (to.address === 'this-pc' || (place.kind === 'address' && place.own));
  const unclear =
    maybeSame || port === null || place.kind === 'unknown' || (place.kind === 'own' && state.place.kind !== 'own');
  const changed = port !== state.port || !samePlace(place, state.place);
  return withChange(state, {
    natDone: true,
    port,
    place,
    translated: unclear ? 'unknown' : changed || state.translated,
  });
}

function placeOf(to: NatTarget, state: PacketState, journey: Journey): Place {
  if (to.address === null) return state.place;
  if (to.address === 'unknown') return { kind: 'unknown' };
  if (to.address === 'this-pc') return journey.redirect;
  const { family, edges } = setOfText(to.address) ?? {};
  const edge = edges?.[0];
  if (edge === undefined || family !== journey.family || journey.own === null) return { kind: 'unknown' };
  const isIn = (set: AddressSet): boolean => intersectEdges(set.edges, edges ?? []).length > 0;
  const own = isIn(journey.own);
  const untyped = own && (journey.local === null || !isIn(journey.local));
  return { kind: 'address', text: to.address, edge, own, ...(untyped ? { untyped: true } : {}) };
}

const writing = new Set<Step['kind']>(['set-mark', 'copy-mark', 'notrack', 'set-zone', 'nat']);
const changing = new WeakMap<Chain, boolean>();

/** Whether any rule in reach of the chain writes marks, tracking or addresses. */
export function changesState(chain: Chain): boolean {
  const known = changing.get(chain);
  if (known !== undefined) return known;
  const seen = new Set<Chain>([chain]);
  const to = (verdict: Verdict): void => {
    if (verdict.kind === 'jump' || verdict.kind === 'goto') seen.add(verdict.to);
  };
  let found = false;
  for (const at of seen)
    for (const { steps } of at.rules)
      for (const step of steps) {
        if (writing.has(step.kind)) found = true;
        if (step.kind === 'verdict') to(step.verdict);
        if (step.kind === 'verdict-map') for (const { verdict } of step.cases) to(verdict);
      }
  changing.set(chain, found);
  return found;
}
