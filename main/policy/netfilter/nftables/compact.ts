// One rule of `nft -j` as a line for people, where the plain text is not at hand.
import { field, type NftExpression, single } from './ruleset';

/** Close to what `nft list ruleset` prints; not meant to be read back. At most some hundred characters. */
export function ruleLine(expressions: readonly NftExpression[]): string {
  const line = expressions.map(statement).join(' ');
  return line.length > 300 ? `${line.slice(0, 297)}...` : line;
}

function statement({ kind, body }: NftExpression): string {
  switch (kind) {
    case 'match': {
      const operator = field(body, 'op');
      const shown = operator === '==' || operator === 'in' ? '' : `${String(operator)} `;
      return `${value(field(body, 'left'))} ${shown}${value(field(body, 'right'))}`;
    }
    case 'jump':
    case 'goto':
      return `${kind} ${String(field(body, 'target'))}`;
    case 'vmap':
      return `${value(field(body, 'key'))} vmap ${value(field(body, 'data'))}`;
    case 'reject': {
      const type = field(body, 'type');
      return type === undefined ? 'reject' : `reject with ${String(type)}`;
    }
    case 'mangle':
      return `${value(field(body, 'key'))} set ${value(field(body, 'value'))}`;
    case 'dnat':
    case 'snat':
    case 'redirect': {
      const [address, port] = [field(body, 'addr'), field(body, 'port')];
      return [
        kind,
        ...(address === undefined && port === undefined
          ? []
          : ['to', `${address === undefined ? '' : value(address)}${port === undefined ? '' : `:${value(port)}`}`]),
      ].join(' ');
    }
    case 'xt':
      return `xt ${String(field(body, 'type'))} ${String(field(body, 'name'))}`;
    default:
      return kind;
  }
}

function value(of: unknown): string {
  if (typeof of !== 'object' || of === null) return String(of);
  if (Array.isArray(of)) return of.slice(0, 8).map(value).join(' : ');
  const { kind, body } = single(of);
  switch (kind) {
    case 'payload':
      return `${String(field(body, 'protocol') ?? `@${String(field(body, 'base'))}`)} ${String(field(body, 'field') ?? field(body, 'offset'))}`;
    case 'meta':
    case 'ct':
      return `${kind === 'meta' && plain.has(String(field(body, 'key'))) ? '' : `${kind} `}${String(field(body, 'key'))}`;
    case 'set':
      return `{ ${Array.isArray(body) ? body.slice(0, 8).map(value).join(', ') : value(body)}${Array.isArray(body) && body.length > 8 ? ', ...' : ''} }`;
    case 'range':
      return Array.isArray(body) ? body.map(value).join('-') : '?';
    case 'prefix':
      return `${String(field(body, 'addr'))}/${String(field(body, 'len'))}`;
    case 'concat':
      return Array.isArray(body) ? body.map(value).join(' . ') : '?';
    case 'elem':
      return value(field(body, 'val'));
    case '&':
    case '|':
    case '^':
      return Array.isArray(body) ? body.map(value).join(` ${kind} `) : '?';
    case 'fib': {
      const flags = field(body, 'flags');
      return `fib ${Array.isArray(flags) ? flags.join(' . ') : ''} ${String(field(body, 'result'))}`;
    }
    default:
      return kind;
  }
}

const plain = new Set(['iif', 'oif', 'iifname', 'oifname']);
