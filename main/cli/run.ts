// One run of the command line: arguments in, exit code out.

import { type Message, message } from '../model/message';
import { messageOf } from '../model/message-error';
import { nearest, type Options, parseArguments, quoted, UsageError } from './arguments';
import type { CommandName } from './commands';
import { lift, shield } from './commands/act';
import { advisories } from './commands/advisories';
import { collect } from './commands/collect';
import { guide } from './commands/guide';
import { inspect } from './commands/inspect';
import { probe } from './commands/probe';
import { review } from './commands/review';
import { status } from './commands/status';
import type { Desk } from './context';
import { type ExitCode, exit } from './exit-codes';
import { layCommandHelp, layGeneralHelp } from './help';
import { simulatedBanner } from './pages/words';
import type { Terminal } from './terminal';

export interface Surroundings {
  readonly version: string;
  readonly simulations: readonly { readonly name: string; readonly title: string }[];
  /** `simulated`: whose name every message carries. */
  terminal(simulated: string | null): Terminal;
  desk(terminal: Terminal, options: Options): Desk;
}

/** `args` as typed after the program's name. Never rejects. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const invocation = parseArguments(args);
  switch (invocation.kind) {
    case 'bad':
      surroundings.terminal(null).tell(invocation.why);
      return exit.usage;
    case 'version':
      surroundings.terminal(null).print(`${surroundings.version}\n`);
      return exit.done;
    case 'help':
      surroundings
        .terminal(null)
        .show((page) =>
          invocation.command === null
            ? layGeneralHelp(page, surroundings.simulations)
            : layCommandHelp(page, invocation.command),
        );
      return exit.done;
    case 'run':
      if (!isSimulation(invocation.options.simulate, surroundings)) {
        surroundings.terminal(null).tell(unknownSimulation(invocation.options.simulate ?? '', surroundings));
        return exit.usage;
      }
      return runCommand(invocation.command, invocation.options, surroundings);
  }
}

/** Checked before anything else, so that a name that is nobody's stands in no output. */
function isSimulation(name: string | null, { simulations }: Surroundings): boolean {
  return name === null || simulations.some((one) => one.name === name);
}

function unknownSimulation(name: string, { simulations }: Surroundings): Message {
  const names = simulations.map((one) => one.name);
  const near = nearest(name, names);
  return near
    ? message('usage.unknown-simulation.near', { name: quoted(name), near })
    : message('usage.unknown-simulation', { name: quoted(name), names: names.join(', ') });
}

const runners: Readonly<Record<CommandName, (desk: Desk, options: Options) => Promise<ExitCode>>> = {
  inspect,
  shield,
  status,
  lift,
  review,
  collect,
  probe,
  advisories,
  guide,
  'self-test': async (desk, options) => (await import('./commands/self-test')).selfTest(desk, options),
};

async function runCommand(command: CommandName, options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { simulate, json } = options;
  const terminal = surroundings.terminal(simulate);
  const desk = surroundings.desk(terminal, options);
  const banner = simulate === null || json ? null : `${terminal.words(simulatedBanner(simulate))}\n`;
  try {
    if (banner) terminal.print(`${banner}\n`);
    const code = await runners[command](desk, options);
    if (banner) terminal.print(`\n${banner}`);
    return code;
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.tell(error.said);
      return exit.usage;
    }
    terminal.tell(message('command.failed', { why: messageOf(error) }));
    if (desk.interrupts.changed() === null) {
      terminal.tell(message('command.nothing-changed'));
      return exit.undone;
    }
    terminal.tell(message('command.change-not-known'));
    return exit.unknown;
  }
}
