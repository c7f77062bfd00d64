// Entry: the only code that runs as administrator. One argument in, one JSON line out; to the keeper's schedule, only what is new.
import { realpathSync } from 'node:fs';
import { newsOf } from './news';
import { perform } from './perform';

/**
 * Seconds after which a look ends by itself, whatever holds it up: the next one begins from the start, and is not waited for by systemd's
 * own limit (`keeper-units.ts`), which counts as a failed service.
 */
const longest: Readonly<Record<string, number>> = { restore: 55, keep: 110 };

export { perform };

async function run(): Promise<void> {
  const [token = '', ...more] = process.argv.slice(2);
  const bound = longest[token];
  if (bound !== undefined) setTimeout(() => giveUp(bound), bound * 1000).unref();
  const { answer, exitCode } = await perform(more.length === 0 ? token : ' ', realpathSync(process.argv[1] ?? ''));
  process.exitCode = exitCode;
  if (answer.act !== 'keep' && answer.act !== 'restore') {
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    return;
  }
  // Lifted while other rules changed is done for the schedule: a failed service would be left where nothing is to be left.
  if (answer.outcome.kind === 'unknown') process.exitCode = 0;
  process.stdout.write(newsOf(answer.outcome));
}

function giveUp(seconds: number): never {
  process.stdout.write(`<3>The look at the shield did not end within ${seconds} seconds, and is given up.\n`);
  process.exit(4);
}

// Loaded by a process that is administrator already, it only lends its function.
if (require.main === module) void run();
