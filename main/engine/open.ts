// Opens the engine on this PC, or on a simulated one: the one place where host, helper and flow are put together.
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { chooseHost, hostHere } from '../host/choose';
import { readAnswer } from '../host/elevation/helper-answer';
import type { Host } from '../host/host';
import type { SavedPc } from '../host/saved/saved-host';
import type { Request } from '../model/request';
import type { CataloguePlaces } from './advisories/catalogue';
import { cataloguePlaces } from './advisories/catalogue-paths';
import type { Engine } from './engine';
import { type Ask, createEngine } from './flow';
import { createInspection, savedRecords } from './inspect/inspection';
import { patchJudge } from './inspect/patches';
import { rememberingView } from './inspect/rules-view';

export interface OpenOptions {
  /** A simulated PC's name, or null for this one. */
  readonly simulate: string | null;
  /** Absolute path of the helper's script. */
  readonly helper: string;
  /** Another way to ask the helper, for a thread that can't; absent = from here. */
  readonly ask?: Ask;
}

/**
 * Rejects with an Error whose message is for people: no such simulated PC, a platform that is not built yet.
 * What only some commands need is loaded when it is needed: a cold inspection must not wait for it.
 */
export async function openEngine({ simulate, helper, ask }: OpenOptions): Promise<Engine> {
  const host = await openHost(simulate);
  return createEngine(
    host,
    ask ?? (async (request, signal) => readAnswer(await askHelper(host, helper, request, signal))),
    helper,
    placesOf(host, helper),
  );
}

/** The user's own folder is asked for when it matters: on Windows it takes a program to tell who an administrator is. */
function placesOf(host: Host, helper: string): CataloguePlaces {
  let user: string | null | undefined;
  return {
    ...cataloguePlaces(host, helper, null),
    get user() {
      if (user === undefined) user = userFolder(host);
      return user;
    },
  };
}

/**
 * Another PC by what was saved of it, judged by the catalogue of this one. Rejects with an Error with a message for people where that
 * can't be judged at all.
 */
export async function openSaved(
  pc: SavedPc,
  { helper }: Pick<OpenOptions, 'helper'>,
): Promise<Pick<Engine, 'inspect'>> {
  const [{ savedHost }, here] = await Promise.all([import('../host/saved/saved-host'), hostHere()]);
  const host = await savedHost(pc);
  const inspect = createInspection(
    host,
    rememberingView(host),
    savedRecords(host),
    patchJudge(
      host,
      here === null ? { bundled: dirname(helper), system: null, user: stateRoot() } : placesOf(here, helper),
    ),
  );
  return { inspect: (options = {}) => inspect(options) };
}

/** As `Ask`, but the answer comes as its text, for `readAnswer` elsewhere. */
export type AskForText = (...asked: Parameters<Ask>) => Promise<string>;

/** The way to ask the helper alone. Rejects as `openEngine` does. */
export async function openAsk({ simulate, helper }: Pick<OpenOptions, 'simulate' | 'helper'>): Promise<AskForText> {
  const host = await openHost(simulate);
  return (request, signal) => askHelper(host, helper, request, signal);
}

const openHost = async (simulate: string | null): Promise<Host> =>
  simulate === null ? chooseHost() : simulated(simulate);

async function simulated(name: string): Promise<Host> {
  const { simulatedHost } = await import('../host/simulated/simulated-host');
  return simulatedHost(name, stateRoot());
}

async function askHelper(host: Host, helper: string, request: Request, signal?: AbortSignal): Promise<string> {
  if (host.elevation)
    return (await import('../host/elevation/elevation')).askHelper(host.elevation, helper, request, signal);
  return JSON.stringify(await (await import('./shield/act')).act(request, host, helper));
}

/** A user's own updates of the catalogue; whoever runs as administrator uses no user's. */
function userFolder(host: Host): string | null {
  // A simulated PC's records are its own, as all that it remembers is.
  if (host.simulated !== null) return host.stateFolder;
  return host.elevation?.isAdministrator() ? null : stateRoot();
}

/** XDG Base Directory Specification: state of one's own that outlives a restart. */
function stateRoot(): string {
  return join(process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'breakwater');
}
