// The probe against the real smbd, in a network of its own.
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SmbAnswer } from '../../main/model/smb';
import { inEnglish } from '../unit/in-english';

const run = promisify(execFile);
const ip = 'ip';
const network = `bwsmb-${process.pid}`;
const linkLocal = 'fe80::ff:fe77:110';
const accepted = {
  '2.0.2': 'accepted',
  '2.1': 'accepted',
  '3.0': 'accepted',
  '3.0.2': 'accepted',
  '3.1.1': 'accepted',
};
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bwsmb-'));
  await build({
    stdin: {
      contents: `import { probe } from './main/smb/probe';
        probe({ address: process.argv[2], port: Number(process.argv[3]) }).then((answer) => {
          console.log(JSON.stringify(answer));
        });`,
      resolveDir: process.cwd(),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    outfile: join(folder, 'ask.cjs'),
    logLevel: 'warning',
  });
  await run(ip, ['netns', 'add', network]);
  const commands = [
    'link set lo up',
    'link add eth0 type veth peer name eth1',
    'link set eth0 addrgenmode none',
    'link set eth1 addrgenmode none',
    `address add ${linkLocal}/64 dev eth0 nodad`,
    'link set eth0 up',
    'link set eth1 up',
  ];
  for (const command of commands) await run(ip, ['-n', network, ...command.split(' ')]);
});

afterAll(async () => {
  await run(ip, ['netns', 'del', network]).catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});

/** Runs `use` while smbd listens on 445 and 139 with these settings; ends smbd and all its children whatever happens. */
async function withSmbd(settings: readonly string[], use: () => Promise<void>): Promise<void> {
  const own = await mkdtemp(join(folder, 'smbd-'));
  const places = ['lock', 'state', 'cache', 'private', 'pid', 'rpc', 'share'] as const;
  await Promise.all(places.map((place) => mkdir(join(own, place))));
  const configuration = [
    '[global]',
    'netbios name = GTPC',
    'workgroup = GTGROUP',
    'smb ports = 445 139',
    `lock directory = ${own}/lock`,
    `state directory = ${own}/state`,
    `cache directory = ${own}/cache`,
    `private dir = ${own}/private`,
    `pid directory = ${own}/pid`,
    `ncalrpc dir = ${own}/rpc`,
    `log file = ${own}/log`,
    'disable spoolss = yes',
    'load printers = no',
    ...settings,
    '[share]',
    `path = ${own}/share`,
  ];
  await writeFile(join(own, 'smb.conf'), `${configuration.join('\n')}\n`);
  // Detached: smbd needs a session of its own, or it signals ours when it ends.
  const smbd = spawn(
    ip,
    ['netns', 'exec', network, 'smbd', '--foreground', '--no-process-group', `--configfile=${own}/smb.conf`],
    { detached: true, stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => smbd.on('close', resolve));
  try {
    await expect.poll(listens, { timeout: 10_000, interval: 20 }).toBe(true);
    await use();
  } finally {
    if (smbd.pid !== undefined && smbd.exitCode === null) process.kill(-smbd.pid, 'SIGTERM');
    await ended;
    await expect.poll(processes, { timeout: 5_000, interval: 20 }).toEqual([]);
  }
}

async function listens(): Promise<boolean> {
  const { stdout } = await run(ip, ['netns', 'exec', network, 'ss', '-Hltn', 'sport = 445']);
  return stdout.includes(':445');
}

async function processes(): Promise<readonly string[]> {
  const { stdout } = await run(ip, ['netns', 'pids', network]);
  return stdout.split('\n').filter((line) => line !== '');
}

async function ask(address: string, port: number): Promise<SmbAnswer> {
  const { stdout } = await run(ip, [
    'netns',
    'exec',
    network,
    process.execPath,
    join(folder, 'ask.cjs'),
    address,
    String(port),
  ]);
  return JSON.parse(stdout);
}

/** The dialects that nmap finds, as numbers in hexadecimal: "202", "311", and "SMBv1". */
async function nmapDialects(): Promise<readonly string[]> {
  const { stdout } = await run(ip, [
    ...['netns', 'exec', network, 'nmap', '-n', '-Pn', '-p445'],
    ...['--script', 'smb-protocols', '127.0.0.1'],
  ]);
  return [...stdout.matchAll(/^\|_?\s+(\d)[.:]?(\d)[.:]?(\d)\s*$/gm)].map(([, a, b, c]) => `${a}.${b}.${c}`);
}

describe('smbd as it ships', () => {
  test('refuses SMB1, takes all of SMB2, names itself, on each address and port', async () => {
    await withSmbd([], async () => {
      const expected = {
        smb1: 'refused',
        dialects: accepted,
        chosen: '3.1.1',
        signing: 'offered',
        encryption: 'AES-128-GCM',
        compression: [],
        ntlm: { computer: 'GTPC', version: '6.1.0' },
        problems: [],
      };
      const places = [
        ['127.0.0.1', 445],
        ['127.0.0.1', 139],
        ['::1', 445],
        ['::1', 139],
        [`${linkLocal}%eth0`, 445],
      ] as const;
      for (const [address, port] of places) {
        const answer = await ask(address, port);
        expect(answer).toMatchObject({ address, port, ...expected });
        const off = Math.abs(Date.parse(answer.systemTime ?? '') - Date.now());
        expect(off).toBeLessThan(60_000);
      }
    });
  });

  test('has the dialects that nmap finds', async () => {
    await withSmbd([], async () => {
      const answer = await ask('127.0.0.1', 445);
      const ours = Object.entries(answer.dialects)
        .filter(([, acceptance]) => acceptance === 'accepted')
        .map(([dialect]) => (dialect.length === 3 ? `${dialect}.0` : dialect));
      expect([...(await nmapDialects())].sort()).toEqual(ours.sort());
    });
  });
});

describe('smbd as people set it up', () => {
  test('SMB1 allowed', async () => {
    await withSmbd(['server min protocol = NT1'], async () => {
      expect(await ask('127.0.0.1', 445)).toMatchObject({
        smb1: 'accepted',
        dialects: accepted,
        problems: [],
      });
      expect(await ask('127.0.0.1', 139)).toMatchObject({
        smb1: 'accepted',
        dialects: accepted,
        problems: [],
      });
    });
  });

  test('SMB1 only', async () => {
    await withSmbd(['server min protocol = NT1', 'server max protocol = NT1'], async () => {
      const refused = {
        '2.0.2': 'refused',
        '2.1': 'refused',
        '3.0': 'refused',
        '3.0.2': 'refused',
        '3.1.1': 'refused',
      };
      expect(await ask('127.0.0.1', 445)).toMatchObject({ smb1: 'accepted', dialects: refused, chosen: null });
    });
  });

  test('SMB 3.1.1 only, which smb.conf calls SMB3', async () => {
    await withSmbd(['server min protocol = SMB3'], async () => {
      const answer = await ask('127.0.0.1', 445);
      expect(answer).toMatchObject({
        smb1: 'refused',
        dialects: { '2.0.2': 'refused', '2.1': 'refused', '3.0': 'refused', '3.0.2': 'refused', '3.1.1': 'accepted' },
        chosen: '3.1.1',
        problems: [],
      });
    });
  });

  test('SMB 2.1 at most', async () => {
    await withSmbd(['server max protocol = SMB2_10'], async () => {
      expect(await ask('127.0.0.1', 445)).toMatchObject({
        dialects: { '2.0.2': 'accepted', '2.1': 'accepted', '3.0': 'refused', '3.0.2': 'refused', '3.1.1': 'refused' },
        chosen: '2.1',
        encryption: null,
        problems: [],
      });
    });
  });

  test('signing a must', async () => {
    await withSmbd(['server signing = mandatory'], async () => {
      expect(await ask('127.0.0.1', 445)).toMatchObject({ signing: 'required', problems: [] });
    });
  });

  test('encryption off', async () => {
    await withSmbd(['server smb encrypt = off'], async () => {
      expect(await ask('127.0.0.1', 445)).toMatchObject({ chosen: '3.1.1', encryption: null, problems: [] });
    });
  });
});

test('without smbd nothing is claimed', async () => {
  const answer = await ask('127.0.0.1', 445);
  expect(answer).toMatchObject({ smb1: 'unknown', chosen: null, signing: 'unknown' });
  expect(answer.problems.map(inEnglish)).toEqual([expect.stringContaining('the connection was refused')]);
});
