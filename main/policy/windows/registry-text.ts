// Reads the text of a registry in both shapes: what `reg query KEY /s` prints and what `reg export` writes. Pure, linear in its length.
import { message } from '../../model/message';
import type { Registry } from './registry';
import { RegistryBuilder, type RegistryProblem } from './registry-builder';
import { readExportLine } from './registry-export';
import { isQueryKey, QueryReader } from './registry-query';
import { TextLines } from './text-lines';

export interface RegistryText {
  readonly registry: Registry;
  /** What could not be read, in the order of lines (the first hundred). Where there is any, what the text says of a key may not be all. */
  readonly problems: readonly RegistryProblem[];
  /** whole: it ends as both programs end it, with an empty line; abrupt: with a line; torn: within one. */
  readonly ending: 'whole' | 'abrupt' | 'torn';
  /** The folded path of the key that the text's end stands in; null where there is no key. */
  readonly lastKey: string | null;
  /** export: it came from `reg export` and nothing else, and lost no characters. */
  readonly shape: 'query' | 'export';
  /** Folded paths of keys of which only what was searched for was printed. */
  readonly searched: ReadonlySet<string>;
  /** Whether it takes something away, so that it was written for `reg import`. */
  readonly isImport: boolean;
}

/**
 * Never throws. Read are also texts put together from both, text with any line end, "HKLM" for its long name, the older REGEDIT4,
 * and deletions in a text that was written for `reg import`. A text without any key has a problem that says so.
 * [reg query and reg export, as in Microsoft's documentation of `reg`; KB 310516 for the .reg file.]
 */
export function readRegistryText(text: string): RegistryText {
  const lines = new TextLines(text.startsWith('\ufeff') ? text.slice(1) : text);
  const builder = new RegistryBuilder();
  const query = new QueryReader(builder);
  let version: 4 | 5 | null = null;
  let isQuery = false;
  let wasBlank = false;
  for (let line = lines.next(); line !== null; line = lines.next()) {
    const header = headerVersion(line.text);
    if (header !== null) {
      query.end(lines);
      if (header === 'unfinished') builder.wrong(line.number, message('saved.registry.first-line'));
      else version = header;
      continue;
    }
    wasBlank = line.text.trim() === '';
    // A key's line tells both shapes apart, so texts that were put together are no trouble.
    if (isQueryKey(line.text)) [version, isQuery] = [null, true];
    if (version === null) query.read(line, lines);
    else readExportLine(line, lines, version, builder);
  }
  query.end(lines);
  const nothing: readonly RegistryProblem[] = builder.isEmpty
    ? [{ line: 1, key: null, why: message('saved.registry.empty') }]
    : [];
  const ending = lines.isTorn ? 'torn' : wasBlank ? 'whole' : 'abrupt';
  const isUnfinished = ending !== 'whole' && version === null && query.endsWithKey;
  const registry = builder.build(isUnfinished ? builder.current : null, ending !== 'whole');
  return {
    registry,
    problems: [...nothing, ...builder.problems],
    ending,
    lastKey: builder.current,
    shape: isQuery || version === null ? 'query' : 'export',
    searched: query.searched,
    isImport: builder.hasDeletions,
  };
}

function headerVersion(line: string): 4 | 5 | 'unfinished' | null {
  if (!line.startsWith('Windows Reg') && !line.startsWith('REGEDIT')) return null;
  if (/^Windows Registry Editor Version 5\.00\s*$/.test(line)) return 5;
  return /^REGEDIT4\s*$/.test(line) ? 4 : 'unfinished';
}
