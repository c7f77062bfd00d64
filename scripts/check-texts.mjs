// No text for people outside main/text, scripts and tests: what core, engine and host say is data (main/model/message.ts).
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseSync, Visitor } from 'oxc-parser';

/** Where texts may stand: the languages, and the window's own until they move there. */
const free = /^(?:main\/text|main\/patch\/catalogue|renderer)\//;

/** Words that sentences have, and commands, keys and names of settings do not. */
const speech =
  /(?:^|[\s("'])(?:a|an|and|are|be|but|by|can|can't|could|for|from|has|have|in|is|it|its|no|not|of|on|or|such|than|that|the|there|this|to|was|were|what|which|who|with|without|your)(?=$|[\s,.;:)"'])/i;

/** At least two words, one of which is a word of speech. */
const isForPeople = (text) => /\p{L}{2,}\S* +\S*\p{L}{2,}/u.test(text) && speech.test(text);

const found = [];
for (const file of execFileSync('git', ['ls-files', 'main', 'preload', 'renderer'], { encoding: 'utf8' })
  .split('\n')
  .filter((f) => /\.tsx?$/.test(f))) {
  if (free.test(file)) continue;
  const source = readFileSync(file, 'utf8');
  const { program } = parseSync(file, source);
  const note = (start, text) => {
    if (isForPeople(text)) found.push(`${file}:${source.slice(0, start).split('\n').length}: ${text.slice(0, 100)}`);
  };
  new Visitor({
    Literal: ({ value, start }) => typeof value === 'string' && note(start, value),
    TemplateLiteral: ({ quasis, start }) => note(start, quasis.map(({ value }) => value.cooked).join('{}')),
  }).visit(program);
}
for (const line of found) console.log(line);
console.log(`${found.length} texts for people stand outside main/text.`);
process.exitCode = found.length === 0 ? 0 : 1;
