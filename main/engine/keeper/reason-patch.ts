// Whether this PC is patched for a shield's reason: an advisory, a distribution's notice, or a bulletin with all of its holes.
import type { Host, HostFacts } from '../../host/host';
import type { Advisory, AdvisoryVerdict, PatchVerdict } from '../../model/advisory';
import type { ReasonInForce, ReasonPatch } from '../../model/kept';
import { isNamed } from '../../patch/named';
import { pcOf, serverOfNoPackage } from '../../patch/pc';
import { cataloguePlaces } from '../advisories/catalogue-paths';
import { failureInEnglish, inEnglish } from '../in-english';
import { patchJudge } from '../inspect/patches';

/**
 * What background protection goes by: like `judgeReason`, told with the servers that no installed package brought. Needs root: else
 * less of what runs can be told, and less is patched. Never rejects.
 */
export async function judgeReasonInForce(
  host: Pick<Host, 'now' | 'readFacts' | 'simulated' | 'stateFolder'>,
  helper: string,
  reason: string | null,
): Promise<ReasonInForce> {
  const { patch, others } = await judge(host, helper, reason);
  return { patch, others };
}

/** By the packages and the catalogue as they are now; of a user's own catalogue nothing is believed. Never rejects. */
export async function judgeReason(
  host: Pick<Host, 'now' | 'readFacts' | 'simulated' | 'stateFolder'>,
  helper: string,
  reason: string | null,
): Promise<ReasonPatch> {
  return (await judge(host, helper, reason)).patch;
}

async function judge(
  host: Pick<Host, 'now' | 'readFacts' | 'simulated' | 'stateFolder'>,
  helper: string,
  reason: string | null,
): Promise<ReasonInForce> {
  const only = (patch: ReasonPatch): ReasonInForce => ({ patch, others: null });
  if (reason === null) return only(unknown('No advisory was named as the reason.'));
  try {
    const [{ read, judgeFacts }, facts] = await Promise.all([
      patchJudge(host, cataloguePlaces(host, helper, null)).ready(),
      readPatchFacts(host),
    ]);
    if (read.catalogue === null) return only(unknown(inEnglish(read.why)));
    const { advisories, problems } = read.catalogue;
    // An update says more than what it updates: without it nothing is known to be safe.
    if (problems.length > 0) return only(unknown(...problems.map(inEnglish)));
    const named = advisories.filter((advisory) => isNamed(reason, advisory));
    const isLinux = facts.patch.state === 'known' && facts.patch.value.kind === 'linux';
    // Only where it is judged by packages must what runs be theirs.
    const isOfPackages = isLinux && named.some(({ packages, upstream }) => packages.length > 0 || upstream !== null);
    return {
      patch: reasonPatch(reason, named, judgeFacts(facts)),
      others: isOfPackages ? othersOf(facts) : null,
    };
  } catch (error) {
    return only(unknown(`It could not be judged: ${failureInEnglish(error)}`));
  }
}

/** What serves TCP 445 counts only where packages tell what is installed: on Windows it would be read for nothing, at every look. */
async function readPatchFacts(host: Pick<Host, 'readFacts'>): Promise<HostFacts> {
  const facts = await host.readFacts(new Set(['patch'] as const), () => undefined);
  if (facts.patch.state !== 'known' || facts.patch.value.kind !== 'linux') return facts;
  const { servers, listeners } = await host.readFacts(new Set(['servers', 'listeners'] as const), () => undefined);
  return { ...facts, servers, listeners };
}

/** Null = what runs could not be told. */
function othersOf(facts: HostFacts): readonly string[] | null {
  const { software } = pcOf(facts);
  if (software?.kind !== 'linux' || software.serving?.state === 'unknown') return null;
  const ofNoPackage = serverOfNoPackage(facts);
  return [...(software.serving?.value.elsewhere ?? []), ...(ofNoPackage === null ? [] : [inEnglish(ofNoPackage)])];
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
  if (catalogue === null || catalogue.days === null) return unknown(...problems.map(inEnglish));
  const ids = new Set(named.map(({ id }) => id));
  const judged = verdicts.filter(({ id }) => ids.has(id));
  if (judged.length === 0)
    return { ...unknown(`The catalogue of advisories has no ${reason}.`), code: 'not-in-catalogue' };
  const has = (state: AdvisoryVerdict['state']): readonly AdvisoryVerdict[] =>
    judged.filter((verdict) => verdict.state === state);
  const waiting = has('patched').filter(({ restartPending }) => restartPending);
  const tell = (state: ReasonPatch['state'], of: readonly AdvisoryVerdict[]): ReasonPatch => ({
    state,
    because: of
      .slice(0, 8)
      .map(({ id, because }) => (judged.length === 1 ? inEnglish(because) : `${id}: ${inEnglish(because)}`)),
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

const unknown = (...because: readonly string[]): ReasonPatch => ({ state: 'unknown', because });
