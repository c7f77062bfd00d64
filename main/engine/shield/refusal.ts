// Says no to a shield that would have no effect.

import type { Host, Obstacles } from '../../host/host';
import { message } from '../../model/message';
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
          title: message('outcome.firewall-changed'),
          what: message('outcome.firewall-changed.what'),
          todo: message('outcome.firewall-changed.todo'),
        };
  if (!rules && workarounds.includes('server-off')) {
    if (!outbound && allow.ipv4.length + allow.ipv6.length === 0) return null;
    return {
      kind: 'refused',
      title: message('outcome.no-exceptions'),
      what: message('outcome.no-exceptions.what', { obstacles: refuse }),
      todo: message('outcome.no-exceptions.todo'),
    };
  }
  return {
    kind: 'refused',
    title: message('outcome.no-effect'),
    what: message('outcome.no-effect.what', { obstacles: refuse }),
    todo: instead === null ? message('act.nothing-changed') : message('outcome.no-effect.instead', { instead }),
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
    title: message('outcome.no-workaround'),
    what:
      there.length === 0
        ? message('outcome.no-workaround.none', { workaround: unknown })
        : message('outcome.no-workaround.others', { workaround: unknown, others: there }),
    todo: message('outcome.no-workaround.todo'),
  };
}
