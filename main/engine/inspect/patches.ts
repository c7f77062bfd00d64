// Judges this PC's patches for the flow: the catalogue is read once, when it is first needed, and verdicts again when facts change.

import type { Host } from '../../host/host';
import type { Catalogue, PatchVerdict, PcForPatch } from '../../model/advisory';
import type { Facts } from '../../model/facts';
import { message } from '../../model/message';
import { messageOf } from '../../model/message-error';
import type { CataloguePlaces } from '../advisories/catalogue';
import { updatesStamp } from '../advisories/catalogue-paths';
import type { CatalogueRead } from '../engine';

type PatchFacts = Pick<Facts, 'patch' | 'servers' | 'listeners'>;

interface Ready {
  /** Of the updates it was read with. */
  readonly stamp: string;
  readonly read: CatalogueRead;
  judgePc(pc: PcForPatch): PatchVerdict;
  judgeFacts(facts: PatchFacts): PatchVerdict;
}

export interface PatchJudge {
  /** Loads the catalogue and the rules: a cold inspection must not wait for them before it asks. */
  ready(): Promise<Ready>;
  /** null where the patch was not asked about, or the catalogue is not there yet. */
  judge(facts: PatchFacts): PatchVerdict | null;
  /** The catalogue has changed. */
  forget(): void;
}

export function patchJudge(host: Pick<Host, 'now' | 'simulated'>, places: CataloguePlaces): PatchJudge {
  let loading: Promise<Ready> | null = null;
  let loaded: Ready | null = null;
  let last: { readonly facts: PatchFacts; readonly verdict: PatchVerdict } | null = null;
  return {
    async ready() {
      // Another program of ours may have taken an update in meanwhile.
      if (loaded !== null && updatesStamp(places) !== loaded.stamp) loading = null;
      loading ??= load(host, places);
      const now = await loading;
      if (now !== loaded) [loaded, last] = [now, null];
      return now;
    },
    judge(facts) {
      if (facts.patch.state === 'not-asked' || loaded === null) return null;
      const isSame =
        last !== null &&
        (['patch', 'servers', 'listeners'] as const).every((name) => last?.facts[name] === facts[name]);
      if (!isSame || last === null) last = { facts: { ...facts }, verdict: loaded.judgeFacts(facts) };
      return last.verdict;
    },
    // Whoever is in the middle of judging goes on by the one that was read; the next to ask reads it anew.
    forget() {
      loading = null;
    },
  };
}

/** After what has to be asked first was asked. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function load(host: Pick<Host, 'now' | 'simulated'>, places: CataloguePlaces): Promise<Ready> {
  await nextTurn();
  const [{ readCatalogue }, { judgePatches }, { pcOf }, { catalogueOfTheDay }] = await Promise.all([
    import('../advisories/catalogue'),
    import('../../patch/judge/judge'),
    import('../../patch/pc'),
    import('../../patch/of-the-day'),
  ]);
  const stamp = updatesStamp(places);
  const read = ofTheDay(host, readCatalogue(places), catalogueOfTheDay);
  const judgePc = (pc: PcForPatch): PatchVerdict => {
    try {
      return judgePatches(read.catalogue, pc, host.now(), read.catalogue === null ? read.why : null);
    } catch (error) {
      // A record that passed its schema and still can't be judged: nothing is said, least of all "patched".
      return judgePatches(null, pc, host.now(), message('patch.not-judged', { why: messageOf(error) }));
    }
  };
  return { stamp, read, judgePc, judgeFacts: (facts) => judgePc(pcOf(facts)) };
}

/** A simulated PC lives on a day of its own, and has the catalogue of that day. */
function ofTheDay(
  { simulated, now }: Pick<Host, 'now' | 'simulated'>,
  read: CatalogueRead,
  take: (catalogue: Catalogue, day: Date) => Catalogue,
): CatalogueRead {
  return simulated === null || read.catalogue === null ? read : { catalogue: take(read.catalogue, now()) };
}
