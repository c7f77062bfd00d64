// Which rules can be about a packet at all, by what no interface, state or address changes: most of a great chain can't.
import { isWithin } from './conditions';
import type { Journey } from './packet';
import type { Rule } from './program';

/** False where one of the conditions before anything else can't hold, whatever the packet's interface, state and addresses. */
export function canFit({ steps }: Rule, { family, protocol, port }: Journey): boolean {
  for (const step of steps)
    switch (step.kind) {
      case 'source':
      case 'destination':
        if (step.family !== family) return false;
        break;
      case 'family':
        if (!step.families.includes(family)) return false;
        break;
      case 'protocol':
        if (step.protocols.includes(protocol) === step.negated) return false;
        break;
      case 'port':
        if (!step.protocols.includes(protocol)) return false;
        if (step.side === 'destination' && !step.original && port !== null) {
          if (isWithin(port, step.ranges) === step.negated) return false;
        }
        break;
      case 'never':
        return false;
      case 'verdict':
      case 'verdict-map':
      case 'set-mark':
      case 'copy-mark':
      case 'notrack':
      case 'nat':
      case 'anything':
        // What comes behind the first thing it does is judged on the way.
        return true;
      default:
    }
  return true;
}
