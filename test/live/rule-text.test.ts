// Chains without a name, as nft prints them: read as nft's own JSON has the same rules.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { readBlock } from '../../main/policy/netfilter/nftables/rule-text';

it('reads every word that nft prints of a rule as the JSON has it', () => {
  const written = [
    'meta l4proto { tcp, udp } th dport { 100-200, 445 } limit rate 3/minute accept',
    'ip saddr vmap { 1.2.3.4-1.2.3.9 : drop, 10.0.0.0/8 : accept }',
    'ip saddr . tcp dport { 1.2.3.4 . 445, 10.0.0.0/8 . 100-200 } reject with icmpx admin-prohibited',
    'ct state vmap { established : accept, new : continue }',
    'fib daddr type local meta mark set 0x00000010 ip daddr 10.77.0.0/16 accept',
    'tcp flags syn / syn,ack drop comment "hi } there"',
    'ip saddr != { 1.2.3.4, 5.6.7.8 } ct state established,new ct original ip saddr 1.2.3.0/24 ct status dnat drop',
    'iifname { "eth0", "wl*" } ip6 saddr fd77:1::/64 tcp dport > 1023 drop',
    'meta mark & 0x000000ff == 0x00000010 accept',
  ];
  const ruleset = `table inet f {\n chain in {\n type filter hook input priority 0;\n${written.join('\n')}\n jump {\n${written.join('\n')}\n}\n}\n}\n`;
  const json = execFileSync('unshare', ['--net', 'bash', '-c', 'nft -f - && nft -j list ruleset'], { input: ruleset });
  const rules = JSON.parse(json.toString()).nftables.flatMap(
    ({ rule }: { rule?: { expr: unknown[] } }) => rule?.expr ?? [],
  );
  const block = readBlock(rules.at(-1) as string);
  const read = block?.rules.flatMap(({ expressions }) => expressions.map(({ kind, body }) => ({ [kind]: body }))) ?? [];
  const plain = (of: unknown): string =>
    JSON.stringify(of, (key, value) => {
      if (key === 'limit' || key === 'expr') return undefined;
      // nft 1.1 lists flags where 1.0 joins them by "|".
      const flags =
        value !== null && typeof value === 'object' && Object.keys(value).join() === '|' ? value['|'] : value;
      return Array.isArray(flags) && flags.length === 1 ? flags[0] : flags;
    });
  expect(read.map(plain)).toEqual(rules.slice(0, -1).map(plain));
});
