// The test bed itself: what it offers is real, and nothing of it is left on the machine.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bed, raiseBed } from './bed/bed';
import { everyConnect, named, openOnes } from './bed/connects';
import { processesIn } from './bed/holder';
import { ordinaryUser } from './bed/ordinary-user';

const allNames = everyConnect.map(named);

describe('a bed', () => {
  let bed: Bed;
  beforeAll(async () => {
    bed = await raiseBed();
  });
  beforeEach(() => bed.nft('flush ruleset'));
  afterAll(() => bed.down());

  it('lets everyone in while there are no rules', async () => {
    expect(allNames).toHaveLength(26);
    expect(openOnes(await bed.connect())).toEqual(allNames);
  });

  it('tells apart what rules do to a connect', async () => {
    await bed.nft(`table inet t { chain in { type filter hook input priority 0;
      ip saddr 10.77.1.20 drop
      ip saddr 10.77.1.21 reject with tcp reset
      ip saddr 10.77.2.20 reject with icmp host-unreachable
      ip6 saddr fd77:2::20 reject with icmpv6 admin-prohibited
      ip saddr 203.0.113.9 reject with icmp port-unreachable
      ip6 saddr fe80::/10 drop
    }; }`);
    const told = (await bed.connect()).filter(({ port, result }) => port === 445 && result !== 'open');
    expect(told.map((probe) => [named(probe), probe.result])).toEqual([
      ['lan ipv4 445', 'dropped'],
      ['lan-b ipv4 445', 'refused'],
      ['lan-ll ipv6 445', 'dropped'],
      ['lan2 ipv4 445', 'unreachable'],
      ['lan2 ipv6 445', 'prohibited'],
      ['wan ipv4 445', 'refused'],
    ]);
  });

  it('sees which datagrams arrive', async () => {
    await bed.listen([{ space: 'pc', protocol: 'udp', port: 137 }]);
    const probes = [
      { space: 'lan', source: '10.77.1.20', destination: '10.77.1.10', port: 137 },
      { space: 'lan', source: 'fd77:1::20', destination: 'fd77:1::10', port: 137 },
      { space: 'wan', source: '203.0.113.9', destination: '10.77.1.10', port: 137 },
      { space: 'lan', source: '10.77.1.20', destination: '10.77.1.10', port: 999 },
    ];
    await bed.nft('table ip t { chain in { type filter hook input priority 0; ip saddr 203.0.113.9 drop; }; }');
    expect(await bed.datagrams(probes)).toEqual(['arrived', 'arrived', 'stopped', 'refused']);
  });

  it('hammers while something else happens', async () => {
    const hammering = await bed.hammer(everyConnect);
    await bed.nft(
      'table inet t { chain in { type filter hook input priority 0; iif "lo" accept; reject with tcp reset; }; }',
    );
    // Patient: what is hammered answers some first packets only when they are sent again. Nothing here is dropped for good.
    expect(openOnes(await bed.connect(15))).toHaveLength(4);
    const met = await hammering.rest();
    expect(met.refused).toBeGreaterThan(0);
    expect(met.open).toBeGreaterThan(0);
  });

  it('keeps what a program writes below /etc and /var, and only for itself', async () => {
    const write =
      'mkdir -p /var/lib/breakwater && echo kept > /var/lib/breakwater/bed-test && echo kept > /etc/bed-test';
    expect(await bed.run(['sh', '-c', write])).toMatchObject({ code: 0, stderr: '' });
    expect((await bed.run(['cat', '/var/lib/breakwater/bed-test', '/etc/bed-test'])).stdout).toBe('kept\nkept\n');
    expect(existsSync('/var/lib/breakwater/bed-test')).toBe(false);
    expect(existsSync('/etc/bed-test')).toBe(false);
  });

  it('has an ordinary user who may not touch what is installed nor the rules', async () => {
    expect((await bed.run(['id', '-un'], { user: 'ordinary' })).stdout).toBe(`${ordinaryUser.name}\n`);
    expect((await bed.run(['touch', '/opt/breakwater/mine'], { user: 'ordinary' })).code).toBe(1);
    expect((await bed.run(['nft', 'list', 'ruleset'], { user: 'ordinary' })).stderr).toMatch(/not permitted/);
  });

  it('ends a program that takes too long', async () => {
    await expect(bed.run(['sleep', '30'], { within: 100 })).rejects.toThrow('Not finished within 100 ms: sleep 30');
  });

  it('says what is wrong with rules that do not load', async () => {
    await expect(bed.nft('table inet {')).rejects.toThrow(/syntax error/);
  });
});

describe('polkit in a bed', () => {
  let bed: Bed;
  beforeAll(async () => {
    bed = await raiseBed({ smbd: false });
  });
  afterAll(() => bed.down());

  /** As the product asks: a program (here a shell) that calls pkexec and waits for it. */
  const become = (within = 10_000) =>
    bed.run(['sh', '-c', 'pkexec --disable-internal-agent /usr/bin/id -u; exit $?'], { user: 'ordinary', within });

  it('grants', async () => {
    await bed.polkit({ answer: 'yes' });
    expect(await become()).toMatchObject({ code: 0, stdout: '0\n' });
  });

  it('denies', async () => {
    await bed.polkit({ answer: 'no' });
    expect(await become()).toMatchObject({ code: 127, stdout: '', stderr: expect.stringContaining('Not authorized') });
  });

  it('has nobody to ask', async () => {
    await bed.polkit({ answer: 'no-agent' });
    const { code, stderr } = await become();
    expect([code, stderr]).toEqual([127, expect.stringContaining('No authentication agent found')]);
  });

  it('takes the right password', async () => {
    await bed.polkit({ answer: { password: ordinaryUser.password } });
    expect(await become()).toMatchObject({ code: 0, stdout: '0\n' });
  });

  it('refuses a wrong password', async () => {
    await bed.polkit({ answer: { password: 'not this one' } });
    expect(await become()).toMatchObject({ code: 127, stdout: '', stderr: expect.stringContaining('Not authorized') });
  });

  it('hears that the question was cancelled', async () => {
    await bed.polkit({ answer: 'cancels' });
    expect(await become()).toMatchObject({ code: 126, stdout: '', stderr: expect.stringContaining('dismissed') });
  });

  it('waits for someone who never answers', async () => {
    await bed.polkit({ answer: 'silent' });
    await expect(become(1500)).rejects.toThrow('Not finished within 1500 ms');
  });
});

describe('the end of a bed', () => {
  it('leaves no process', async () => {
    const bed = await raiseBed();
    bed.start(['sleep', '100']);
    await bed.connect();
    expect(processesIn(bed.pidNamespace).length).toBeGreaterThan(3);
    await bed.down();
    expect(processesIn(bed.pidNamespace)).toEqual([]);
  });

  it('comes by itself when the process that raised it is killed', async () => {
    const holding = `const { spawn } = require('node:child_process');
      const bed = spawn('unshare', ['--pid', '--mount', '--net', '--fork', '--kill-child', '--mount-proc', 'bash', '-c',
        'sleep 100 & echo up; while read -r _; do :; done'], { detached: true });
      bed.stdout.on('data', () => console.log(require('node:fs').readlinkSync('/proc/' + bed.pid + '/ns/pid_for_children')));`;
    const owner = spawn(process.execPath, ['-e', holding]);
    const pidNamespace = await new Promise<string>((resolve) => {
      owner.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    });
    expect(processesIn(pidNamespace).length).toBeGreaterThan(0);
    owner.kill('SIGKILL');
    await expect.poll(() => processesIn(pidNamespace)).toEqual([]);
  });
});
