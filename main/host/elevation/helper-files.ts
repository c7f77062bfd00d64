// The files that decide what the helper does: whoever could write one of them would get an administrator's rights, or steer them.
import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The helper's script, the program that it starts and what V8 compiled of that (scripts/quick-start.cjs), and the catalogue that
 * comes with them. One that is not there is left out: nobody can make it in a folder of administrators. Not there also means a
 * helper that was never built; its own path always counts.
 */
export function helperFiles(helper: string): readonly string[] {
  const name = helper.replace(/\.js$/, '');
  const beside = [`${name}.code.js`, `${name}.cache`, join(dirname(helper), 'advisories.json')];
  return [helper, ...beside.filter(isThere)];
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    // What can't be looked at may be there.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}
