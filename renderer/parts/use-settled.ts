// What somebody types into a search, once they pause.
import { useEffect, useState } from 'react';

/** ms without a key press. */
const pause = 200;

/** The text without blanks around it, as it was when typing last paused; emptying it counts at once. */
export function useSettled(typed: string): string {
  const text = typed.trim();
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    if (text === settled) return;
    const timer = setTimeout(() => setSettled(text), text === '' ? 0 : pause);
    return () => clearTimeout(timer);
  }, [text, settled]);
  return settled;
}
