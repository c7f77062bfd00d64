// Entry: the only code that runs as administrator. One argument in, one JSON line out.
import { perform } from './perform';

export { perform };

async function run(): Promise<void> {
  const [token, ...more] = process.argv.slice(2);
  const { answer, exitCode } = await perform(more.length === 0 ? (token ?? '') : ' ');
  process.exitCode = exitCode;
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

// Loaded by a process that is administrator already, it only lends its function.
if (require.main === module) void run();
