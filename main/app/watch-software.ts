// Notices when files change or appear: software installed or removed, a restart due, a newer catalogue, the keeper's word.
import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** ms without a further change: installing changes the same files many times. */
const quiet = 1500;

/**
 * Calls `onChange` once things are quiet again after one of the files (absolute paths; neither they nor their folders need exist) has
 * changed. What can't be watched is left out: the window looks again whenever somebody comes back to it, too. Returns the function that
 * stops.
 */
export function watchSoftware(places: readonly string[], onChange: () => void, patience = quiet): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, patience);
  };
  const watchers = new Set<FSWatcher>();
  const end = (watcher: FSWatcher): void => {
    watchers.delete(watcher);
    watcher.close();
  };
  /** False where the folder is not there. */
  const follow = (folder: string, names: ReadonlySet<string>, heard: (watcher: FSWatcher) => void): boolean => {
    try {
      // The folder, since a file that is replaced whole would no longer be the watched one.
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (!isStopped && (name === null || names.has(name))) heard(watcher);
      });
      watcher.on('error', () => end(watcher));
      watchers.add(watcher);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code !== 'ENOENT';
    }
  };
  const whenThere = (folder: string, then: () => void): void => {
    const above = dirname(folder);
    if (above === folder) return;
    const heard = (watcher: FSWatcher): void => {
      end(watcher);
      then();
    };
    if (!follow(above, new Set([basename(folder)]), heard)) whenThere(above, () => whenThere(folder, then));
    // Made while the folder above began to be watched.
    else if (existsSync(folder)) then();
  };
  const begin = (folder: string, names: ReadonlySet<string>): void => {
    if (follow(folder, names, changed)) return;
    whenThere(folder, () => {
      // Files may have come with it.
      changed();
      begin(folder, names);
    });
  };
  const folders = new Map<string, Set<string>>();
  for (const place of places) {
    const names = folders.get(dirname(place)) ?? new Set();
    folders.set(dirname(place), names.add(basename(place)));
  }
  for (const [folder, names] of folders) begin(folder, names);
  return () => {
    isStopped = true;
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
