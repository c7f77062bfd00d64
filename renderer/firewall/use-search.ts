// Searching many rules while someone types: it waits for a pause, and lets the window breathe between the parts.
import { useEffect, useState } from 'react';
import { type Rules, searchRules } from './rules';

/** ms without a key press; rules looked at in one go (a few ms). */
const pause = 200;
const atOnce = 5000;

/** The rules that contain the text (all where it is empty), and whether they are still being looked for. */
export function useSearch(rules: Rules, text: string): { readonly found: Rules; readonly isSearching: boolean } {
  const wanted = text.trim();
  const [last, setLast] = useState<{ readonly of: Rules; readonly text: string; readonly found: Rules } | null>(null);
  useEffect(() => {
    if (wanted === '') return;
    const search = searchRules(rules, wanted, atOnce);
    const goOn = (): void => {
      const part = search.next();
      if (part.done) setLast({ of: rules, text: wanted, found: part.value });
      else timer = setTimeout(goOn, 0);
    };
    let timer = setTimeout(goOn, pause);
    return () => clearTimeout(timer);
  }, [rules, wanted]);
  if (wanted === '') return { found: rules, isSearching: false };
  if (last?.of === rules && last.text === wanted) return { found: last.found, isSearching: false };
  // What was found last stays until the new answer is there.
  return { found: last?.of === rules ? last.found : rules, isSearching: true };
}
