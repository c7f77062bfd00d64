// The command line as a process: joins `run` to streams, signals, the engine, the network.
import { join } from 'node:path';
import { isatty } from 'node:tty';
import { version } from '../../package.json';
import type { Engine } from '../engine/engine';
import { simulatedNames } from '../host/simulated/catalogue';
import { systemLocale } from '../host/system-locale';
import { message } from '../model/message';
import { languages } from '../text/languages';
import { type Say, sayIn } from '../text/render';
import { languageOf, type Options, UsageError } from './arguments';
import type { Desk } from './context';
import { type ExitCode, exit } from './exit-codes';
import { createInterrupts } from './interrupts';
import { run } from './run';
import { createTerminal, type Output, type Terminal } from './terminal';

/** process.stderr, made when it is first written to: making a stream costs milliseconds. */
const errorOutput: Output = {
  isTTY: isatty(2),
  write: (text) => process.stderr.write(text),
  on: (event, listener) => process.stderr.on(event, listener),
};

let lost = false;

export async function start(args: readonly string[]): Promise<void> {
  const language = languageOf(args, process.env, systemLocale(process.env));
  const say = sayIn(await languages[language]());
  const terminal = (simulated: string | null): Terminal => terminalFor(say, simulated);
  const code = await run(args, { version, simulations: simulatedNames, terminal, desk: deskFor });
  process.exitCode = lost ? exit.unknown : code;
}

function terminalFor(say: Say, simulated: string | null): Terminal {
  return createTerminal(
    {
      say,
      stdout: process.stdout,
      stderr: errorOutput,
      environment: process.env,
      onLost(why) {
        lost = true;
        process.exitCode = exit.unknown;
        process.stderr.write(`breakwater: ${say(message('command.not-written', { why }))}\n`);
      },
    },
    simulated,
  );
}

function deskFor(terminal: Terminal, { simulate }: Options): Desk {
  const interrupts = createInterrupts(terminal.tell, (code: ExitCode) => process.exit(code));
  process.on('SIGINT', interrupts.interrupt);
  process.on('SIGTERM', interrupts.interrupt);
  const { signal } = interrupts;
  let engine: Promise<Engine> | null = null;
  return {
    terminal,
    interrupts,
    openEngine() {
      engine ??= open(simulate);
      return engine;
    },
    openSaved: (pc) => orUsage(async () => (await import('../engine/open')).openSaved(pc, { helper })),
    async lookUp(host) {
      const { lookup } = await import('node:dns/promises');
      return lookup(host, { all: true }).then(
        (found) => found.map(({ address }) => address),
        () => [],
      );
    },
    async checkPort(address, port) {
      const { checkPort } = await import('./port-check');
      return checkPort(address, port, { timeoutMs: 5000, signal });
    },
    async probe(address, port) {
      const { probe } = await import('../smb/probe');
      return probe({ address, port }, { timeoutMs: 5000, signal });
    },
    ask:
      // Not process.stdin: making that stream costs milliseconds.
      isatty(0) && isatty(1)
        ? async (question) => {
            const { askOnTerminal } = await import('./questions');
            return askOnTerminal(terminal.words(question), interrupts.interrupt);
          }
        : null,
  };
}

const helper = join(__dirname, 'helper.js');

const open = (simulate: string | null): Promise<Engine> =>
  orUsage(async () => (await import('../engine/open')).openEngine({ simulate, helper }));

async function orUsage<T>(opening: () => Promise<T>): Promise<T> {
  try {
    return await opening();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
