// The rules under the picture, a page of each list at a time: asked for as somebody types or turns a page.
import { useEffect, useState } from 'react';
import type { RuleCounts, RuleList, RulesFound, ShownReview } from '../../preload/contract';
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
  const [answer, setAnswer] = useState<{ readonly text: string; readonly found: RulesFound | null } | null>(null);
  // Another text begins at the first pages again.
  const first = turned.text === text ? turned.first : beginnings;

  useEffect(() => {
    let isWanted = true;
    void findRules({ review: number, text, first }).then((found) => {
      if (isWanted) setAnswer({ text, found });
    });
    return () => {
      isWanted = false;
    };
  }, [findRules, number, text, first]);

  return {
    found: answer?.found ?? null,
    isSearching: answer?.text !== typed.trim(),
    turn: (list, place) => setTurned({ text, first: { ...first, [list]: place } }),
  };
}
