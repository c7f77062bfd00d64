// `self-test`: the check list for a real PC, walked through with the person at it, and written down.

import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { version } from '../../../package.json';
import { message } from '../../model/message';
import { type Options, quotedPath, UsageError } from '../arguments';
import type { Desk } from '../context';
import type { ExitCode } from '../exit-codes';
import { walk } from '../self-test/walk';

export async function selfTest(desk: Desk, { out, yes }: Options): Promise<ExitCode> {
  const { ask, terminal } = desk;
  if (ask === null && !yes) throw new UsageError(message('usage.self-test.no-terminal'));
  const engine = await desk.openEngine();
  const path = resolve(
    out ?? `breakwater-self-test-${engine.now().toISOString().slice(0, 16).replace(/[-:]/g, '')}.json`,
  );
  if (!existsSync(dirname(path)))
    throw new UsageError(message('usage.out.no-folder', { path: quotedPath(path), folder: dirname(path) }));
  if (existsSync(path)) throw new UsageError(message('usage.out.exists', { path: quotedPath(path) }));
  const { shield } = await engine.status();
  if (shield.state !== 'none') throw new UsageError(message('usage.self-test.shield'));
  terminal.show((page) => {
    page.say(message('self-test.intro'), {
      tone: 'strong',
    });
    page.say(message('self-test.intro.second-pc'));
  });
  return walk({ desk, engine, ask: yes ? null : ask, path, version });
}
