// What an ordinary user's processes and files can do to an inspection that an administrator makes: nothing.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Bed, installed, raiseBed } from './bed/bed';
import { ordinaryUser } from './bed/ordinary-user';

const { home } = ordinaryUser;
const secretWord = 'keel-laid-at-midnight';
/** Milliseconds; without an attack it takes less than one second. */
const bound = 10_000;

interface Inspected {
  readonly code: number | null;
  readonly took: number;
  readonly stdout: string;
  readonly findings: readonly { readonly id: string; readonly because: string }[];
  readonly servers: { readonly state: string; readonly value?: readonly Record<string, unknown>[] };
}

describe('an inspection by an administrator', () => {
  let bed: Bed;
  let quiet: Inspected;

  const inspect = async (user?: 'ordinary'): Promise<Inspected> => {
    const start = Date.now();
    const ended = await bed.breakwater(['inspect', '--json'], { ...(user ? { user } : {}), within: 60_000 });
    const { facts, verdicts } = JSON.parse(ended.stdout);
    return {
      ...{ code: ended.code, took: Date.now() - start, stdout: ended.stdout },
      ...{ findings: verdicts.findings, servers: facts.servers },
    };
  };
  const asUser = async (script: string): Promise<void> => {
    const ended = await bed.run(['/bin/bash', '-ec', script], { user: 'ordinary' });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
  };
  /** Runs until the test is over; resolves once its name is seen. */
  const attack = async (name: string, command: string): Promise<void> => {
    bed.start(['/bin/bash', '-c', command], { user: 'ordinary' });
    const seen = `for i in $(seq 200); do pgrep -u ${ordinaryUser.uid} -x '${name}' > /dev/null && exit 0; sleep 0.05; done; exit 1`;
    expect((await bed.run(['/bin/bash', '-c', seen])).code).toBe(0);
  };
  /** A program that waits, under the name that the kernel keeps, with a command line of one's choice. */
  const waiting = (name: string, words: string): string =>
    `cp /usr/bin/sleep ${home}/${name}; exec -a /usr/sbin/${name} ${home}/${name} ${words}`;
  const calledSmbd = (configuration: string): string =>
    // sleep(1) would not take these words: python names itself, and keeps them.
    `exec -a /usr/sbin/smbd /usr/bin/python3 -c 'import ctypes, time; ctypes.CDLL(None).prctl(15, b"smbd", 0, 0, 0); time.sleep(600)' -s ${configuration}`;

  beforeAll(async () => {
    bed = await raiseBed({
      smbd: { settings: { 'usershare max shares': '100', 'usershare path': '/var/lib/samba/usershares' } },
    });
    const prepare = `
      install -d -m 1770 -o root -g ${ordinaryUser.uid} /var/lib/samba/usershares
      printf '[hidden]\\n  path = /root/${secretWord}\\n  guest ok = yes\\n${secretWord} was here\\n' > /root/secret.conf
      chmod 600 /root/secret.conf
      printf '  writeable = yes\\n' >> /etc/samba/smb.conf`;
    expect(await bed.run(['/bin/bash', '-ec', prepare])).toMatchObject({ code: 0, stderr: '' });
    quiet = await inspect();
    expect(quiet.findings.map(({ id }) => id)).toContain('guest-share-writable');
    expect(quiet.code).toBe(1);
  });
  afterEach(async () => {
    await bed.run(['pkill', '-KILL', '-u', String(ordinaryUser.uid)]);
    await bed.run(['/bin/bash', '-c', `rm -rf ${home}/* /var/lib/samba/usershares/*`]);
  });
  afterAll(() => bed.down());

  const expectUndisturbed = (seen: Inspected): void => {
    expect(seen.took).toBeLessThan(bound);
    expect([seen.code, seen.findings]).toEqual([quiet.code, quiet.findings]);
    expect(seen.servers.value).toEqual(quiet.servers.value);
    expect(seen.stdout).not.toContain(secretWord);
    expect(seen.stdout).not.toContain('/root/');
  };

  it.each<[string, string, string]>([
    ['a FIFO', `mkfifo ${home}/named`, `${home}/named`],
    ['/dev/zero', '', '/dev/zero'],
    ['a terminal', '', '/dev/tty'],
    ['a file of 100 GB', `truncate -s 100G ${home}/named`, `${home}/named`],
    [
      'a configuration that includes itself',
      `for i in 1 2 3; do echo include = ${home}/named; done > ${home}/named`,
      `${home}/named`,
    ],
    ['an empty configuration', `touch ${home}/named`, `${home}/named`],
    ['a file that only root may read', '', '/root/secret.conf'],
    ['a file that is not there', '', '/root/absent.conf'],
    ['a link to a file that only root may read', `ln -s /root/secret.conf ${home}/named`, `${home}/named`],
  ])("is not disturbed by an ordinary user's smbd that names %s", async (_what, prepare, configuration) => {
    await asUser(prepare || 'true');
    await attack('smbd', calledSmbd(configuration));
    expectUndisturbed(await inspect());
    // Nor is one by somebody else.
    const theirs = await inspect('ordinary');
    expect(theirs.took).toBeLessThan(bound);
  });

  it('is not disturbed by an smbd of the PC itself that an ordinary user runs', async () => {
    await asUser(`mkfifo ${home}/named`);
    await asUser(
      `printf '[global]\\n  smb ports = 4450\\n  private dir = ${home}\\n  lock directory = ${home}\\n  pid directory = ${home}\\n  log file = ${home}/log\\n' > ${home}/own.conf`,
    );
    bed.start(['/usr/sbin/smbd', '--foreground', '--no-process-group', `--configfile=${home}/own.conf`], {
      user: 'ordinary',
    });
    bed.start(['/usr/sbin/smbd', '--foreground', `--configfile=${home}/named`], { user: 'ordinary' });
    expectUndisturbed(await inspect());
  });

  it('is not disturbed by a program of more rights that an ordinary user started under another name', async () => {
    await asUser(`mkfifo ${home}/named; ln -s /usr/bin/su ${home}/smbd`);
    // su waits for a password, as root.
    bed.start(['/usr/bin/script', '-qc', `${home}/smbd -s ${home}/named`, '/dev/null'], { user: 'ordinary' });
    expectUndisturbed(await inspect());
  });

  it('is not disturbed by ksmbd.mountd, dockerd and firewalld that are none', async () => {
    for (const name of ['ksmbd.mountd', 'dockerd', 'firewalld']) await attack(name, waiting(name, '600'));
    const seen = await inspect();
    expectUndisturbed(seen);
    const { managers } = JSON.parse(seen.stdout).facts;
    expect(
      managers.value.filter(
        ({ name, state }: { name: string; state: string }) => /docker|firewalld/.test(name) && state === 'active',
      ),
    ).toEqual([]);
  });

  it('is not disturbed by processes with a million descriptors, although the holder of a socket is found late', async () => {
    // Its socket is nobody's that is usually looked for: every process is looked into.
    const late = bed.start([
      '/usr/bin/python3',
      '-c',
      'import socket, time; s = socket.create_server(("127.0.0.1", 5445)); time.sleep(600)',
    ]);
    const many = `exec /usr/bin/python3 -c '
import ctypes, os, resource, time
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
first = os.open("/dev/null", os.O_RDONLY)
try:
    for i in range(1000000): os.dup(first)
except OSError: pass
for i in range(59):
    if os.fork() == 0: break
ctypes.CDLL(None).prctl(15, b"smbd", 0, 0, 0)
time.sleep(600)'`;
    bed.start(['/bin/bash', '-c', many], { user: 'ordinary' });
    const { uid } = ordinaryUser;
    const all = `for i in $(seq 500); do [ "$(pgrep -u ${uid} -x -c smbd)" = 60 ] && exit 0; sleep 0.05; done; exit 1`;
    expect((await bed.run(['/bin/bash', '-c', all])).code).toBe(0);
    const count = await bed.run(['/bin/bash', '-c', `ls /proc/$(pgrep -u ${uid} -x -o smbd)/fd | wc -l`]);
    expect(60 * Number(count.stdout)).toBeGreaterThan(1_000_000);
    const seen = await inspect();
    expectUndisturbed(seen);
    const { listeners } = JSON.parse(seen.stdout).facts;
    const owners = listeners.value.map(
      ({ port, owner }: { port: number; owner: { name: string } | null }) => `${port} ${owner?.name}`,
    );
    expect(new Set(owners)).toEqual(new Set(['445 smbd', '139 smbd', '5445 python3']));
    if (late.pid !== undefined) process.kill(-late.pid, 'SIGKILL');
  }, 120_000);

  it('names a FIFO, a link and a file of 100 GB among the shares that users made, and tells the rest', async () => {
    const folder = '/var/lib/samba/usershares';
    await asUser(`
      mkfifo ${folder}/fifo; ln -s /root/secret.conf ${folder}/linked; truncate -s 100G ${folder}/large
      printf '#VERSION 2\\npath=/srv/open\\ncomment=\\nusershare_acl=S-1-1-0:F\\nguest_ok=y\\n' > ${folder}/good`);
    const seen = await inspect();
    expect(seen.took).toBeLessThan(bound);
    expect(seen.code).toBe(1);
    const [server] = seen.servers.value ?? [];
    expect(server?.shares).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'good', guest: true }),
        expect.objectContaining({ name: 'share', guest: true, readOnly: false }),
      ]),
    );
    expect([...((server?.unread ?? []) as string[])].sort()).toEqual([
      `${folder}/fifo is no regular file: not read.`,
      `${folder}/large is larger than 10 kB: not read.`,
      `${folder}/linked is no regular file: not read.`,
    ]);
    expect(seen.stdout).not.toContain(secretWord);
  });

  it('reads no private file that an ordinary user put in the place of an included one', async () => {
    const conf = '/etc/samba/smb.conf';
    await bed.run(['/bin/bash', '-ec', `cp ${conf} /run/kept.conf; sed -i '1a include = ${home}/part.conf' ${conf}`]);
    try {
      await asUser(`ln -s /root/secret.conf ${home}/part.conf`);
      const seen = await inspect();
      expect(seen.findings.map(({ id }) => id)).toContain('guest-share-writable');
      expect(seen.stdout).not.toContain(secretWord);
      expect(seen.stdout).toContain('is a private file at a place that ordinary users can change: not read.');
    } finally {
      await bed.run(['mv', '/run/kept.conf', conf]);
    }
  });

  it('takes nothing from an environment that an ordinary user made up', async () => {
    // As "sudo -E" would hand it on.
    await asUser(`
      mkdir -p ${home}/bin ${home}/.local/state/breakwater ${home}/state/breakwater
      for name in nft smbd iptables-save ip6tables-save ipset rpm; do
        printf '#!/bin/sh\\ntouch /run/share/ran\\nsleep 600\\n' > ${home}/bin/$name; chmod 755 ${home}/bin/$name
      done
      mkfifo ${home}/named ${home}/.local/state/breakwater/advisories.json ${home}/state/breakwater/advisories.json`);
    const env = {
      ...{ PATH: `${home}/bin`, HOME: home, SMB_CONF_PATH: `${home}/named`, TMPDIR: home },
      ...{ XDG_STATE_HOME: `${home}/state`, XDG_CONFIG_HOME: home, LD_LIBRARY_PATH: home },
    };
    for (const state of [env.XDG_STATE_HOME, '']) {
      const start = Date.now();
      const words = Object.entries({ ...env, XDG_STATE_HOME: state }).map(([name, value]) => `${name}=${value}`);
      const command = [installed.node, installed.cli, 'inspect', '--json'];
      const ended = await bed.run(['/usr/bin/env', ...words, ...command], { within: 60_000 });
      const { facts, verdicts } = JSON.parse(ended.stdout);
      const took = Date.now() - start;
      const { stdout } = ended;
      expectUndisturbed({ code: ended.code, took, stdout, findings: verdicts.findings, servers: facts.servers });
      expect(verdicts.patch).toEqual(JSON.parse(quiet.stdout).verdicts.patch);
    }
    expect((await bed.run(['/usr/bin/test', '-e', '/run/share/ran'])).code).toBe(1);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends by %s at any moment of it', async (signal) => {
    const folder = '/var/lib/samba/usershares';
    await asUser(`for i in $(seq 1500); do printf 'path=/x\\n' > ${folder}/s$i; done; mkfifo ${folder}/fifo`);
    await attack('smbd', calledSmbd('/dev/zero'));
    for (let wait = 20; wait < 700; wait += 40) {
      const start = Date.now();
      const script = `${installed.node} ${installed.cli} inspect > /dev/null 2>&1 & sleep ${wait / 1000}; kill -${signal.slice(3)} $!; wait $!; echo $?`;
      const { stdout } = await bed.run(['/bin/bash', '-c', script]);
      // 130 and 143: it had not begun yet. 4: stopped. 1: it had ended before.
      expect(['130\n', '143\n', '4\n', '1\n']).toContain(stdout);
      expect(Date.now() - start).toBeLessThan(wait + 3000);
    }
  });
});
