// The help texts, laid out for 80 columns. Pure.
import { english } from '../text/en';
import { sayIn } from '../text/render';
import { type CommandName, commandNames, commands, commonOptions, type OptionName, options } from './commands';
import { createPage, type Page } from './pages/layout';

/** `simulations`: the simulated PCs that `--simulate` takes. */
export function generalHelp(simulations: readonly { readonly name: string; readonly title: string }[]): string {
  const page = helpPage();
  page.say('breakwater COMMAND [OPTIONS]');
  page.gap();
  page.say('Keeps one PC safe between "a hole in SMB is known" and "this PC is patched".');
  page.heading('Commands');
  page.table(commandNames.map((name) => [name, commands[name].what]));
  page.heading('Options');
  optionTable(page, ['simulate', 'help', 'version']);
  page.heading('Simulated PCs');
  page.table(simulations.map(({ name, title }) => [name, title]));
  page.heading('Exit codes');
  page.table([
    ['0', 'done, and closed or up as asked'],
    ['1', 'done, and the answer is bad news: open, vulnerable, shield not up'],
    ['2', 'wrong usage or unreadable input'],
    ['3', 'not permitted: needs administrator rights'],
    ['4', 'failed or stopped, and everything is as it was before'],
    ['5', 'failed, and something is left: says what, and what clears it'],
    ['6', 'done, but it could not be told, and why'],
  ]);
  page.gap();
  page.say('"breakwater COMMAND --help" tells more about each.');
  return page.toString();
}

export function commandHelp(name: CommandName): string {
  const { what, operand, options: own, notes } = commands[name];
  const page = helpPage();
  page.say(`breakwater ${name}${operand ? ` ${operand}` : ''}${own.length > 0 ? ' [OPTIONS]' : ''}`);
  page.gap();
  page.say(`${what.charAt(0).toUpperCase()}${what.slice(1)}.`);
  page.heading('Options');
  optionTable(page, [...own, ...commonOptions]);
  page.gap();
  for (const note of notes) page.say(note);
  return page.toString();
}

const helpPage = (): Page => createPage({ say: sayIn(english), width: 80, colour: false });

function optionTable(page: Page, names: readonly OptionName[]): void {
  page.table(
    names.map((name) => [
      `--${name}${options[name].shown === '' ? '' : ` ${options[name].shown}`}`,
      options[name].what,
    ]),
  );
}
