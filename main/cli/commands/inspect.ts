// `inspect`: reads this PC, or what was saved of another one, and judges it.

import type { Engine } from '../../engine/engine';
import { message } from '../../model/message';
import { mustHaveFrom, type Options, UsageError } from '../arguments';
import type { Desk } from '../context';
import { inspectDocument } from '../documents';
import { inspectionDoubts } from '../doubts';
import { type ExitCode, exitForInspection } from '../exit-codes';
import { layInspection } from '../pages/inspection';
import { caller } from '../pages/words';

export async function inspect(desk: Desk, options: Options): Promise<ExitCode> {
  const { only, json, simulate, from } = options;
  if (from === null) mustHaveFrom(options);
  const { terminal, interrupts } = desk;
  const engine = from === null ? await desk.openEngine() : await openSaved(desk, options, from);
  const endProgress = terminal.progress(
    from === null ? message('command.progress.looking') : message('command.progress.judging-saved'),
  );
  const report = await engine.inspect({ only, signal: interrupts.signal });
  endProgress();
  const doubts = inspectionDoubts(report, only);
  if (json) terminal.printJson(inspectDocument(report, doubts));
  else terminal.show((page) => layInspection(page, report, { call: caller(simulate), doubts }));
  return exitForInspection(report, only);
}

async function openSaved(
  { terminal, openSaved: open }: Desk,
  { simulate, complete }: Options,
  path: string,
): Promise<Pick<Engine, 'inspect'>> {
  if (simulate !== null) throw new UsageError(message('usage.from-and-simulate.pc'));
  const { readSaved } = await import('../saved-files');
  const { passedBy, ...pc } = readSaved(path, complete);
  const engine = await open(pc);
  if (passedBy.length > 0) terminal.tell(message('command.passed-by', { names: passedBy.slice(0, 10).join(', ') }));
  return engine;
}
