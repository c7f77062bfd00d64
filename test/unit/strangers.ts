// What strangers may write: texts that steer a terminal, hide, or end what a shell reads; and facts full of them.

/** A screen that is cleared, a C1 command, another direction, nothing to see, a letter of the tag block, half a character, a new line. */
export const steering = '\u001b[2J\u009b5n\u202e\u200b\u{e0041}\ufe0f\ud800\r\n\u2028';

/** The keys under which texts of others, or with others' words in them, stand in facts, verdicts, plans and records. */
const wordsOf: ReadonlySet<string> = new Set([
  ...[
    'address',
    'advice',
    'architecture',
    'because',
    'body',
    'build',
    'changedRules',
    'command',
    'computer',
    'configuration',
  ],
  ...[
    'detail',
    'dnsComputer',
    'dnsDomain',
    'domain',
    'effects',
    'fixedIn',
    'forest',
    'from',
    'gateway',
    'hostname',
    'input',
  ],
  ...[
    'interface',
    'listener',
    'missing',
    'name',
    'notes',
    'path',
    'problems',
    'product',
    'program',
    'reason',
    'reference',
  ],
  ...[
    'release',
    'rule',
    'says',
    'server',
    'text',
    'title',
    'todo',
    'unread',
    'value',
    'version',
    'warnings',
    'what',
    'where',
    'why',
  ],
]);

/** The same with `steering` behind each such text, wherever it stands. */
export function poisoned<T>(value: T): T {
  return poison(value, '') as T;
}

function poison(value: unknown, key: string): unknown {
  if (typeof value === 'string') return wordsOf.has(key) ? `${value}${steering}` : value;
  if (Array.isArray(value)) return value.map((item) => poison(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poison(item, name)]));
}

/** Every string in a value. */
export function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...stringsIn(item)]);
}
