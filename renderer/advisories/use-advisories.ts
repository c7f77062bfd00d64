// The advisories, a page at a time: asked for as somebody types or turns a page.
import { useCallback, useState } from 'react';
import type { AdvisoriesFound, ShownPatch } from '../../preload/contract';
import { useLatest } from '../parts/use-latest';
import { useSettled } from '../parts/use-settled';
import { useWindow } from '../store';

interface ShownAdvisories {
  /** null = not there yet, or not at hand any more. */
  readonly found: AdvisoriesFound | null;
  /** Whether what is shown is not yet what was typed. */
  readonly isSearching: boolean;
  /** Turns to the page on which this place lies. */
  turn(place: number): void;
}

/** The advisories that contain the text (all where it is empty). What was found last stays until the new answer is there. */
export function useAdvisories({ number }: ShownPatch, typed: string): ShownAdvisories {
  const findAdvisories = useWindow((state) => state.findAdvisories);
  const text = useSettled(typed);
  const [turned, setTurned] = useState({ text: '', first: 0 });
  // Another text begins at the first page again.
  const first = turned.text === text ? turned.first : 0;

  const ask = useCallback(
    async () => ({ text, found: await findAdvisories({ patch: number, text, first }) }),
    [findAdvisories, number, text, first],
  );
  const answer = useLatest(ask);

  return {
    found: answer?.found ?? null,
    isSearching: answer?.text !== typed.trim(),
    turn: (place) => setTurned({ text, first: place }),
  };
}
