// `advisories`: the catalogue of known holes, and this or a described PC against it.
import { readFileSync, statSync } from 'node:fs';
import type { Engine } from '../../engine/engine';
import type { Catalogue, PcForPatch } from '../../model/advisory';
import { message } from '../../model/message';
import { MessageError, messageOf } from '../../model/message-error';
import { type Options, quoted, quotedPath, UsageError } from '../arguments';
import type { Desk } from '../context';
import { advisoriesDocument, advisoryDocument, catalogueDocument, updatedDocument } from '../documents';
import { catalogueDoubts, patchDoubts } from '../doubts';
import { type ExitCode, exit, exitForAnswer, exitForPatches } from '../exit-codes';
import { textOf } from '../file-text';
import { layAdvisory, layCatalogue, layPatches, layUpdated } from '../pages/advisories';
import { layDoubts } from '../pages/doubts';

export async function advisories(desk: Desk, options: Options): Promise<ExitCode> {
  if (options.hostFile !== null && options.action !== 'check') throw new UsageError(message('usage.host-for-check'));
  if (options.yes && options.action !== 'update') throw new UsageError(message('usage.yes-for-update'));
  const engine = await desk.openEngine();
  switch (options.action) {
    case 'show':
      return show(desk, engine, options);
    case 'update':
      return update(desk, engine, options);
    case 'check':
      return check(desk, engine, options);
    default:
      return list(desk, engine, options);
  }
}

const stampOf = (engine: Engine): { readonly at: string; readonly simulated: string | null } => ({
  at: engine.now().toISOString(),
  simulated: engine.simulated,
});

async function catalogueOf(engine: Engine): Promise<Catalogue> {
  const read = await engine.advisories();
  if (read.catalogue === null) throw new Error(read.why);
  return read.catalogue;
}

async function list({ terminal }: Desk, engine: Engine, { json }: Options): Promise<ExitCode> {
  const [catalogue, { ageOf }] = await Promise.all([catalogueOf(engine), import('../../patch/judge/judge')]);
  const age = ageOf(catalogue, engine.now());
  const doubts = catalogueDoubts(age, catalogue.problems);
  if (json) terminal.printJson(catalogueDocument(stampOf(engine), catalogue, age, doubts));
  else
    terminal.show((page) => {
      layCatalogue(page, catalogue, age);
      layDoubts(page, doubts);
    });
  return exitForAnswer(false, doubts);
}

async function show({ terminal }: Desk, engine: Engine, { json, subject }: Options): Promise<ExitCode> {
  const [catalogue, { ageOf, findAdvisory }] = await Promise.all([
    catalogueOf(engine),
    import('../../patch/judge/judge'),
  ]);
  const advisory = findAdvisory(catalogue, subject);
  if (advisory === null) throw new UsageError(message('usage.no-advisory', { id: quoted(subject) }));
  const doubts = catalogueDoubts(ageOf(catalogue, engine.now()), catalogue.problems);
  if (json) terminal.printJson(advisoryDocument(stampOf(engine), advisory, doubts));
  else
    terminal.show((page) => {
      layAdvisory(page, advisory);
      layDoubts(page, doubts);
    });
  return exitForAnswer(false, doubts);
}

async function update(
  { terminal, interrupts }: Desk,
  engine: Engine,
  { json, subject, yes }: Options,
): Promise<ExitCode> {
  const endProgress = terminal.progress(message('command.progress.records', { from: subject }));
  const { NotUpdated } = await import('../../engine/advisories/catalogue-update');
  try {
    const updated = await engine.updateAdvisories(subject, { signal: interrupts.signal, agreed: yes });
    endProgress();
    if (json) terminal.printJson(updatedDocument(stampOf(engine), updated));
    else terminal.show((page) => layUpdated(page, updated));
    return updated.heldBack.length + updated.refused.length > 0 ? exit.unknown : exit.done;
  } catch (error) {
    endProgress();
    if (!(error instanceof NotUpdated)) throw error;
    if (error.isInput) throw new UsageError(error.message);
    terminal.tell(error.message);
    terminal.tell(message('command.nothing-changed'));
    return exit.undone;
  }
}

async function check({ terminal, interrupts }: Desk, engine: Engine, options: Options): Promise<ExitCode> {
  if (options.hostFile !== null && options.simulate !== null) throw new UsageError(message('usage.host-and-simulate'));
  const described = options.hostFile === null ? null : await readHostFile(options.hostFile);
  if (described && described.unused.length > 0)
    terminal.tell(
      message('command.host-unused', {
        path: quotedPath(options.hostFile ?? ''),
        names: described.unused.slice(0, 10).map(quoted).join(', '),
      }),
    );
  const endProgress = terminal.progress('judging ...');
  const verdict = await engine.checkAdvisories(described?.pc ?? null, { signal: interrupts.signal });
  endProgress();
  const subject = message(described ? 'page.subject.described' : 'page.subject.this');
  const doubts = patchDoubts(verdict);
  if (options.json) terminal.printJson(advisoriesDocument(stampOf(engine), verdict, doubts));
  else terminal.show((page) => layPatches(page, verdict, subject, doubts));
  return exitForPatches(verdict);
}

/** A description is a few lines; a list of all packages may be some thousands. */
const mostHostFile = 4 * 1024 * 1024;

async function readHostFile(path: string): Promise<{ readonly pc: PcForPatch; readonly unused: readonly string[] }> {
  const { readDescribedPc } = await import('../../patch/described-pc');
  let text: string;
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new MessageError(message('usage.host.not-a-file'));
    if (stats.size > mostHostFile)
      throw new MessageError(message('usage.host.too-large', { megabytes: mostHostFile / 1024 / 1024 }));
    text = textOf(readFileSync(path));
  } catch (error) {
    throw new UsageError(message('usage.host.unreadable', { path: quotedPath(path), why: messageOf(error) }));
  }
  const read = readDescribedPc(text);
  if (read.kind === 'bad') throw new UsageError(message('usage.host.no-pc', { path: quotedPath(path), why: read.why }));
  return read;
}
