// Starts the program beside it (NAME.js starts NAME.code.js) from what V8 compiled when it was built: half the time to load.
// V8 itself refuses what another version of it compiled, or what was compiled from another text; then it compiles anew.
const { readFileSync, writeFileSync } = require('node:fs');
const { wrap } = require('node:module');
const { dirname } = require('node:path');
const { Script } = require('node:vm');

const code = __filename.replace(/\.js$/, '.code.js');
const cache = __filename.replace(/\.js$/, '.cache');
const script = new Script(wrap(readFileSync(code, 'utf8')), { filename: code, cachedData: compiled() });
script.runInThisContext()(exports, require, module, code, dirname(code));

// The build asks for it, when what a command needs has been compiled.
if (process.env.BREAKWATER_WRITE_CODE_CACHE === __filename)
  process.once('exit', () => writeFileSync(cache, script.createCachedData()));

function compiled() {
  try {
    return readFileSync(cache);
  } catch {
    return undefined;
  }
}
