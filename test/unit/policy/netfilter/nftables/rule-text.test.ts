// Chains without a name: their rules as nft prints them, read as the same rules are read from its JSON.
import { describe, expect, it } from 'vitest';
import { readBlock } from '../../../../../main/policy/netfilter/nftables/rule-text';
import { accept, from, port445, reachOf, review, table } from '../ruleset-builder';

const guarded = (block: string) => review(table([{ name: 'in', hook: 'input', policy: 'drop', rules: [[block]] }]));

describe('a rule of a chain without a name', () => {
  it.each([
    ['tcp dport 445 accept', '0.0.0.0/0 | ::/0'],
    ['tcp dport != 445 accept', '|'],
    ['tcp dport { 139, 440-450 } ip saddr 10.0.0.0/8 accept', '10.0.0.0/8 |'],
    ['ip saddr { 10.9.9.9, 10.1.0.0-10.1.0.1 } accept', '10.1.0.0/31 10.9.9.9/32 |'],
    ['ip saddr . tcp dport { 10.9.9.9 . 445, 10.8.0.0/16 . 139 } accept', '10.9.9.9/32 |'],
    ['ip saddr vmap { 10.9.9.9 : accept, 10.8.0.0/16 : drop }\n\t\t\tip saddr 10.8.0.1 accept', '10.9.9.9/32 |'],
    ['ip saddr & 255.0.255.255 == 10.0.0.1 ip saddr 10.2.0.0/15 accept', '10.2.0.1/32 10.3.0.1/32 |'],
    ['ct state established,related accept', '|'],
    ['ct state new,untracked ip saddr 10.9.9.9 accept', '10.9.9.9/32 |'],
    ['ct state vmap { established : accept, new : drop }', '|'],
    ['iifname "lo" accept', '|'],
    ['iifname "nothere*" accept\n\t\t\tip6 saddr fe80::/10 accept', '| fe80::/10'],
    ['meta nfproto ipv6 meta l4proto tcp accept', '| ::/0'],
    ['tcp flags syn / fin,syn,rst,ack ip saddr 10.9.9.9 accept', '10.9.9.9/32 |'],
    ['tcp flags & (fin | syn) == fin | syn accept', '|'],
    ['ip saddr 10.9.9.9 counter packets 3 bytes 180 log prefix "a { b; drop" accept', '10.9.9.9/32 |'],
    ['ip saddr 10.9.9.9 accept comment "he said }"', '10.9.9.9/32 |'],
    ['ip saddr 10.8.0.0/16 drop\n\t\t\taccept', '0.0.0.0/5 8.0.0.0/7 10.0.0.0/13 10.9.0.0/16'],
    ['ip saddr 10.9.9.9 jump { tcp dport 445 accept\n }\n\t\t\tdrop', '10.9.9.9/32 |'],
    ['meta mark 0x00000001 accept', '0.0.0.0/0 | ::/0'],
    ['ip version 4 accept', '0.0.0.0/0 |'],
  ])('%s', (text, reach) => {
    const found = reachOf(guarded(`jump {\n\t\t\t${text}\n\t\t}`));
    expect(found.startsWith(reach) ? reach : found).toBe(reach);
  });

  it.each([
    'queue num 3',
    'tcp dport 445 redirect to :4450',
    'ip daddr set 10.0.0.1 accept',
    'quota over 100 bytes drop',
    'ct count over 3 drop',
    'osf name "Linux" drop',
    'tcp option maxseg size 1-500 drop',
    'dup to 10.0.0.1 drop',
    'limit rate over 3/minute drop',
    '@nh,0,4 4 drop',
    'ip saddr @later,and,more drop',
    'ip saddr { 10.0.0.1 comment "x" } drop',
    'ct state vmap { established : accept, new : jump elsewhere }',
    '!!',
  ])('that is not read may let everybody in, and is named: %s', (text) => {
    const found = guarded(`jump {\n\t\t\t${text}\n\t\t}`);
    expect(reachOf(found)).toBe('0.0.0.0/0 | ::/0');
    expect(found.unsure).not.toEqual([]);
  });

  it('is told of in its own words, and where it stands', () => {
    const found = guarded('jump {\n\t\t\tip saddr 10.9.9.9 accept\n\t\t}');
    expect(found.because).toContainEqual(
      expect.objectContaining({ effect: 'allow', rule: 'ip saddr 10.9.9.9 accept', where: 'inet t in{1}' }),
    );
  });
});

it('goto does not come back from a chain without a name, jump does', () => {
  const rules = (verdict: string) =>
    review(
      table([
        {
          name: 'in',
          hook: 'input',
          policy: 'drop',
          rules: [
            [from('10.0.0.0/8'), `${verdict} {\n\t\t\tip saddr 10.9.9.9 accept\n\t\t}`],
            [port445, accept],
          ],
        },
      ]),
    );
  expect(reachOf(rules('jump'))).toBe('0.0.0.0/0 | ::/0');
  expect(reachOf(rules('goto'))).toMatch(/ 10\.9\.9\.9\/32 /);
  expect(reachOf(rules('goto'))).not.toContain('10.0.0.0/');
});

it.each(['', 'jump', 'jump {', 'goto { accept', 'jump x', '}', 'jump { } }', 'drop'])('never throws: %j', (text) => {
  expect(() => readBlock(text)).not.toThrow();
});
