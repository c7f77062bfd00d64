// Notices when software is installed or removed, or a restart becomes due, by the files that then change.
import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** ms without a further change: installing changes the same files many times. */
const quiet = 1500;

/**
 * Calls `onChange` once things are quiet again after one of the files (absolute paths; they need not exist) has changed. What
 * can't be watched is left out: the window looks again whenever somebody comes back to it, too. Returns the function that stops.
 */
export function watchSoftware(places: readonly string[], onChange: () => void, patience = quiet): () => void {
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, patience);
  };
  const folders = new Map<string, Set<string>>();
  for (const place of places) {
    const names = folders.get(dirname(place)) ?? new Set();
    folders.set(dirname(place), names.add(basename(place)));
  }
  const watchers: FSWatcher[] = [];
  for (const [folder, names] of folders)
    try {
      // The folder, since a file that is replaced whole would no longer be the watched one.
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null || names.has(name)) changed();
      });
      watcher.on('error', () => watcher.close());
      watchers.push(watcher);
    } catch {
      // It is not there, or may not be read.
    }
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
