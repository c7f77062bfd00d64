// A table while it is drawn: what it may name, and the sets, maps and objects its rules have asked for so far.
import { drawSpans, type Version } from '../addresses';
import type { Random } from '../random';
import type { Holding } from '../ruleset';

/** plain = decided by the packet alone; wide = rarer words as well; open = also what no reader of rules can know. */
export type Level = 'plain' | 'wide' | 'open';

/** What a chain is run for: which words and verdicts its rules may use. */
export type Task = 'ingress' | 'filter' | 'nat' | 'forward' | 'reply' | 'elsewhere';

export interface TableDraft {
  readonly random: Random;
  readonly level: Level;
  readonly family: string;
  readonly versions: readonly Version[];
  /** Connections are led to containers, and rules ask by which interface they leave. */
  readonly forwards: boolean;
  readonly holdings: Holding[];
}

/** Where a rule is to stand. */
export interface Place {
  readonly table: TableDraft;
  readonly task: Task;
  /** Chains that may be jumped to from here. */
  readonly targets: readonly string[];
  /** What the rule's words speak of: a rule can't name ports of two protocols. */
  readonly protocol: 'tcp' | 'udp';
}

/** The table's addresses type for a version: its word in rules, its type in sets. */
export const words = { 4: { rule: 'ip', type: 'ipv4_addr' }, 6: { rule: 'ip6', type: 'ipv6_addr' } } as const;

/** The PC's own addresses. */
export const own = {
  4: ['10.77.1.10', '10.77.1.11', '10.77.2.10'],
  6: ['fd77:1::10', 'fd77:1::11', 'fd77:2::10'],
} as const;

/** Containers behind the PC, on docker0 and on ve-smb. */
export const containers = {
  4: ['172.17.0.2', '10.0.0.2'],
  6: ['fd17::2', 'fd10::2'],
} as const;

/** Ports that are probed (445 and 139 mostly), that are redirected to, and others near them. */
export const ports = [
  '445',
  '139',
  '445',
  '8445',
  '137',
  '22',
  '1-1024',
  '139-445',
  '440-450',
  '446-65535',
  '0-444',
] as const;

/** Port words that do not overlap. */
export function drawPorts(random: Random, count: number): readonly string[] {
  const kept: string[] = [];
  const bounds = (text: string): readonly number[] => {
    const [first, last = first] = text.split('-').map(Number);
    return [first ?? 0, last ?? 0];
  };
  for (const port of random.sample(ports, count)) {
    const [first = 0, last = 0] = bounds(port);
    if (kept.every((other) => last < bounds(other)[0]! || bounds(other)[1]! < first)) kept.push(port);
  }
  return kept;
}

/** The name of a holding of this kind: one that is there already, or a new one. */
export function held(
  { holdings, random }: TableDraft,
  kind: string,
  make: () => { readonly type: string; readonly body: string; readonly elements: readonly string[] },
): string {
  const there = holdings.filter(({ head }) => head.split(' ')[1]?.startsWith(`${kind}_`));
  if (there.length > 0 && random.chance(0.6)) return random.pick(there).head.split(' ')[1]!;
  const name = `${kind}_${holdings.length}`;
  const { type, body, elements } = make();
  holdings.push({ head: `${type} ${name}`, body, elements });
  return name;
}

/** A named set of addresses. */
export function heldAddresses(table: TableDraft, version: Version): string {
  const { random, level } = table;
  return held(table, `a${version}`, () => {
    const kind = random.weigh([
      [3, 'whole'],
      [5, 'interval'],
      [2, 'merge'],
      [level === 'plain' ? 0.5 : 1.5, 'timeout'],
    ]);
    const whole = kind === 'whole' || kind === 'timeout';
    const drawn = drawSpans(random, version, random.between(0, 5), whole);
    const type = random.chance(0.8) ? `type ${words[version].type};` : `typeof ${words[version].rule} saddr;`;
    const flags = {
      whole: '',
      interval: ' flags interval;',
      merge: ' flags interval; auto-merge;',
      timeout: ' flags timeout;',
    };
    const elements = drawn.map((text) =>
      kind === 'timeout' && random.chance(0.7)
        ? `${text} timeout ${random.pick(['1h', '7d', '90s'])}`
        : random.chance(0.05)
          ? `${text} comment "seen"`
          : text,
    );
    return { type: 'set', body: `${type}${flags[kind as keyof typeof flags]}`, elements };
  });
}

/** Now and then a condition is turned round. */
export const negation = ({ table: { random } }: Place): string => (random.chance(0.18) ? '!= ' : '');
