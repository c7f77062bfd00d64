// One PC against 10,000 holes, and 10,000 published records taken in, beside what reading their text alone takes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageError } from '../../main/model/message-error';
import { assemble } from '../../main/patch/assemble';
import { readDescribedPc } from '../../main/patch/described-pc';
import { judgePatches } from '../../main/patch/judge/judge';
import { readRecords } from '../../main/patch/records/read';
import { alternate } from './alternate';
import type { Surroundings } from './bench';
import type { Comparison } from './comparison';

const size = 10_000;
const rounds = { warmUp: 2, counted: 9 };

export async function compareAdvisories({ project, tell }: Surroundings): Promise<readonly Comparison[]> {
  tell(`advisories: ${size} records, made of the ones that Breakwater brings ...`);
  const text = JSON.stringify(manyRecords(join(project, 'main/patch/catalogue')));
  const catalogue = assemble(readRecords(text, 'bench').records, { updates: [], problems: [] });
  const assembled = JSON.stringify(catalogue);
  const pcs = [
    { os: 'windows', build: '10.0.19045.3086', installationType: 'Client', arch: 'x64', smb1: false },
    {
      os: 'linux',
      distro: 'debian',
      release: '12',
      packages: { samba: '2:4.17.12+dfsg-0+deb12u1', linux: '6.1.37-1' },
    },
  ].map(describedPc);
  const results: Comparison[] = [];
  for (const pc of pcs) {
    const { ours, theirs } = await alternate(
      {
        ours: async () => timed(() => judgePatches(catalogue, pc, new Date())),
        theirs: async () => timed(() => JSON.parse(assembled)),
      },
      rounds,
    );
    results.push({
      title: `${catalogue.advisories.length} advisories, ${pc.software?.kind}`,
      unit: 'ms',
      ours: { what: 'judge one PC', values: ours },
      theirs: { what: 'JSON.parse of the catalogue', values: theirs },
      limit: 1,
    });
  }
  const { ours, theirs } = await alternate(
    {
      ours: async () => timed(() => assemble(readRecords(text, 'bench').records, { updates: [], problems: [] })),
      theirs: async () => timed(() => JSON.parse(text)),
    },
    { warmUp: 1, counted: 5 },
  );
  results.push({
    title: `${size} published records`,
    unit: 'ms',
    ours: { what: 'read, check, put together', values: ours },
    theirs: { what: 'JSON.parse of the records', values: theirs },
    limit: 10,
  });
  return results;
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function describedPc(description: object) {
  const read = readDescribedPc(JSON.stringify(description));
  if (read.kind === 'bad') throw new MessageError(read.why);
  return read.pc;
}

/** Our own records again and again, each time with other ids. `folder`: of the catalogue's sources. */
export function manyRecords(folder: string): readonly unknown[] {
  const texts = ['cve', 'osv'].flatMap((feed) =>
    readdirSync(join(folder, feed)).map((name) => readFileSync(join(folder, feed, name), 'utf8')),
  );
  return Array.from({ length: size }, (_, at) => {
    const round = Math.floor(at / texts.length);
    const text = texts[at % texts.length] ?? '';
    return JSON.parse(
      text.replaceAll(/(CVE-\d{4}-)(\d{4,6})|\b(DSA-|USN-|ALSA-)/g, (whole, year, number, feed) =>
        feed ? `${feed}${round}` : `${year}${String(round).padStart(3, '0')}${number}` || whole,
      ),
    );
  });
}
