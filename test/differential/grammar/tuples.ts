// Concatenations, drawn: which fields stand together, and elements that fit them.
import { drawSpan, type Version } from '../addresses';
import type { Random } from '../random';
import { own, type Place, words } from './draft';

export type Field = 'source' | 'destination' | 'port' | 'interface' | 'out';

/** The fields of a concatenation, as rule words and as kinds. */
export function drawFields(
  { table: { random }, protocol, task }: Place,
  version: Version,
): { readonly fields: readonly string[]; readonly types: readonly Field[] } {
  const types = random.weigh<readonly Field[]>([
    [4, ['source', 'port']],
    [2, ['interface', 'source']],
    [1.5, ['interface', 'port']],
    [1, ['source', 'destination']],
    [1, ['interface', 'source', 'port']],
    [0.7, ['source', 'destination', 'port']],
    ...(task === 'forward'
      ? ([
          [4, ['out', 'port']],
          [4, ['interface', 'out']],
          [4, ['source', 'out']],
          [2, ['interface', 'out', 'port']],
        ] satisfies [number, readonly Field[]][])
      : []),
  ]);
  const { rule } = words[version];
  const say = {
    source: `${rule} saddr`,
    destination: `${rule} daddr`,
    port: random.chance(0.8) ? `${protocol} dport` : 'th dport',
    interface: 'iifname',
    out: 'oifname',
  };
  return { fields: types.map((type) => say[type]), types };
}

export function typeWords(type: Field, version: Version): string {
  if (type === 'port') return 'inet_service';
  return type === 'interface' || type === 'out' ? 'ifname' : words[version].type;
}

/** Elements of a concatenation; no two of them cover a common tuple. */
export function drawTuples({ table: { random } }: Place, version: Version, types: readonly Field[]): readonly string[] {
  const kept: (readonly Part[])[] = [];
  for (let i = random.between(1, 4); i > 0; i--) {
    const tuple = types.map((type) => drawPart(random, version, type));
    if (!kept.some((other) => other.every((part, index) => overlap(part, tuple[index] ?? part)))) kept.push(tuple);
  }
  return kept.map((tuple) => tuple.map(({ text }) => text).join(' . '));
}

/** A field's value, and what it covers as numbers. */
interface Part {
  readonly text: string;
  readonly first: bigint;
  readonly last: bigint;
}

function drawPart(random: Random, version: Version, type: Field): Part {
  if (type === 'source') {
    const { text, span } = drawSpan(random, version);
    return { text, first: span.first, last: span.last };
  }
  if (type === 'port') {
    const text = random.weigh([
      [6, '445'],
      [2, '139'],
      [2, '139-445'],
      [1, '1-1024'],
      [1, '22'],
    ]);
    const [first = 0n, last = first] = text.split('-').map(BigInt);
    return { text, first, last };
  }
  const choices = {
    destination: own[version],
    interface: ['"eth0"', '"wlan0"'],
    out: ['"docker0"', '"ve-smb"', '"eth0"'],
  }[type];
  const index = random.below(choices.length);
  return { text: choices[index] ?? '', first: BigInt(index), last: BigInt(index) };
}

function overlap(one: Part, other: Part): boolean {
  return one.first <= other.last && other.first <= one.last;
}
