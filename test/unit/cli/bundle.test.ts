// The real thing: the command line as it is shipped, a process of its own, over the real engine and the simulated PCs.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../../scripts/ensure-built.mjs';

const program = join(import.meta.dirname, '../../../out/cli.js');
let root: string;
let state: string;

beforeAll(async () => {
  await ensureBuilt();
  root = mkdtempSync(join(tmpdir(), 'breakwater-cli-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
  state = mkdtempSync(join(root, 'state-'));
});

const environment = (): NodeJS.ProcessEnv => ({ ...process.env, XDG_STATE_HOME: state });
const start = (line: string): ChildProcess =>
  spawn(process.execPath, [program, ...line.split(' ')], { env: environment() });

function cli(line: string): { readonly code: number | null; readonly out: string; readonly err: string } {
  const args = line === '' ? [] : line.split(' ');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env: environment(),
  });
  return { code: status, out: stdout, err: stderr };
}

const banner = (name: string): RegExp =>
  new RegExp(`^\\*\\*\\* SIMULATED PC "${name}" [^\\n]*\\n[^]*\\n\\*\\*\\* SIMULATED PC "${name}" [^\\n]*\\n$`);

describe('a shield on a simulated PC, from process to process', () => {
  test('goes up, is there, is replaced, and comes down', () => {
    const pc = '--simulate windows-public-wifi';
    expect(cli(`${pc} status --json`)).toMatchObject({ code: 1 });
    expect(cli(`${pc} inspect --only firewall`)).toMatchObject({ code: 1 });

    const up = cli(`${pc} shield --until 7d --allow 10.20.29.117 --json`);
    expect(up.code).toBe(0);
    expect(JSON.parse(up.out)).toMatchObject({
      schema: 'breakwater/outcome@1',
      simulated: 'windows-public-wifi',
      act: 'shield',
      outcome: { kind: 'done', shield: { state: 'up' } },
    });

    const status = cli(`${pc} status --json`);
    expect(status.code).toBe(0);
    expect(JSON.parse(status.out)).toMatchObject({
      schema: 'breakwater/status@1',
      at: '2020-03-13T09:30:00.000Z',
      state: 'up',
      shield: { until: '2020-03-20T09:30:00.000Z', allow: { ipv4: ['10.20.29.117/32'], ipv6: [] } },
      counted: { blocked: 6, allowed: 9 },
    });

    expect(cli(`${pc} inspect --only firewall`)).toMatchObject({ code: 0 });
    const review = cli(`${pc} review --json`);
    expect(review.code).toBe(1);
    expect(JSON.parse(review.out)).toMatchObject({
      schema: 'breakwater/review@1',
      source: 'windows-firewall',
      query: { direction: 'in', proto: 'tcp', port: 445 },
      verdict: 'partly',
      reach: [{ interface: '*', profile: 'public', ipv4: ['10.20.29.117/32'], ipv6: [] }],
    });

    expect(cli(`${pc} shield --json`).code).toBe(0);
    expect(JSON.parse(cli(`${pc} review --json`).out)).toMatchObject({ verdict: 'closed', unsure: [] });
    expect(JSON.parse(cli(`${pc} probe sim-laptop --json`).out)).toMatchObject({ door: 'shut', findings: [] });

    expect(cli(`${pc} lift --json`).code).toBe(0);
    expect(cli(`${pc} status`).code).toBe(1);
    expect(JSON.parse(cli(`${pc} review --json`).out)).toMatchObject({
      verdict: 'open',
      reach: [{ ipv4: ['0.0.0.0/0'], ipv6: ['::/0'] }],
    });
  });

  test('--dry-run leaves no trace', () => {
    const dry = cli('shield --simulate windows-office --dry-run --json');
    expect(dry.code).toBe(0);
    expect(JSON.parse(dry.out)).toMatchObject({
      schema: 'breakwater/plan@1',
      simulated: 'windows-office',
      plan: { kind: 'shield' },
    });
    expect(cli('status --simulate windows-office --json')).toMatchObject({ code: 1 });
  });

  test('lifting where there is none is done, and unchanged', () => {
    const lift = cli('lift --simulate patched-laptop --json');
    expect(lift.code).toBe(0);
    expect(JSON.parse(lift.out)).toMatchObject({ outcome: { kind: 'done', unchanged: true } });
  });
});

describe('every way to end', () => {
  test.each([
    ['0 a PC on which nothing listens is closed', 'inspect --simulate patched-laptop', 0],
    ['1 an open one is bad news', 'inspect --simulate windows-public-wifi', 1],
    ['2 wrong usage', 'inspect --simulate', 2],
    ['3 permission is denied', 'shield --simulate locked-down', 3],
    ['4 the proof fails and all is undone', 'shield --simulate flaky-proof', 4],
    ['5 something is left', 'shield --simulate stuck-rules', 5],
    ['1 rules that let some in are bad news', 'review --simulate windows-office', 1],
    ['0 a review of a closed PC is good news', 'review --simulate patched-laptop', 0],
    ['3 rules that may not be read are not reviewed', 'review --simulate debian-fileserver', 3],
    ['6 rules that may not be read can not be judged', 'inspect --only firewall --simulate debian-fileserver', 6],
  ])('%s', (_, line, code) => {
    expect(cli(line).code).toBe(code);
  });

  test('after a failure that was undone there is no shield, after one that left something it is called left over', () => {
    cli('shield --simulate flaky-proof');
    expect(JSON.parse(cli('status --simulate flaky-proof --json').out)).toMatchObject({ state: 'none' });
    const left = cli('shield --simulate stuck-rules');
    expect(left.out).toContain('rm -r ');
    const status = cli('status --simulate stuck-rules');
    expect(status.code).toBe(1);
    expect(status.out).toContain('LEFT OVER');
  });

  test('on a PC whose rules only administrators may read, a shield is on record at best: 6', () => {
    expect(cli('shield --simulate debian-fileserver').code).toBe(0);
    const status = cli('status --simulate debian-fileserver --json');
    expect(status.code).toBe(6);
    expect(JSON.parse(status.out)).toMatchObject({ state: 'recorded' });
  });

  test('a damaged state file is never "no shield"', () => {
    const folder = join(state, 'breakwater', 'simulated-windows-office');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'state.json'), '{');
    expect(cli('shield --simulate windows-office').code).not.toBe(0);
    expect(cli('inspect --simulate windows-office').out).toMatch(/state\.json\s+is damaged/);
  });
});

describe('nothing simulated can be mistaken for real', () => {
  test.each([
    'inspect',
    'inspect --only shield',
    'shield --dry-run',
    'shield',
    'status',
    'lift',
    'review',
    'probe 10.20.30.40',
  ])('%s: the first and the last line say so, and so does the document', (line) => {
    expect(cli(`${line} --simulate windows-public-wifi`).out).toMatch(banner('windows-public-wifi'));
    const { out } = cli(`${line} --simulate windows-public-wifi --json`);
    const document = JSON.parse(out);
    expect(Object.keys(document).slice(0, 3)).toEqual(['schema', 'at', 'simulated']);
    expect(document.simulated).toBe('windows-public-wifi');
    expect(out.trimEnd().endsWith('}')).toBe(true);
  });

  test('a simulated probe asks nobody on the real network', () => {
    const { code, out } = cli('probe 127.0.0.1 --simulate patched-laptop --json');
    expect(code).toBe(6);
    expect(JSON.parse(out)).toMatchObject({ door: 'unknown', addresses: [] });
  });

  test('on a real PC the document says null', () => {
    expect(JSON.parse(cli('status --json').out).simulated).toBeNull();
  });
});

describe('probe', () => {
  const listen = (): Promise<{ readonly server: Server; readonly port: number }> =>
    new Promise((resolve) => {
      const server = createServer((socket) => socket.destroy());
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve({ server, port: typeof address === 'object' && address ? address.port : 0 });
      });
    });

  const ended = (child: ChildProcess): Promise<{ readonly code: number | null; readonly out: string }> =>
    new Promise((resolve) => {
      let out = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
      child.on('close', (code) => resolve({ code, out }));
    });

  test('a port that takes connections but speaks no SMB is open, with nothing known of its SMB', async () => {
    const { server, port } = await listen();
    const { code, out } = await ended(start(`probe 127.0.0.1 --port ${port} --json`));
    server.close();
    expect(code).toBe(6);
    expect(JSON.parse(out)).toMatchObject({
      schema: 'breakwater/probe@1',
      door: 'open',
      addresses: [{ connection: 'accepted', smb: { smb1: 'unknown' } }],
      doubts: [{ code: 'smb-answer', about: `127.0.0.1:${port}` }],
    });
  });

  test('a port that refuses is shut from here', async () => {
    const { server, port } = await listen();
    await new Promise((resolve) => server.close(resolve));
    const { code, out } = cli(`probe 127.0.0.1 --port ${port}`);
    expect(code).toBe(0);
    expect(out).toMatch(/^SHUT from here/);
  });

  test('a name that nobody has is not known: 6', () => {
    expect(cli('probe no-such-host.invalid').code).toBe(6);
  });
});

test('a reader who leaves early is no error', async () => {
  const child = start('inspect --simulate windows-public-wifi');
  child.stdout?.destroy();
  let err = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, err }).toEqual({ code: 1, err: '' });
});

test('a full disk under stdout is told, and is no success', () => {
  const { status, stderr } = spawnSync(
    '/bin/sh',
    ['-c', `"${process.execPath}" "${program}" status --simulate patched-laptop --json > /dev/full`],
    { encoding: 'utf8', env: environment() },
  );
  expect(status).toBe(6);
  expect(stderr).toContain('could not be written');
});
