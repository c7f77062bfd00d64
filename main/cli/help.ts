// The help texts, laid out for 80 columns. Pure.
import { message } from '../model/message';
import { type CommandName, commandNames, commands, commonOptions, type OptionName, options } from './commands';
import type { Page } from './pages/layout';

/** `simulations`: the simulated PCs that `--simulate` takes. */
export function layGeneralHelp(
  page: Page,
  simulations: readonly { readonly name: string; readonly title: string }[],
): void {
  page.say('breakwater COMMAND [OPTIONS]');
  page.gap();
  page.say(message('help.purpose'));
  page.heading(message('help.heading.commands'));
  page.table(commandNames.map((name) => [name, commands[name].what]));
  page.heading(message('help.heading.options'));
  optionTable(page, ['simulate', 'lang', 'help', 'version']);
  page.heading(message('help.heading.simulated'));
  page.table(simulations.map(({ name, title }) => [name, title]));
  page.heading(message('help.heading.exit-codes'));
  page.table((['0', '1', '2', '3', '4', '5', '6'] as const).map((code) => [code, message(`help.exit.${code}`)]));
  page.gap();
  page.say(message('help.more'));
}

export function layCommandHelp(page: Page, name: CommandName): void {
  const { what, operand, options: own, notes } = commands[name];
  page.say(`breakwater ${name}${operand ? ` ${operand}` : ''}${own.length > 0 ? ' [OPTIONS]' : ''}`);
  page.gap();
  page.say(message('help.sentence', { what }));
  page.heading(message('help.heading.options'));
  optionTable(page, [...own, ...commonOptions]);
  page.gap();
  for (const note of notes) page.say(note);
}

function optionTable(page: Page, names: readonly OptionName[]): void {
  page.table(
    names.map((name) => [
      `--${name}${options[name].shown === '' ? '' : ` ${options[name].shown}`}`,
      options[name].what,
    ]),
  );
}
