// Whether this PC is patched for a shield's reason: an advisory, a distribution's notice, or a bulletin with all of its holes.
import type { Host, HostFacts } from '../host/host';
import type { Advisory, AdvisoryVerdict, PatchVerdict } from '../model/advisory';
import type { ReasonPatch } from '../model/kept';
import { isNamed } from '../patch/named';
import { serverOfNoPackage } from '../patch/pc';
import { cataloguePlaces } from './catalogue-places';
import { patchJudge } from './patches';

export interface ReasonInForce {
  readonly patch: ReasonPatch;
  /** SMB servers here that no installed package brought; null = it could not be told, or is not asked. */
  readonly others: readonly string[] | null;
}

/** What the keeper goes by: like `judgeReason`, and every server that runs must be what is installed. Needs root. Never rejects. */
export async function judgeReasonInForce(
  host: Pick<Host, 'now' | 'readFacts' | 'simulated' | 'stateFolder' | 'administration'>,
  helper: string,
  reason: string | null,
): Promise<ReasonInForce> {
  const { patch, isOfPackages, ofNoPackage } = await judge(host, helper, reason);
  if (!isOfPackages) return { patch, others: null };
  try {
    const { replaced, elsewhere } = await host.administration.staleServers();
    const others = [...elsewhere, ...(ofNoPackage === null ? [] : [ofNoPackage])];
    return { patch: inForce(patch, replaced, elsewhere), others };
  } catch (error) {
    const why = `Which servers run is not known, so not whether they are what is installed: ${(error as Error).message}`;
    return { patch: saysSafe(patch) ? unknown(why) : patch, others: null };
  }
}

/** Where it says that nothing has to be shut. */
const saysSafe = ({ state }: ReasonPatch): boolean => state === 'patched' || state === 'not-affected';

function inForce(patch: ReasonPatch, replaced: readonly string[], elsewhere: readonly string[]): ReasonPatch {
  if (!saysSafe(patch)) return patch;
  if (elsewhere.length > 0) return anotherRuns(patch, elsewhere);
  if (replaced.length === 0) return patch;
  return patch.state === 'patched' ? stillRunning(replaced) : anotherRuns(patch, replaced);
}

/** By the packages and the catalogue as they are now; of a user's own catalogue nothing is believed. Never rejects. */
export async function judgeReason(
  host: Pick<Host, 'now' | 'readFacts' | 'simulated' | 'stateFolder'>,
  helper: string,
  reason: string | null,
): Promise<ReasonPatch> {
  return (await judge(host, helper, reason)).patch;
}

interface Judged {
  readonly patch: ReasonPatch;
  /** Whether it was judged by packages that are installed: then what runs must be theirs. */
  readonly isOfPackages: boolean;
  /** Plain words for a server that no package brought; null = none is here. */
  readonly ofNoPackage: string | null;
}

async function judge(
  host: Pick<Host, 'now' | 'readFacts' | 'simulated' | 'stateFolder'>,
  helper: string,
  reason: string | null,
): Promise<Judged> {
  const only = (patch: ReasonPatch): Judged => ({ patch, isOfPackages: false, ofNoPackage: null });
  if (reason === null) return only(unknown('No advisory was named as the reason.'));
  try {
    const [{ read, judgeFacts }, facts] = await Promise.all([
      patchJudge(host, cataloguePlaces(host, helper, null)).ready(),
      readPatchFacts(host),
    ]);
    if (read.catalogue === null) return only(unknown(read.why));
    const { advisories, problems } = read.catalogue;
    // An update says more than what it updates: without it nothing is known to be safe.
    if (problems.length > 0) return only(unknown(...problems));
    const named = advisories.filter((advisory) => isNamed(reason, advisory));
    const isLinux = facts.patch.state === 'known' && facts.patch.value.kind === 'linux';
    return {
      patch: reasonPatch(reason, named, judgeFacts(facts)),
      isOfPackages: isLinux && named.some(({ packages, upstream }) => packages.length > 0 || upstream !== null),
      ofNoPackage: serverOfNoPackage(facts),
    };
  } catch (error) {
    return only(unknown(`It could not be judged: ${error instanceof Error ? error.message : String(error)}`));
  }
}

/** What serves TCP 445 counts only where packages tell what is installed: on Windows it would be read for nothing, at every look. */
async function readPatchFacts(host: Pick<Host, 'readFacts'>): Promise<HostFacts> {
  const facts = await host.readFacts(new Set(['patch'] as const), () => undefined);
  if (facts.patch.state !== 'known' || facts.patch.value.kind !== 'linux') return facts;
  const { servers, listeners } = await host.readFacts(new Set(['servers', 'listeners'] as const), () => undefined);
  return { ...facts, servers, listeners };
}

/**
 * patched = every hole that the reason names is, or does not concern this PC, and at least one is. What only a restart will
 * finish is not patched yet. Pure.
 */
function reasonPatch(
  reason: string,
  named: readonly Advisory[],
  { catalogue, verdicts, problems }: PatchVerdict,
): ReasonPatch {
  // A clock that is behind the catalogue is wrong; then nothing is said by it.
  if (catalogue === null || catalogue.days === null) return unknown(...problems);
  const ids = new Set(named.map(({ id }) => id));
  const judged = verdicts.filter(({ id }) => ids.has(id));
  if (judged.length === 0)
    return { ...unknown(`The catalogue of advisories has no ${reason}.`), code: 'not-in-catalogue' };
  const has = (state: AdvisoryVerdict['state']): readonly AdvisoryVerdict[] =>
    judged.filter((verdict) => verdict.state === state);
  const waiting = has('patched').filter(({ restartPending }) => restartPending);
  const tell = (state: ReasonPatch['state'], of: readonly AdvisoryVerdict[]): ReasonPatch => ({
    state,
    because: of.slice(0, 8).map(({ id, because }) => (judged.length === 1 ? because : `${id}: ${because}`)),
  });
  if (has('vulnerable').length > 0) return tell('vulnerable', has('vulnerable'));
  if (waiting.length > 0)
    return {
      state: 'vulnerable',
      because: [
        'The patch is installed, but takes effect with a restart only.',
        ...tell('vulnerable', waiting).because,
      ],
    };
  if (has('unknown').length > 0) return tell('unknown', has('unknown'));
  return has('patched').length > 0 ? tell('patched', has('patched')) : tell('not-affected', judged);
}

/** A patch on disk changes nothing in a program that was started before it. */
const stillRunning = (stale: readonly string[]): ReasonPatch => ({
  state: 'vulnerable',
  because: [
    `The patch is installed, but ${stale.join(' and ')} still ${stale.length === 1 ? 'runs' : 'run'} as before it: restart the file server (systemctl restart smbd) or the PC.`,
  ],
});

const anotherRuns = ({ state, because }: ReasonPatch, servers: readonly string[]): ReasonPatch =>
  unknown(
    ...(state === 'patched' ? [] : because),
    `${state === 'patched' ? 'The patch is installed, but' : 'But'} ${servers.join(' and ')} ${servers.length === 1 ? 'is' : 'are'} not what is installed: built here, in a container, or from before an update, so of a version that is not known.`,
  );

const unknown = (...because: readonly string[]): ReasonPatch => ({ state: 'unknown', because });
