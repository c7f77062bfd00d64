// The rules under the picture, a page of each list at a time: asked for as somebody types or turns a page.
import { useEffect, useState } from 'react';
import type { RuleCounts, RuleList, RulesFound, ShownReview } from '../../preload/contract';
import { useWindow } from '../store';

/** ms without a key press. */
const pause = 200;

interface Wanted {
  readonly text: string;
  readonly first: RuleCounts;
}

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
  const [wanted, setWanted] = useState<Wanted>({ text: '', first: beginnings });
  const [answer, setAnswer] = useState<{ readonly text: string; readonly found: RulesFound | null } | null>(null);
  const text = typed.trim();

  useEffect(() => {
    if (text === wanted.text) return;
    const timer = setTimeout(() => setWanted({ text, first: beginnings }), text === '' ? 0 : pause);
    return () => clearTimeout(timer);
  }, [text, wanted.text]);

  useEffect(() => {
    let isWanted = true;
    void findRules({ review: number, ...wanted }).then((found) => {
      if (isWanted) setAnswer({ text: wanted.text, found });
    });
    return () => {
      isWanted = false;
    };
  }, [findRules, number, wanted]);

  return {
    found: answer?.found ?? null,
    isSearching: answer?.text !== text,
    turn: (list, place) => setWanted((now) => ({ ...now, first: { ...now.first, [list]: place } })),
  };
}
