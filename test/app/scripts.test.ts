// What people type in a checkout: npm start, and the command line.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ground, prepareGround, project } from './window';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});
afterAll(() => ground?.clear());

interface Started {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<number | null>;
}

function start(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  within: readonly string[] = [],
): Started {
  const { DISPLAY: _, ...rest } = ground.env;
  const runtime = { ELECTRON_OVERRIDE_DIST_PATH: join(ground.runtime, '..') };
  const [program = '', ...words] = [...within, process.execPath, join(project, 'scripts', script), ...args];
  const child = spawn(program, words, {
    cwd: project,
    env: { ...rest, ...runtime, ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve)).finally(() =>
    clearTimeout(timer),
  );
  return { child, stdout: () => stdout, stderr: () => stderr, ended };
}

const simulate = ['--simulate', 'windows-public-wifi'];

test('npm start opens the window, says what it runs without, and ends it when it is ended', async () => {
  const started = start('start.mjs', [...simulate, '--report-paint'], { DISPLAY: ground.screen.display });
  await expect.poll(started.stdout, { timeout: 30_000 }).toMatch(/^\{"firstPaint":\d+\}$/m);
  if (process.getuid?.() === 0) expect(started.stderr()).toContain("can't use its sandbox as root");
  const children = readFileSync(`/proc/${started.child.pid}/task/${started.child.pid}/children`, 'utf8').trim();
  expect(children).toMatch(/^\d+$/);
  started.child.kill('SIGTERM');
  await started.ended;
  expect(() => process.kill(Number(children), 0)).toThrow(/ESRCH/);
});

test('npm start without a screen says so, checks in the terminal, and passes the exit code on', async () => {
  const started = start('start.mjs', simulate);
  expect(await started.ended).toBe(1);
  expect(started.stderr()).toContain('There is no screen here');
  expect(started.stdout()).toContain('SIMULATED PC');
});

test('npm start where ordinary users may make no user namespaces says what to do, and checks in the terminal', async () => {
  // A namespace of its own, in which this kernel really refuses further ones.
  const refused = 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"';
  const started = start('start.mjs', simulate, { DISPLAY: ground.screen.display }, [
    ...['unshare', '--user', '--map-user=65534', '--keep-caps', 'sh', '-ec', refused, 'sh'],
  ]);
  expect(await started.ended).toBe(1);
  expect(started.stderr()).toContain("Chromium can't use its sandbox here");
  expect(started.stderr()).toContain('sysctl -w user.max_user_namespaces=');
  expect(started.stderr()).not.toContain('FATAL');
  expect(started.stdout()).toContain('SIMULATED PC');
});

test('the command line out of a checkout has only its own answer on stdout, and its own exit code', async () => {
  const status = start('breakwater.mjs', ['status', '--json', ...simulate]);
  expect(await status.ended).toBe(1);
  expect(JSON.parse(status.stdout())).toMatchObject({ simulated: 'windows-public-wifi', state: 'none' });
  const unknown = start('breakwater.mjs', ['open-the-door']);
  expect(await unknown.ended).toBe(2);
  expect(unknown.stdout()).toBe('');
});
