// Another PC, of which files were saved: judged as that PC would be, and never asked or changed.
import { basename, resolve } from 'node:path';
import { message } from '../../model/message';
import type { LinuxPolicy, WindowsPolicy } from '../../model/review';
import type { HostFactName, HostFacts, InspectedPc, Judging, OnHostFact, SavedHost } from '../host';
import { allFacts } from '../host-facts';
import type { SavedPlace } from './saved-facts';

/** A saved policy with all that was saved beside it. */
export type SavedPc = { readonly place: SavedPlace } & (
  | { readonly platform: 'linux'; readonly policy: LinuxPolicy }
  | { readonly platform: 'windows'; readonly policy: WindowsPolicy }
);

/** Rejects with an Error with a message for people where the files can't be judged at all. */
export async function savedHost(pc: SavedPc): Promise<SavedHost> {
  const { facts, judging } = pc.platform === 'linux' ? await ofLinux(pc) : await ofWindows(pc);
  return { ...judging, simulated: null, readFacts: readerOf(facts), saved: pc.place };
}

type Saved<P extends SavedPc['platform']> = Extract<SavedPc, { platform: P }>;

interface JudgedFacts {
  readonly facts: HostFacts;
  readonly judging: Judging;
}

async function ofLinux({ policy, place }: Saved<'linux'>): Promise<JudgedFacts> {
  const [{ linuxJudging }, { linuxFacts }] = await Promise.all([import('../linux/judging'), import('./linux-facts')]);
  return { facts: linuxFacts(policy, place), judging: linuxJudging };
}

async function ofWindows({ policy, place }: Saved<'windows'>): Promise<JudgedFacts> {
  const [{ windowsJudging }, { windowsFacts }] = await Promise.all([
    import('../windows/judging'),
    import('./windows-facts'),
  ]);
  return { facts: windowsFacts(policy, basename(resolve(place.path)), place), judging: windowsJudging };
}

function readerOf(facts: HostFacts): InspectedPc['readFacts'] {
  return async (wanted: ReadonlySet<HostFactName>, onFact: OnHostFact) => {
    for (const name of wanted) onFact(name, facts[name]);
    const chosen = Object.fromEntries([...wanted].map((name) => [name, facts[name]]));
    return allFacts(
      chosen,
      (name) => ({ ...facts[name], state: 'not-asked', why: message('host.fact.not-asked') }) as never,
    );
  };
}
