// Whether rules may pass a connection on elsewhere: in real rulesets, and in every form the three languages have.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RulesBeside } from '../../../../main/model/facts';
import { passesConnectionsOn } from '../../../../main/policy/netfilter/passing-on';

const beside: RulesBeside = {
  rulesetText: null,
  rulesetBytecode: null,
  iptablesSave: null,
  ip6tablesSave: null,
  iptablesLegacy: '',
  ip6tablesLegacy: '',
  ipset: null,
};
const rule = (expression: string): string => `{"nftables": [{"rule": {"expr": [${expression}]}}]}`;
const passesOn = (expression: string, more: Partial<RulesBeside> = {}): boolean =>
  passesConnectionsOn(rule(expression), { ...beside, ...more });

describe('rules', () => {
  it('of real PCs pass on only where they translate, hand over or rewrite', () => {
    const folder = 'test/fixtures/linux';
    const passing = readdirSync(folder).filter((name) =>
      passesConnectionsOn(readFileSync(join(folder, name, 'ruleset.json'), 'utf8'), beside),
    );
    expect(passing).toEqual([
      'docker-like',
      'docker-nft-backend',
      'docker-publish-445',
      'docker-published-real-shape',
      'iptables-redirect',
      'nft-dnat-ct-original',
      'nft-maps-data',
      'nft-redirect-445',
      'nft-synproxy',
      'nspawn-port-map',
      'redirect-rootless',
      'ufw-order-app',
    ]);
  });

  it.each([
    '{"redirect": null}',
    '{"dnat": {"addr": "10.0.0.1"}}',
    '{"tproxy": {"port": 8445}}',
    '{"queue": {"num": 1}}',
    '{"mangle": {"key": {"payload": {"protocol": "tcp", "field": "dport"}}, "value": 139}}',
    '{"xt": {"type": "target", "name": "REDIRECT"}}',
    '{"xt": {"type": "target", "name": "SOMETHING-NEW"}}',
  ])('with %s do', (expression) => {
    expect(passesOn(expression)).toBe(true);
  });

  it.each([
    '{"drop": null}',
    '{"snat": {"addr": "10.0.0.1"}}',
    '{"masquerade": null}',
    '{"mangle": {"key": {"meta": {"key": "mark"}}, "value": 1}}',
    '{"xt": {"type": "target", "name": "LOG"}}',
    '{"xt": {"type": "match", "name": "DNAT"}}',
    '{"comment": "the \\"redirect\\": of old"}',
  ])('with %s do not', (expression) => {
    expect(passesOn(expression)).toBe(false);
  });

  it('of iptables-legacy count too, and those that could not be read may', () => {
    const old =
      '*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 445 -j REDIRECT --to-ports 8445\nCOMMIT\n';
    expect(passesOn('', { iptablesLegacy: old })).toBe(true);
    expect(passesOn('', { ip6tablesLegacy: old.replace('-j REDIRECT --to-ports 8445', '-j DROP') })).toBe(false);
    expect(passesOn('', { ip6tablesLegacy: null })).toBe(true);
  });
});
