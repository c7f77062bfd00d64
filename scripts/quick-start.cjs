// Starts the program beside it (NAME.js starts NAME.code.js) from what V8 compiled at build time: half the time to load.
// V8 itself turns down what another version of it compiled; then the program is compiled anew.
const { readFileSync } = require('node:fs');
const { wrap } = require('node:module');
const { dirname } = require('node:path');
const { Script } = require('node:vm');

// The code is ASCII (build.mjs sees to it), which Node reads in half the time when told so.
const code = __filename.replace(/\.js$/, '.code.js');
const script = new Script(wrap(readFileSync(code, 'latin1')), { filename: code, cachedData: compiled() });
script.runInThisContext()(exports, require, module, code, dirname(code));

function compiled() {
  try {
    return readFileSync(__filename.replace(/\.js$/, '.cache'));
  } catch {
    return undefined;
  }
}
