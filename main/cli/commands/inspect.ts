// `inspect`: reads this PC and judges it.
import type { Options } from '../arguments';
import type { Desk } from '../desk';
import { inspectDocument } from '../documents';
import { type ExitCode, exitForInspection } from '../exit-codes';
import { layInspection } from '../inspect-page';
import { caller } from '../words';

export async function inspect(desk: Desk, { only, json, simulate }: Options): Promise<ExitCode> {
  const { terminal, interrupts } = desk;
  const engine = await desk.openEngine();
  const endProgress = terminal.progress('looking at this PC ...');
  const report = await engine.inspect({ only, signal: interrupts.signal });
  endProgress();
  if (json) terminal.printJson(inspectDocument(report));
  else terminal.show((page) => layInspection(page, report, { call: caller(simulate) }));
  return exitForInspection(report, only);
}
