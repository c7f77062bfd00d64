// Plain text for people: wrapped lines, headings, tables and a little colour. Pure.
import { message, type Words } from '../../model/message';
import { shownText } from '../../model/untrusted-text';
import type { Say } from '../../text/render';

export type Tone = 'plain' | 'strong' | 'dim' | 'good' | 'bad' | 'warning';

export interface PageStyle {
  /** In whose words messages are put. */
  readonly say: Say;
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
}

/** A text that grows line by line; what everything said holds of characters that steer a terminal or hide is shown as such. */
export interface Page {
  say(text: Words, look?: { readonly tone?: Tone; readonly indent?: number; readonly hang?: number }): void;
  heading(text: Words): void;
  /** "- text", its further lines hanging under the text. */
  bullet(text: Words, tone?: Tone): void;
  /** Columns as wide as they need to be; the last one wraps. */
  table(rows: readonly (readonly Words[])[], tone?: (row: number) => Tone): void;
  /** As it stands, line by line, indented; only made fit to be shown. */
  verbatim(text: string): void;
  gap(): void;
  /** That a list goes on: so many more are not shown; nothing where there are none. */
  more(count: number): void;
  /** Columns that these words take. */
  widthOf(words: Words): number;
  toString(): string;
}

export function createPage({ say, width, colour }: PageStyle): Page {
  const lines: string[] = [];
  const shown = (text: Words): string => shownText(typeof text === 'string' ? text : say(text));
  const put = (line: string, tone: Tone): void => {
    lines.push(colour ? paint(line, tone) : line);
  };
  const page: Page = {
    say(text, { tone = 'plain', indent = 0, hang = 0 } = {}) {
      for (const line of wrap(shown(text), width, indent, hang)) put(line, tone);
    },
    heading(text) {
      page.gap();
      page.say(text, { tone: 'strong' });
    },
    bullet(text, tone = 'plain') {
      page.say(`- ${shown(text)}`, { tone, indent: 2, hang: 2 });
    },
    table(rows, tone = () => 'plain') {
      const cells = rows.map((row) => row.map(shown));
      const widths = columnWidths(cells);
      for (const [at, row] of cells.entries()) {
        const lead = row.slice(0, -1).map((cell, column) => cell.padEnd(widths[column] ?? 0));
        const text = [...lead, row.at(-1) ?? ''].join('  ');
        const hang = widths.slice(0, -1).reduce((sum, one) => sum + one + 2, 0);
        const fits = text.length + 2 <= width || hang + 20 > width;
        const wrapped = fits ? [`  ${text}`.trimEnd()] : wrapLast(lead, row.at(-1) ?? '', width, hang);
        for (const line of wrapped) put(line, tone(at));
      }
    },
    verbatim(text) {
      for (const line of text.split('\n')) put(`    ${shownText(line.replaceAll('\t', '  '))}`.trimEnd(), 'dim');
    },
    gap() {
      if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
    },
    more(count) {
      if (count > 0) page.say(message('page.more', { count }), { indent: 2 });
    },
    widthOf: (words) => shown(words).length,
    toString: () => (lines.length === 0 ? '' : `${lines.join('\n')}\n`),
  };
  return page;
}

/** Words are never cut: an address or a command stays whole, even where it is longer than a line. */
export function wrap(text: string, width: number, indent: number, hang: number): readonly string[] {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line.trimEnd());
      line = ' '.repeat(indent + hang);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line.trimEnd()];
}

function wrapLast(lead: readonly string[], last: string, width: number, hang: number): readonly string[] {
  const [first = '', ...rest] = wrap(last, width, hang + 2, 0);
  return [`  ${lead.join('  ')}  ${first.trimStart()}`, ...rest];
}

function columnWidths(rows: readonly (readonly string[])[]): readonly number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
}

// ECMA-48 SGR: bold, faint, green, red, yellow; the words always say the same.
const codes: Readonly<Record<Exclude<Tone, 'plain'>, string>> = {
  strong: '1',
  dim: '2',
  good: '32',
  bad: '1;31',
  warning: '33',
};

function paint(line: string, tone: Tone): string {
  return tone === 'plain' || line === '' ? line : `\u001b[${codes[tone]}m${line}\u001b[0m`;
}
