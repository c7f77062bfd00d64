// The answer to a question that changes while somebody looks: the last one stays until the new one is there.
import { useEffect, useState } from 'react';

/** Asks again whenever `ask` is another function (`useCallback`); an answer that comes too late is dropped. null = none yet. */
export function useLatest<T>(ask: () => Promise<T>): T | null {
  const [answer, setAnswer] = useState<T | null>(null);
  useEffect(() => {
    let isWanted = true;
    void ask().then((given) => {
      if (isWanted) setAnswer(given);
    });
    return () => {
      isWanted = false;
    };
  }, [ask]);
  return answer;
}
