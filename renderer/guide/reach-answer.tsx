// From where the door can be reached by the firewall's rules, in words, and the way to the page that says why.
import { Button } from '@fluentui/react-components';
import { useMemo } from 'react';
import { reachSentence } from '../firewall/reach-words';
import { useTextStyles } from '../parts/text-styles';
import { useWindow } from '../store';
import { words } from '../words';

export function ReachAnswer() {
  const text = useTextStyles();
  const review = useWindow((state) => state.review);
  const network = useWindow((state) => state.facts.network);
  const showFirewall = useWindow((state) => state.showFirewall);
  const sentence = useMemo(
    () => (review ? reachSentence(review, network?.state === 'known' ? network.value : null) : null),
    [review, network],
  );
  if (!review || sentence === null) return null;
  return (
    <div className={text.tight}>
      <p className={text.paragraph}>{sentence}</p>
      {review.unsure.length > 0 && review.verdict !== 'closed' ? (
        <p className={text.paragraph}>{words.reach.atMost}</p>
      ) : null}
      <div>
        <Button size="small" onClick={showFirewall}>
          {words.reach.why}
        </Button>
      </div>
    </div>
  );
}
