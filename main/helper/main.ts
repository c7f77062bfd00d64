// Entry: the only code that runs as administrator. One argument in, one JSON line out; to the keeper's schedule, only what is new.
import { realpathSync } from 'node:fs';
import { newsOf } from './news';
import { perform } from './perform';

export { perform };

async function run(): Promise<void> {
  const [token = '', ...more] = process.argv.slice(2);
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

// Loaded by a process that is administrator already, it only lends its function.
if (require.main === module) void run();
