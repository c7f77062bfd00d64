// Running a system program: its end, its limits, and programs that do not end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from '../../../main/host/run-program';

const surroundings = { env: { PATH: '/usr/bin:/bin' }, cwd: '/', decode: (output: Buffer) => output.toString('utf8') };
const sh = (script: string, options = {}) => runProgram('/bin/sh', ['-c', script], surroundings, options);

test('tells what was printed, and the code', async () => {
  expect(await sh('cat; exit 0', { input: 'words' })).toMatchObject({ kind: 'ended', code: 0, stdout: 'words' });
  expect(await sh('echo bad >&2; exit 3')).toMatchObject({ kind: 'ended', code: 3, complaint: 'bad\n' });
  expect(await runProgram('/no/such/program', [], surroundings)).toEqual({ kind: 'not-there' });
});

test('a program that can not be started is said to be so, however Node tells it', async () => {
  expect(await runProgram('/bin/sh/no-folder', [], surroundings)).toMatchObject({ kind: 'not-run' });
  expect(await runProgram('/bin/true', ['x'.repeat(200_000)], surroundings)).toEqual({
    ...{ kind: 'not-run', why: 'spawn E2BIG' },
  });
});

test('ends a program that takes too long', async () => {
  expect(await sh('exec sleep 60', { within: 200 })).toMatchObject({ kind: 'ended', code: null, signal: 'SIGKILL' });
});

test('does not wait for ever where something that it started keeps its output open', async () => {
  const ran = await sh('sleep 20 & exec sleep 60', { within: 200 });
  expect(ran).toMatchObject({ kind: 'not-run', why: expect.stringContaining('did not end within 0.2 seconds') });
});

test('a program that is there and lacks what it needs to start is not said to be missing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'breakwater-'));
  try {
    const path = join(folder, 'program');
    writeFileSync(path, '#!/no/such/interpreter\n', { mode: 0o755 });
    expect(await runProgram(path, [], surroundings)).toMatchObject({ kind: 'not-run' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
