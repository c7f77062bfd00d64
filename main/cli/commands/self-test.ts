// `self-test`: the check list for a real PC, walked through with the person at it, and written down.
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { version } from '../../../package.json';
import { type Options, quotedPath, UsageError } from '../arguments';
import type { Desk } from '../context';
import type { ExitCode } from '../exit-codes';
import { walk } from '../self-test/walk';

export async function selfTest(desk: Desk, { out, yes }: Options): Promise<ExitCode> {
  const { ask, terminal } = desk;
  if (ask === null && !yes)
    throw new UsageError(
      'self-test asks questions and needs a terminal. With --yes it asks nothing, shuts the door for a moment and opens it again.',
    );
  const engine = await desk.openEngine();
  const path = resolve(
    out ?? `breakwater-self-test-${engine.now().toISOString().slice(0, 16).replace(/[-:]/g, '')}.json`,
  );
  if (!existsSync(dirname(path)))
    throw new UsageError(`--out ${quotedPath(path)}: the folder ${dirname(path)} does not exist.`);
  if (existsSync(path)) throw new UsageError(`--out ${quotedPath(path)} is there already: name a new file.`);
  const { shield } = await engine.status();
  if (shield.state !== 'none')
    throw new UsageError(
      'a shield is up, on record or not known of: self-test puts up its own. See "breakwater status", then lift it first.',
    );
  terminal.show((page) => {
    page.say('A self-test of about ten minutes: what Breakwater sees and does on this PC, held against what you see.', {
      tone: 'strong',
    });
    page.say(
      'A second PC in the same network is needed for the questions about the door. Nothing is changed without a yes, and in the end everything is as it was. Ctrl-C at any question leaves, and opens the door first where it was shut.',
    );
  });
  return walk({ desk, engine, ask: yes ? null : ask, path, version });
}
