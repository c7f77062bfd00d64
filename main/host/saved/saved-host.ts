// Another PC, of which files were saved: judged as that PC would be, and never asked or changed.
import { basename, resolve } from 'node:path';
import type { LinuxPolicy, WindowsPolicy } from '../../model/review';
import type { Host, HostFactName, HostFacts, OnHostFact } from '../host';
import { allFacts } from '../host-facts';
import type { SavedPlace } from './saved-facts';

/** A saved policy with all that was saved beside it. */
export type SavedPc = { readonly place: SavedPlace } & (
  | { readonly platform: 'linux'; readonly policy: LinuxPolicy }
  | { readonly platform: 'windows'; readonly policy: WindowsPolicy }
);

/** Rejects with an Error with a message for people where the files can't be judged at all. */
export async function savedHost(pc: SavedPc): Promise<Host> {
  const { facts, base } = pc.platform === 'linux' ? await ofLinux(pc) : await ofWindows(pc);
  return { ...base, readFacts: readerOf(facts), elevation: null, saved: pc.place };
}

type Saved<P extends SavedPc['platform']> = Extract<SavedPc, { platform: P }>;

async function ofLinux({ policy, place }: Saved<'linux'>): Promise<{ facts: HostFacts; base: Host }> {
  const [{ linuxHost }, { linuxFacts }] = await Promise.all([import('../linux/linux-host'), import('./linux-facts')]);
  return { facts: linuxFacts(policy, place), base: linuxHost };
}

async function ofWindows({ policy, place }: Saved<'windows'>): Promise<{ facts: HostFacts; base: Host }> {
  const [{ windowsHost }, { windowsFacts }] = await Promise.all([
    import('../windows/windows-host'),
    import('./windows-facts'),
  ]);
  return { facts: windowsFacts(policy, basename(resolve(place.path)), place), base: windowsHost };
}

function readerOf(facts: HostFacts): Host['readFacts'] {
  return async (wanted: ReadonlySet<HostFactName>, onFact: OnHostFact) => {
    for (const name of wanted) onFact(name, facts[name]);
    const chosen = Object.fromEntries([...wanted].map((name) => [name, facts[name]]));
    return allFacts(
      chosen,
      (name) => ({ ...facts[name], state: 'not-asked', why: 'This was not asked for.' }) as never,
    );
  };
}
