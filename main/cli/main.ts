// Entry: the command line. An inspection's slowest question is asked before the rest of the program is even loaded.
import { headStart } from '../host/head-start';

const args = process.argv.slice(2);
if (args[0] === 'inspect' && !args.some((arg) => /^--(only|simulate|help)/.test(arg))) headStart();
void import('./program').then(({ start }) => start(args));
