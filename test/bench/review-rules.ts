// Great rulesets to be judged: flat ones of any length, and one with chains, jumps, maps and long sets. Pure.
import { type Random, randomOf } from '../differential/random';

const seed = 50_000;

/**
 * `count` rules of the kinds people write, in one chain; most of them speak of single addresses. None has a set of its own: nft's
 * time for those grows with the square of their number (minutes at some thousands).
 */
export function flatRules(count: number): string {
  const random = randomOf(seed, count);
  return inTable([
    chain(
      'input',
      base,
      repeat(count, () => flatRule(random)),
    ),
  ]);
}

/** About `count` rules in chains of a hundred that are jumped to, beside sets with as many elements in all. */
export function mixedRules(count: number): string {
  const random = randomOf(seed, count + 1);
  const chains = Array.from({ length: Math.ceil(count / 100) }, (_, index) => `area_${index}`);
  const sets = chains.filter((_, index) => index % 10 === 0).map((name) => set(random, `${name}_known`, 1000));
  const jumps = chains.map((name, index) => `ip saddr 10.${index % 256}.0.0/16 tcp dport 139-445 jump ${name}`);
  const inside = chains.map((name, index) =>
    chain(name, '', [
      `ip saddr @area_${index - (index % 10)}_known accept`,
      `tcp dport vmap { 22 : return, 139 : drop, 8000-9000 : accept }`,
      ...repeat(97, () => flatRule(random)),
    ]),
  );
  return inTable([...sets, ...inside, chain('input', base, ['ct state established,related accept', ...jumps])]);
}

const base = 'type filter hook input priority 0; policy drop;';

function flatRule(random: Random): string {
  const [a, b, c, d] = [random.between(1, 223), random.below(256), random.below(256), random.below(256)];
  const port = random.weigh([
    [6, '445'],
    [2, '139'],
    [2, String(random.between(1, 65535))],
  ]);
  return random.weigh([
    [6, `ip saddr ${a}.${b}.${c}.${d} tcp dport ${port} accept`],
    [3, `ip saddr ${a}.${b}.${c}.0/24 tcp dport ${port} counter drop`],
    [2, `ip6 saddr 2001:db8:${b.toString(16)}:${c.toString(16)}::/64 tcp dport ${port} accept`],
    [1, `iifname "eth0" ip saddr ${a}.${b}.${c}.${d}-${a}.${b}.${c}.255 tcp dport ${port} accept`],
    [1, `udp dport ${port} accept`],
  ]);
}

function set(random: Random, name: string, count: number): string {
  const addresses = new Set(repeat(count, () => `10.${random.below(256)}.${random.below(256)}.${random.below(256)}`));
  return `set ${name} { type ipv4_addr; flags interval; elements = { ${[...addresses].join(', ')} }; }`;
}

function chain(name: string, head: string, rules: readonly string[]): string {
  return `chain ${name} {\n${[head, ...rules].join('\n')}\n}`;
}

function inTable(parts: readonly string[]): string {
  return `table inet great {\n${parts.join('\n')}\n}\n`;
}

function repeat(count: number, make: () => string): string[] {
  return Array.from({ length: count }, make);
}
