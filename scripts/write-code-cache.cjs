// `node write-code-cache.cjs NAME.code.js ARGS`: runs a built program once and keeps what V8 compiled for it in NAME.cache.
const { readFileSync, writeFileSync } = require('node:fs');
const { wrap } = require('node:module');
const { dirname } = require('node:path');
const { Script } = require('node:vm');

const [code, ...args] = process.argv.slice(2);
const script = new Script(wrap(readFileSync(code, 'latin1')), { filename: code });
process.argv.splice(1, process.argv.length, code, ...args);
process.once('exit', () => writeFileSync(code.replace(/\.code\.js$/, '.cache'), script.createCachedData()));
script.runInThisContext()(exports, require, module, code, dirname(code));
