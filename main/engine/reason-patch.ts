// Whether this PC is patched for a shield's reason: an advisory, a distribution's notice, or a bulletin with all of its holes.
import type { Host, HostFacts } from '../host/host';
import type { Advisory, AdvisoryVerdict, PatchVerdict } from '../model/advisory';
import type { ReasonPatch } from '../model/kept';
import { cataloguePlaces } from './catalogue-places';
import { patchJudge } from './patches';

/** What the keeper goes by: like `judgeReason`, and every server that runs must be what is installed. Needs root. Never rejects. */
export async function judgeReasonInForce(
  host: Pick<Host, 'now' | 'readFacts' | 'simulated' | 'stateFolder' | 'administration'>,
  helper: string,
  reason: string | null,
): Promise<ReasonPatch> {
  const patch = await judgeReason(host, helper, reason);
  if (patch.state !== 'patched') return patch;
  try {
    const { replaced, elsewhere } = await host.administration.staleServers();
    if (replaced.length > 0) return stillRunning(replaced);
    return elsewhere.length > 0 ? anotherRuns(elsewhere) : patch;
  } catch (error) {
    return unknown(`Whether a server still runs as it was before the patch is not known: ${(error as Error).message}`);
  }
}

/** By the packages and the catalogue as they are now; of a user's own catalogue nothing is believed. Never rejects. */
export async function judgeReason(
  host: Pick<Host, 'now' | 'readFacts' | 'simulated' | 'stateFolder'>,
  helper: string,
  reason: string | null,
): Promise<ReasonPatch> {
  if (reason === null) return unknown('No advisory was named as the reason.');
  try {
    const [{ read, judgeFacts }, facts] = await Promise.all([
      patchJudge(host, cataloguePlaces(host, helper, null)).ready(),
      readPatchFacts(host),
    ]);
    if (read.catalogue === null) return unknown(read.why);
    return reasonPatch(reason, read.catalogue.advisories, judgeFacts(facts));
  } catch (error) {
    return unknown(`It could not be judged: ${error instanceof Error ? error.message : String(error)}`);
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
  advisories: readonly Advisory[],
  { catalogue, verdicts, problems }: PatchVerdict,
): ReasonPatch {
  // A clock that is behind the catalogue is wrong; then nothing is said by it.
  if (catalogue === null || catalogue.days === null) return unknown(...problems);
  const ids = new Set(advisories.filter((advisory) => isNamed(reason, advisory)).map(({ id }) => id));
  const judged = verdicts.filter(({ id }) => ids.has(id));
  if (judged.length === 0) return unknown(`The catalogue of advisories has no ${reason}.`);
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

const anotherRuns = (servers: readonly string[]): ReasonPatch =>
  unknown(
    `The patch is installed, but ${servers.join(' and ')} ${servers.length === 1 ? 'is' : 'are'} not what is installed: built here, or in a container, so of a version that is not known.`,
  );

/** By the hole's id, by that of one of its records (DSA-5071-1), or by the Microsoft bulletin that its title names (MS17-010). */
function isNamed(reason: string, { id, title, summary, sources }: Advisory): boolean {
  const wanted = reason.toUpperCase();
  if (id.toUpperCase() === wanted || sources.some((source) => source.id.toUpperCase() === wanted)) return true;
  return /^MS\d\d-\d{3}$/.test(wanted) && new RegExp(`\\b${wanted}\\b`).test(`${title} ${summary}`.toUpperCase());
}

const unknown = (...because: readonly string[]): ReasonPatch => ({ state: 'unknown', because });
