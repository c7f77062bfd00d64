// Each target of iptables, with a line as iptables-save writes it.
import { describe, expect, it } from 'vitest';
import { stepsOf } from './reading';

const verdict = (kind: string): unknown => ({ kind: 'verdict', verdict: { kind } });
const nat = (address: unknown, port: unknown): unknown => ({ kind: 'nat', to: { address, port } });
const setMark = (which: string, keep: number, xor: number): unknown => ({ kind: 'set-mark', which, keep, xor });

const partly = (which: string, keep: number): object => ({ kind: 'set-mark', which, keep, xor: 0 });
const anyMark = (which: string): unknown => ({ ...partly(which, 0), unknown: 0xffffffff });

describe('targets', () => {
  it.each<[string, readonly unknown[]]>([
    ['-j ACCEPT', [verdict('accept')]],
    ['-j DROP', [verdict('drop')]],
    ['-j RETURN', [verdict('return')]],
    ['-p tcp -j REJECT --reject-with tcp-reset', [expect.anything(), verdict('drop')]],
    ['-j SNAT --to-source 192.0.2.1', [verdict('accept')]],
    ['-j MASQUERADE --random', [verdict('accept')]],
    ['-j DNAT --to-destination 172.17.0.2:80', [nat('172.17.0.2', 80)]],
    ['-j DNAT --to-destination 172.17.0.2', [nat('172.17.0.2', null)]],
    ['-j DNAT --to-destination :445', [nat(null, 445)]],
    ['-j DNAT --to-destination 10.0.0.1-10.0.0.9:445-450 --random --persistent', [nat('unknown', 'unknown')]],
    ['-j DNAT --to-destination 10.0.0.1:1-9/100', [nat('10.0.0.1', 'unknown')]],
    ['-j DNAT', [nat('unknown', 'unknown')]],
    ['-j REDIRECT --to-ports 139', [nat('this-pc', 139)]],
    ['-j REDIRECT --to-ports 139-145 --random', [nat('this-pc', 'unknown')]],
    ['-j REDIRECT', [nat('this-pc', null)]],
    ['-j NETMAP --to 10.0.0.0/24', [nat('unknown', null)]],
    ['-j NOTRACK', [{ kind: 'notrack' }]],
    ['-j CT --notrack', [{ kind: 'notrack' }]],
    // Whatever else it sets, the packet carries a template from here on.
    ['-j CT --helper ftp', [{ kind: 'set-zone', zone: 0 }]],
    ['-j CT --zone 7', [{ kind: 'set-zone', zone: 7 }]],
    ['-j CT --zone-orig 7', [{ kind: 'set-zone', zone: 7 }]],
    ['-j CT --zone mark', [{ kind: 'set-zone', zone: null }]],
    ['-j MARK --set-xmark 0x1/0xff', [setMark('packet', 0xffffff00, 1)]],
    ['-j MARK --set-xmark 0x1/0xffffffff', [setMark('packet', 0, 1)]],
    ['-j MARK --set-mark 0x10/0xf', [setMark('packet', 0xffffffe0, 16)]],
    ['-j MARK --and-mark 0xff', [setMark('packet', 0xff, 0)]],
    ['-j MARK --or-mark 0x80000000', [setMark('packet', 0x7fffffff, 0x80000000)]],
    ['-j MARK --xor-mark 0x3', [setMark('packet', 0xffffffff, 3)]],
    ['-j CONNMARK --set-xmark 0x1/0x0', [setMark('connection', 0xffffffff, 1)]],
    ['-j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff', [{ kind: 'copy-mark', from: 'packet' }]],
    ['-j CONNMARK --restore-mark', [{ kind: 'copy-mark', from: 'connection' }]],
    ['-j CONNMARK --restore-mark --nfmask 0xff --ctmask 0xf', [{ ...partly('packet', 0xffffff00), unknown: 0xf }]],
    ['-j CONNMARK --save-mark --mask 0xff', [{ ...partly('connection', 0xffffff00), unknown: 0xff }]],
    ['-j CONNMARK --set-mark 1 --left-shift-mark 2', [anyMark('connection')]],
    ['-j CONNMARK --restore-mark --mask frob', [anyMark('connection'), anyMark('packet')]],
    ['-j MARK --set-mark frob', [anyMark('packet')]],
    ['-j HMARK --hmark-mod 1', [anyMark('packet')]],
    ['-j SET --map-set marks src --map-mark', [anyMark('packet')]],
    ['-j SET --map-set marks src --map-prio', []],
    ['-j SET --add-set seen src --exist --timeout 60', []],
  ])('%s', (line, expected) => {
    expect(stepsOf(line)).toEqual(expected);
  });

  it('DNAT of IPv6 has its port behind brackets', () => {
    expect(stepsOf('-j DNAT --to-destination [fd77:1::10]:445', 'ipv6')).toEqual([nat('fd77:1::10', 445)]);
    expect(stepsOf('-j DNAT --to-destination [fd77:1::10]', 'ipv6')).toEqual([nat('fd77:1::10', null)]);
    expect(stepsOf('-j DNAT --to-destination fd77:1::10', 'ipv6')).toEqual([nat('fd77:1::10', null)]);
    expect(stepsOf('-j DNAT --to-destination fd77:1::10-fd77:1::20', 'ipv6')).toEqual([nat('unknown', null)]);
    expect(stepsOf('-j DNAT --to-destination :445', 'ipv6')).toEqual([nat(null, 445)]);
  });

  it.each([
    '-j LOG --log-prefix "[UFW BLOCK] " --log-level 7 --log-tcp-options',
    '-j NFLOG --nflog-prefix x --nflog-group 1',
    '-j TRACE',
    '-j AUDIT --type drop',
    '-j CHECKSUM --checksum-fill',
    '-j CLASSIFY --set-class 1:2',
    '-j CONNSECMARK --save',
    '-j SECMARK --selctx system_u:object_r:x',
    '-j DSCP --set-dscp 0x0a',
    '-j TOS --set-tos 0x10/0x3f',
    '-j TTL --ttl-set 64',
    '-j HL --hl-dec 1',
    '-j ECN --ecn-tcp-remove',
    '-j TCPMSS --clamp-mss-to-pmtu',
    '-j TCPOPTSTRIP --strip-options 5',
    '-j TEE --gateway 10.0.0.1',
    '-j IDLETIMER --timeout 1 --label x',
    '-j LED --led-trigger-id x',
    '-j RATEEST --rateest-name x --rateest-interval 250.0ms --rateest-ewmalog 500ms',
    '-j ULOG --ulog-prefix x',
  ])('%s goes on', (line) => {
    expect(stepsOf(line)).toEqual([]);
  });

  it.each([
    '-j QUEUE',
    '-j NFQUEUE --queue-num 1 --queue-bypass',
    '-j TPROXY --on-port 1 --on-ip 0.0.0.0 --tproxy-mark 0x1/0x1',
    '-j SYNPROXY --sack-perm --wscale 7',
    '-j CLUSTERIP --new',
    '-j DNPT --src-pfx fd00::/64 --dst-pfx fd01::/64',
    '-j SNPT --src-pfx fd00::/64 --dst-pfx fd01::/64',
    '-j TARPIT',
    '-j LOG --frob',
    '-j ACCEPT stray',
  ])('%s may do anything', (line) => {
    expect(stepsOf(line)).toMatchObject([{ kind: 'anything' }]);
  });
});
