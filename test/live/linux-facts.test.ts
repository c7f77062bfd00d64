// Reading a real kernel and a real smbd, in network namespaces that vanish with the test.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostFacts } from '../../main/host/host';
import { readConfiguration } from '../../main/host/linux/read/smb-conf';
import type { Fact } from '../../main/model/facts';
import { configurationPlace } from '../../main/model/smb-server';

const run = promisify(execFile);
const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const ipProgram = '/usr/sbin/ip';
const pc = `bwfacts-${process.pid}`;
const peer = `bwfacts-peer-${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), 'bwfacts-'));
const conf = join(folder, 'smb.conf');
const program = join(folder, 'read.cjs');
const node = join(folder, 'node');
const started: ChildProcess[] = [];

const ip = (...args: string[]) => run(ipProgram, args);
const inPc = (...args: string[]) => run(ipProgram, ['netns', 'exec', pc, ...args]);

/** Prints the facts that are asked for, as one line of JSON. */
const entry = `
import { readLinuxFacts } from './main/host/linux/read/facts';
import { thisPc } from './main/host/linux/read/tools';
import { probe } from './main/smb/probe';
const readRuleset = async () => ({ state: 'failed', why: 'not in this test', source: { kind: 'command', name: 'none' }, at: '' });
const tools = { ...thisPc(), now: () => new Date(), probe, readRuleset };
readLinuxFacts(new Set(process.argv.slice(2)), () => {}, tools).then((facts) => console.log(JSON.stringify(facts)));
`;

async function facts(...names: (keyof HostFacts)[]): Promise<HostFacts> {
  return JSON.parse((await inPc(node, program, ...names)).stdout);
}
async function factsAsNobody(...names: (keyof HostFacts)[]): Promise<HostFacts> {
  const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  return JSON.parse((await inPc(...nobody, node, program, ...names)).stdout);
}
function value<T>(fact: Fact<T>): T {
  if (fact.state !== 'known') throw new Error(`${fact.state}: ${fact.why}`);
  return fact.value;
}

/**
 * Starts a program that ends with the test. In a session of its own, since smbd signals its process group when it ends; without
 * Node's usual pipe as standard input, since smbd takes a socket there for a connection.
 */
function start(space: string, argv: readonly string[]): ChildProcess {
  const child = spawn(ipProgram, ['netns', 'exec', space, ...argv], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  started.push(child);
  return child;
}

/** A configuration with private folders below `place`, which are made. */
function samba(place: string, more: string): string {
  const names = ['lock', 'state', 'cache', 'private', 'pid', 'ncalrpc'];
  for (const name of names) mkdirSync(join(place, name), { recursive: true });
  const kind = (name: string): string => (name === 'private' || name === 'ncalrpc' ? 'dir' : 'directory');
  return `[global]
 netbios name = BWFACTS
 smb ports = 445 139
 interfaces = 127.0.0.1 10.77.1.10 fd77:1::10
 bind interfaces only = yes
${names.map((name) => ` ${name} ${kind(name)} = ${join(place, name)}`).join('\n')}
 log file = ${place}/log.%m
 map to guest = Bad User
 disable spoolss = yes
 load printers = no
${more}[share]
 path = ${folder}/share
 guest ok = yes
 writeable = yes
`;
}

beforeAll(async () => {
  await build({
    stdin: { contents: entry, resolveDir: project, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    outfile: program,
    logLevel: 'silent',
  });
  // Everyone may run what is here, so that it can be tried as an ordinary user.
  copyFileSync(join(project, 'node_modules/.bin/node'), node);
  chmodSync(folder, 0o755);
  chmodSync(node, 0o755);
  mkdirSync(join(folder, 'share'));
  writeFileSync(conf, samba(folder, ' server min protocol = SMB2_10\n'));

  await Promise.all([ip('netns', 'add', pc), ip('netns', 'add', peer)]);
  await ip('link', 'add', 'eth0', 'netns', pc, 'type', 'veth', 'peer', 'name', 'lan0', 'netns', peer);
  for (const [space, link, addresses] of [
    [pc, 'eth0', ['10.77.1.10/24', 'fd77:1::10/64']],
    [peer, 'lan0', ['10.77.1.20/24', 'fd77:1::20/64']],
  ] as const) {
    await ip('-n', space, 'link', 'set', 'lo', 'up');
    for (const address of addresses)
      await ip('-n', space, 'addr', 'add', address, 'dev', link, ...(address.includes(':') ? ['nodad'] : []));
    await ip('-n', space, 'link', 'set', link, 'up');
  }
  await ip('-n', pc, 'route', 'add', 'default', 'via', '10.77.1.20', 'metric', '50');
  await ip('-n', pc, 'route', 'add', 'unreachable', '198.51.100.0/24');
  await ip('-n', pc, '-6', 'route', 'add', 'default', 'via', 'fd77:1::20', 'metric', '60');

  start(pc, ['smbd', '-F', '--no-process-group', '-s', conf]);
  for (let tries = 0; (await inPc('ss', '-Hltn', 'sport = 445')).stdout.split('\n').length < 4; tries++) {
    if (tries > 200) throw new Error('smbd does not wait for connections.');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
});

afterAll(async () => {
  for (const space of [pc, peer]) {
    const pids = await run(ipProgram, ['netns', 'pids', space]).then(
      ({ stdout }) => stdout.trim().split(/\s+/),
      () => [],
    );
    for (const pid of pids) if (pid !== '') process.kill(Number(pid), 'SIGKILL');
    await run(ipProgram, ['netns', 'del', space]).catch(() => undefined);
  }
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe('a PC with smbd', () => {
  it('names the addresses at which smbd waits, and smbd', async () => {
    const listeners = value((await facts('listeners')).listeners);
    const at445 = listeners.filter((listener) => listener.port === 445).map((listener) => listener.address);
    expect(at445.sort()).toEqual(['10.77.1.10', '127.0.0.1', 'fd77:1::10']);
    const { stdout } = await inPc('ss', '-Hltnp', 'sport = 445');
    const pid = Number(/pid=(\d+)/.exec(stdout)?.[1]);
    expect(new Set(listeners.map((listener) => JSON.stringify(listener.owner)))).toEqual(
      new Set([JSON.stringify({ name: 'smbd', pid })]),
    );
  });

  it('tells interfaces and routes as ip(8) does', async () => {
    const { interfaces, routes } = value((await facts('network')).network);
    expect(interfaces.map((one) => `${one.name} ${one.kind}`)).toEqual(['lo loopback', 'eth0 wired']);
    const told = interfaces[1]?.addresses.map(({ address, subnet, scope }) => `${address} ${subnet} ${scope}`);
    expect(told).toEqual(expect.arrayContaining(['10.77.1.10 10.77.1.0/24 private', 'fd77:1::10 fd77:1::/64 private']));
    expect(told).toHaveLength(3);
    expect(routes?.map((route) => `${route.destination} ${route.gateway} ${route.interface} ${route.metric}`)).toEqual([
      '0.0.0.0/0 10.77.1.20 eth0 50',
      '10.77.1.0/24 null eth0 0',
      'fd77:1::/64 null eth0 256',
      'fe80::/64 null eth0 256',
      '::/0 fd77:1::20 eth0 60',
    ]);
  });

  it('tells who is connected, in both directions and families, but not its connections to itself', async () => {
    const client = `
import socket, sys, time
held = [socket.create_connection((a, 445)) for a in sys.argv[1:]]
print('connected', flush=True)
time.sleep(60)
`;
    const serve = `
import socket, time
s = socket.socket(); s.bind(('10.77.1.20', 445)); s.listen(5)
print('waiting', flush=True)
time.sleep(60)
`;
    const talking = async (space: string, script: string, ...args: string[]): Promise<void> => {
      const child = start(space, ['/usr/bin/python3', '-c', script, ...args]);
      await new Promise((resolve) => child.stdout?.once('data', resolve));
    };
    await talking(peer, serve);
    await talking(peer, client, '10.77.1.10', 'fd77:1::10');
    await talking(pc, client, '10.77.1.20', '127.0.0.1', '10.77.1.10');
    const sessions = value((await facts('sessions')).sessions);
    expect(
      sessions.map(({ direction, local, remote, owner }) => {
        const far = direction === 'in' ? remote.address : `${remote.address}:${remote.port}`;
        return `${direction} ${far} at ${local.address} by ${owner?.name}`;
      }),
    ).toEqual([
      expect.stringMatching(
        /^(in 10\.77\.1\.20 at 10\.77\.1\.10 by smbd|out 10\.77\.1\.20:445 at 10\.77\.1\.10 by python3)/,
      ),
      expect.stringMatching(
        /^(in 10\.77\.1\.20 at 10\.77\.1\.10 by smbd|out 10\.77\.1\.20:445 at 10\.77\.1\.10 by python3)/,
      ),
      'in fd77:1::20 at fd77:1::10 by smbd',
    ]);
    expect(new Set(sessions.map((session) => session.direction))).toEqual(new Set(['in', 'out']));
  });

  it('finds the configuration that smbd was started with', async () => {
    const [server, ...others] = value((await facts('servers')).servers);
    expect(others).toEqual([]);
    expect(server && configurationPlace(server)).toBe(conf);
    expect(server?.shares.filter((share) => share.name === 'share')).toEqual([
      { name: 'share', path: `${folder}/share`, guest: true, readOnly: false },
    ]);
    const minimum = server?.settings.find((setting) => setting.name === 'server min protocol');
    expect(minimum).toMatchObject({ value: 'SMB2_10', isDefault: false });
  });

  it('asks smbd once, and gets the answer that its configuration makes it give', async () => {
    const answers = value((await facts('smb')).smb);
    expect(answers.map((answer) => answer.address)).toEqual(['127.0.0.1']);
    expect(answers[0]?.dialects['3.1.1']).toBe('accepted');
    expect(answers[0]?.dialects['2.0.2']).toBe('refused');
  });

  it('knows an ordinary user from an administrator, who sees more', async () => {
    const asked = ['system', 'listeners', 'sessions', 'smb', 'servers'] as const;
    const [root, nobody] = [await facts(...asked), await factsAsNobody(...asked)];
    expect([value(root.system).administrator, value(nobody.system).administrator]).toEqual([true, false]);
    expect(value(nobody.listeners)).toEqual(value(root.listeners).map((listener) => ({ ...listener, owner: null })));
    expect(value(nobody.sessions)).toEqual(value(root.sessions).map((session) => ({ ...session, owner: null })));
    expect(value(nobody.smb)).toHaveLength(1);
  });

  it('says so where a configuration may not be read', async () => {
    chmodSync(conf, 0o600);
    try {
      expect((await factsAsNobody('servers')).servers).toMatchObject({
        state: 'not-permitted',
        why: { code: 'linux.file.forbidden', params: { path: conf } },
        source: { kind: 'file', name: conf },
      });
    } finally {
      chmodSync(conf, 0o644);
    }
  });
});

describe("Samba's configuration", () => {
  it('reads as Samba itself reads it, defaults included', async () => {
    const tricky = join(folder, 'tricky.conf');
    writeFileSync(
      tricky,
      samba(
        join(folder, 'second'),
        '# comment \\\n ntlmAUTH = mschapv2-and-ntlmv2-only\n allow hosts = 10. \\\n   192.168.\nsmb encrypt = desired\n[first]\npath=/a\npublic=yes\n[GLOBALS]\n max protocol = SMB3_02\n',
      ),
    );
    const { stdout } = await run('testparm', ['-sv', tricky]);
    const reading = (text: string) => readConfiguration('/x', () => text, { commentsAnywhere: false });
    const theirs = reading(stdout);
    const child = start(pc, ['smbd', '-F', '--no-process-group', '-s', tricky, '-p', '1445']);
    await expect
      .poll(async () => value((await facts('servers')).servers).map(configurationPlace), {
        timeout: 10_000,
      })
      .toContain(tricky);
    const ours = value((await facts('servers')).servers).find((server) => configurationPlace(server) === tricky);
    child.kill('SIGKILL');
    const words = (text: string) =>
      text
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((word) => word !== '')
        .join(' ');
    for (const setting of ours?.settings ?? []) {
      const expected = setting.name === 'smb ports' ? '1445' : (theirs.global.get(setting.name)?.value ?? '');
      expect(`${setting.name} = ${words(setting.value)}`).toBe(`${setting.name} = ${words(expected)}`);
    }
    expect(ours?.settings.length).toBeGreaterThan(10);
    expect(ours?.shares.map((share) => share.name)).toEqual([...theirs.shares.values()].map((share) => share.name));
  });

  it('is the one that the environment of smbd names, as smbd itself reads it', async () => {
    const named = join(folder, 'named.conf');
    writeFileSync(named, samba(join(folder, 'third'), ' smb ports = 1447\n'));
    const child = start(pc, ['env', `SMB_CONF_PATH=${named}`, 'smbd', '-F', '--no-process-group']);
    const ports = async () => (await inPc('ss', '-Hltn', 'sport = 1447')).stdout;
    await expect.poll(ports, { timeout: 10_000 }).toContain(':1447');
    const servers = value((await facts('servers')).servers);
    expect(servers.map(configurationPlace)).toContain(named);
    child.kill('SIGKILL');
  });
});
