// The helper as an attacker would call it: whatever it is given, only what a request can express happens, and one line comes back.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bed, installed, raiseBed } from './bed/bed';
import { aRequest, aShield, inSeconds, token } from './bed/requests';

/** A foreign ruleset that must come out of every attack as it went in. */
const strangersRules = `table inet strangers {
  set keep { type ipv4_addr; elements = { 192.0.2.1, 192.0.2.2 }; }
  chain in { type filter hook input priority 10; policy accept; ip saddr @keep tcp dport 22 drop; }
}`;

const shieldWith = (changes: Record<string, unknown>) => aRequest('shield', { shield: aShield(changes) });

describe('a hostile request', () => {
  let bed: Bed;
  let before: string;
  /** The rules, and every file that was written below /etc, /var, /root and /tmp since the bed was raised. */
  const stateOfThePc = async (): Promise<string> => {
    const written = ['/run/bed/etc/upper', '/run/bed/var/upper', '/root', '/tmp'];
    const files = await bed.run(['find', ...written, '-printf', '%p %m %U %s %T@\\n']);
    return `${await bed.ruleset()}${files.stdout}`;
  };
  beforeAll(async () => {
    bed = await raiseBed({ smbd: false });
    await bed.nft(strangersRules);
    before = await stateOfThePc();
  });
  afterAll(() => bed.down());

  const expectRefused = async (args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await bed.helper(args);
    expect([code, stderr]).toEqual([2, '']);
    expect(stdout).toMatch(/^[^\n]*\n$/);
    const answer = JSON.parse(stdout);
    expect(Object.keys(answer).sort()).toEqual(['act', 'schema', 'why']);
    expect(answer).toMatchObject({ schema: 'breakwater/answer@1', act: 'refused', why: expect.any(String) });
    expect(await stateOfThePc()).toBe(before);
    return answer.why;
  };

  it.each<[string, unknown]>([
    ['an act that does not exist', aRequest('run', { command: 'id' })],
    ['an act inherited from Object', aRequest('constructor')],
    ['no act', aRequest('shield', { act: undefined })],
    ['an extra field', aRequest('shield', { script: 'flush ruleset' })],
    ['an extra field in a look', aRequest('look', { file: '/etc/shadow' })],
    ['an extra field in the shield', shieldWith({ table: 'inet strangers' })],
    ['an extra field in the exceptions', shieldWith({ allow: { ipv4: [], ipv6: [], all: true } })],
    ['a polluted prototype', `{"version":1,"notAfter":"${inSeconds(60)}","act":"lift","__proto__":{"act":"shield"}}`],
    ['fields that every object has', aRequest('shield', { toString: 1, hasOwnProperty: 1 })],
    ['another version', aRequest('shield', { version: 2 })],
    ['a version in words', aRequest('shield', { version: '1' })],
    ['no end of its validity', aRequest('shield', { notAfter: undefined })],
    ['a request that waited too long', aRequest('shield', { notAfter: inSeconds(-1) })],
    ['a request dated far ahead', aRequest('shield', { notAfter: '2999-01-01T00:00:00.000Z' })],
    ['a date that is none', aRequest('shield', { notAfter: '2026-13-45T99:99:99.000Z' })],
    ['an identity that closes the comment', shieldWith({ id: '"; flush ruleset; #' })],
    ['an identity of upper-case digits', shieldWith({ id: '0A1B2C3D' })],
    ['a reason with a quote and a command', shieldWith({ reason: 'x"; flush ruleset' })],
    ['a reason with a new line', shieldWith({ reason: 'x\nflush ruleset' })],
    ['a reason with a new line at its end', shieldWith({ reason: 'CVE-2020-0796\n' })],
    ['a reason with a shell in it', shieldWith({ reason: '$(touch /tmp/owned)' })],
    ['a reason with backticks', shieldWith({ reason: '`touch /tmp/owned`' })],
    ['a reason with a NUL', shieldWith({ reason: 'CVE\u0000-1' })],
    ['a reason in other letters', shieldWith({ reason: 'СVE-2020-0796' })],
    ['a reason that runs backwards', shieldWith({ reason: '\u202eCVE' })],
    ['a reason that is too long', shieldWith({ reason: 'x'.repeat(65) })],
    ['an empty reason', shieldWith({ reason: '' })],
    ['a reason that is a list', shieldWith({ reason: ['CVE-2020-0796'] })],
    ['an exception that ends the set', shieldWith({ allow: { ipv4: ['10.0.0.1/32 }; }; flush ruleset'], ipv6: [] } })],
    ['an exception that is no network', shieldWith({ allow: { ipv4: ['10.77.1.300/32'], ipv6: [] } })],
    ['an exception with bits below its prefix', shieldWith({ allow: { ipv4: ['10.77.1.21/24'], ipv6: [] } })],
    ['an exception with a prefix too long', shieldWith({ allow: { ipv4: ['10.77.1.21/33'], ipv6: [] } })],
    ['an exception of the other family', shieldWith({ allow: { ipv4: ['fd77:1::21/128'], ipv6: [] } })],
    ['an exception for everyone', shieldWith({ allow: { ipv4: ['0.0.0.0/0'], ipv6: [] } })],
    ['exceptions that add up to everyone', shieldWith({ allow: { ipv4: ['0.0.0.0/1', '128.0.0.0/1'], ipv6: [] } })],
    ['exceptions that add up to all of IPv6', shieldWith({ allow: { ipv4: [], ipv6: ['::/1', '8000::/1'] } })],
    ['an exception with a zone', shieldWith({ allow: { ipv4: [], ipv6: ['fe80::1%eth0/128'] } })],
    ['an exception that is a name', shieldWith({ allow: { ipv4: ['@keep'], ipv6: [] } })],
    ['an exception that is a number', shieldWith({ allow: { ipv4: [167772161], ipv6: [] } })],
    ['exceptions that are text', shieldWith({ allow: { ipv4: '10.77.1.21/32', ipv6: [] } })],
    ['too many exceptions', shieldWith({ allow: { ipv4: Array(65).fill('10.77.1.21/32'), ipv6: [] } })],
    ['no exceptions at all', shieldWith({ allow: null })],
    ['an end that is no date', shieldWith({ until: '1d timeout' })],
    ['an end in another calendar', shieldWith({ until: '+275760-09-13T00:00:00.000Z' })],
    ['outbound in words', shieldWith({ outbound: 'yes' })],
    ['a list of requests', [aRequest('shield'), aRequest('shield')]],
    ['nothing', null],
    ['a number', 1],
    ['text that is not JSON', 'flush ruleset'],
    ['two documents', '{"version":1}{"version":1}'],
    ['an unfinished document', '{"version":1,"act":"lift"'],
    ['nesting without end', '['.repeat(20_000)],
  ])('with %s changes nothing', async (_what, request) => {
    await expectRefused([token(request)]);
  });

  it.each<[string, readonly string[]]>([
    ['no argument', []],
    ['an empty argument', ['']],
    ['two arguments', [token(aRequest('lift')), 'x']],
    ['a switch of Node', ['--inspect']],
    ['a path', ['/etc/passwd']],
    ['plain JSON', [JSON.stringify(aRequest('lift'))]],
    ['a token with spaces', [`${token(aRequest('lift'))} `]],
    ['bytes that are not UTF-8', [Buffer.from('7b22ff227d', 'hex').toString('base64url')]],
    ['a token of 100 KB', ['A'.repeat(100_000)]],
  ])('as %s changes nothing', async (_what, args) => {
    await expectRefused(args);
  });

  it('of 10 MB is refused by the system, and without that by the helper, and changes nothing', async () => {
    await expect(bed.helper(['A'.repeat(10 * 1024 * 1024)])).rejects.toThrow('E2BIG');
    const withoutTheSystem = `process.argv = [process.argv[0], '${installed.helper}', 'A'.repeat(10 * 1024 * 1024)];
      const { perform } = require('${installed.helper}');
      perform(process.argv[2]).then(({ answer, exitCode }) => console.log(exitCode, JSON.stringify(answer)));`;
    const { stdout } = await bed.run([installed.node, '-e', withoutTheSystem]);
    expect(stdout).toMatch(/^2 \{"schema":"breakwater\/answer@1","act":"refused","why":"[^"]*too long[^"]*"\}\n$/);
    expect(await stateOfThePc()).toBe(before);
  });

  it('says what was wrong in one plain line without repeating control characters', async () => {
    const why = await expectRefused([token(shieldWith({ reason: '\u001b[2J\nowned' }))]);
    expect(why).not.toMatch(/\p{Cc}/u);
    expect(why.length).toBeLessThan(400);
  });

  it('from someone who is not administrator is refused as such', async () => {
    const argv = [installed.node, installed.helper, token(aRequest('shield'))];
    const { code, stdout } = await bed.run(argv, { user: 'ordinary' });
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ act: 'refused', why: expect.stringContaining('administrator') });
    expect(await stateOfThePc()).toBe(before);
  });

  it('does not even spoil what follows: an honest request still works and touches only our table', async () => {
    const { code, stdout } = await bed.helper([token(aRequest('shield'))]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ act: 'shield', outcome: { kind: 'done', shield: { state: 'up' } } });
    expect(await bed.ruleset()).toMatch(/^table inet strangers \{[\s\S]*^table inet breakwater \{/m);
    expect((await bed.helper([token(aRequest('lift'))])).code).toBe(0);
    // What the attacks were watched with does see a change.
    expect(await stateOfThePc()).toMatch(/var\/upper\/lib\/breakwater\/journal\.jsonl/);
    expect(before.startsWith(await bed.ruleset())).toBe(true);
  });
});
