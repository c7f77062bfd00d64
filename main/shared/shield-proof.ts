// What of a shield's state proves it, apart from what somebody should mind.
import { type Message, messageKey } from '../model/message';
import type { ShieldVerdict } from '../model/verdicts';

export function proofLines({
  because,
  warnings = [],
}: Pick<ShieldVerdict, 'because' | 'warnings'>): readonly Message[] {
  const warned = new Set(warnings.map(messageKey));
  return because.filter((line) => !warned.has(messageKey(line)));
}
