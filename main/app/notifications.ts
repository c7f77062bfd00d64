// What the keeper did that people should hear of, each once: also what happened while the app was closed.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { type Message, message, verbatim } from '../model/message';
import type { ShieldVerdict } from '../model/verdicts';

export interface News {
  /** The same for the same event. */
  readonly key: string;
  readonly title: Message;
  readonly body: Message;
}

/** A tool that wipes rules over and over, and a warning that comes and goes, are told of once an hour. */
export function newsOf({ kept }: Pick<ShieldVerdict, 'kept'>): readonly News[] {
  if (kept === null) return [];
  const { ended, restoredAt, warnings, shield } = kept;
  return [
    ...(ended === null
      ? []
      : [{ key: `ended ${ended.at}`, title: message('app.news.down'), body: verbatim(ended.why) }]),
    ...(restoredAt === null
      ? []
      : [
          {
            key: `restored ${hourOf(restoredAt)}`,
            title: message('app.news.put-back'),
            body: message('app.news.put-back.why'),
          },
        ]),
    ...warnings.map(({ code, since, text }) => ({
      key: `warning ${shield?.id ?? ''} ${code} ${since === null ? text : hourOf(since)}`,
      title: message('app.news.warning'),
      body: verbatim(text),
    })),
  ];
}

const hourOf = (time: string): string => time.slice(0, 'YYYY-MM-DDTHH'.length);

/** So many are remembered; none comes back after that many others. */
const most = 100;
const schema = v.array(v.pipe(v.string(), v.maxLength(5000)));

/**
 * Says what was not said before, across starts of the app. `path`: the file that remembers; where there is none, what happened before
 * anybody listened is not said.
 */
export function createKeeperNews(path: string, say: (news: News) => void): { take(verdict: ShieldVerdict): void } {
  let said = read(path);
  return {
    take(verdict) {
      const news = newsOf(verdict).filter(({ key }) => !said?.includes(key));
      if (news.length === 0 && said !== null) return;
      if (said !== null) for (const one of news) say(one);
      said = [...(said ?? []), ...news.map(({ key }) => key)].slice(-most);
      write(path, said);
    },
  };
}

function read(path: string): readonly string[] | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** What can't be written is said again at the next start: better twice than never. */
function write(path: string, said: readonly string[]): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.draft`, `${JSON.stringify(said)}\n`);
    renameSync(`${path}.draft`, path);
  } catch (error) {
    console.error(`Breakwater can't remember what it said: ${(error as Error).message}`);
  }
}
