// Says no to a shield that would have no effect.
import type { Host, Obstacles } from '../../host/host';
import type { Outcome } from '../../model/outcome';
import type { Shield } from '../../model/shield';

/** null = it would have an effect: by its rules, or where those have none, by the Server service being off. */
export function refusal(
  { refuse, instead }: Obstacles,
  { workarounds, rules, allow, outbound }: Pick<Shield, 'workarounds' | 'rules' | 'allow' | 'outbound'>,
): Extract<Outcome, { kind: 'refused' }> | null {
  if (refuse.length === 0)
    return rules
      ? null
      : {
          kind: 'refused',
          title: 'The firewall has changed',
          what: 'The shield was planned without firewall rules, as they had no effect; now they have one.',
          todo: 'Nothing was changed. Plan it anew.',
        };
  if (!rules && workarounds.includes('server-off')) {
    if (!outbound && allow.ipv4.length + allow.ipv6.length === 0) return null;
    return {
      kind: 'refused',
      title: 'Without firewall rules there are no exceptions',
      what: `${refuse.join(' ')} With the Server service off nobody can be let in, and nothing keeps this PC from servers elsewhere.`,
      todo: 'Nothing was changed. Leave exceptions and outbound out.',
    };
  }
  return {
    kind: 'refused',
    title: 'A shield would have no effect here',
    what: refuse.join(' '),
    todo: `Nothing was changed. ${instead ?? ''}`.trim(),
  };
}

/** null = this platform has every workaround that is wished for. */
export function unknownWorkaround(
  { workarounds: offered }: Pick<Host, 'workarounds'>,
  { workarounds }: Pick<Shield, 'workarounds'>,
): Extract<Outcome, { kind: 'refused' }> | null {
  const unknown = workarounds.find((one) => offered[one] === undefined);
  if (unknown === undefined) return null;
  const there = Object.keys(offered);
  return {
    kind: 'refused',
    title: 'There is no such workaround here',
    what: `This PC has no ${unknown}; ${there.length === 0 ? 'its platform has no workarounds' : `it has ${there.join(', ')}`}.`,
    todo: 'Nothing was changed. Leave it out.',
  };
}
