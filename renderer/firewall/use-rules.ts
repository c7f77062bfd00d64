// The rules under the picture, a page of each list at a time: asked for as somebody types or turns a page.
import { useCallback, useState } from 'react';
import type { RuleCounts, RuleList, RulesFound, ShownReview } from '../../preload/contract';
import { useLatest } from '../parts/use-latest';
import { useSettled } from '../parts/use-settled';
import { useWindow } from '../store';

interface ShownRules {
  /** null = not there yet, or not at hand any more. */
  readonly found: RulesFound | null;
  /** Whether what is shown is not yet what was typed. */
  readonly isSearching: boolean;
  /** Turns a list to the page on which this place lies. */
  turn(list: RuleList, place: number): void;
}

const beginnings: RuleCounts = { deciding: 0, unsure: 0, shadowed: 0, listed: 0 };

/** The rules that contain the text (all where it is empty). What was found last stays until the new answer is there. */
export function useRules({ number }: ShownReview, typed: string): ShownRules {
  const findRules = useWindow((state) => state.findRules);
  const text = useSettled(typed);
  const [turned, setTurned] = useState({ text: '', first: beginnings });
  // Another text begins at the first pages again.
  const first = turned.text === text ? turned.first : beginnings;

  const ask = useCallback(
    async () => ({ text, found: await findRules({ review: number, text, first }) }),
    [findRules, number, text, first],
  );
  const answer = useLatest(ask);

  return {
    found: answer?.found ?? null,
    isSearching: answer?.text !== typed.trim(),
    turn: (list, place) => setTurned({ text, first: { ...first, [list]: place } }),
  };
}
