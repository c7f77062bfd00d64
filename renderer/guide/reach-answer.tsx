// From where the door can be reached by the firewall's rules, in words, and the way to the page that says why.
import { Button } from '@fluentui/react-components';
import { reachSentence } from '../firewall/reach-words';
import { useTextStyles } from '../parts/text-styles';
import { useWindow } from '../store';
import { words } from '../words';

export function ReachAnswer() {
  const text = useTextStyles();
  const review = useWindow((state) => state.review);
  const showPage = useWindow((state) => state.showPage);
  if (!review?.said) return null;
  return (
    <div className={text.tight}>
      <p className={text.paragraph}>{reachSentence(review.said)}</p>
      {review.counts.unsure > 0 && review.verdict !== 'closed' ? (
        <p className={text.paragraph}>{words.reach.atMost}</p>
      ) : null}
      <div>
        <Button size="small" onClick={() => showPage('firewall')}>
          {words.reach.why}
        </Button>
      </div>
    </div>
  );
}
