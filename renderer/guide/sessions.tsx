// Who is connected right now, and whom a shield would cut off.
import type { Session } from '../../preload/contract';
import { useTextStyles } from '../parts/text-styles';
import { say } from '../say';
import { useWindow } from '../store';
import { words } from '../words';

const mostNames = 8;

export function Sessions() {
  const text = useTextStyles();
  const fact = useWindow((state) => state.facts.sessions);
  if (!fact) return null;
  return (
    <section className={text.tight}>
      <h2 className={text.h2}>{words.check.sessions}</h2>
      {fact.state === 'known' ? (
        sentencesOf(fact.value).map((sentence) => (
          <p key={sentence} className={text.paragraph}>
            {sentence}
          </p>
        ))
      ) : (
        <p className={text.paragraph}>{words.check.sessionsUnknown(say(fact.why))}</p>
      )}
    </section>
  );
}

function sentencesOf(sessions: readonly Session[]): readonly string[] {
  const coming = namesOf(sessions, 'in');
  const going = namesOf(sessions, 'out');
  if (!coming && !going) return [words.check.sessionsNone];
  return [coming ? words.check.sessionsIn(coming) : '', going ? words.check.sessionsOut(going) : ''].filter(Boolean);
}

/** Each of the others once; null = nobody. */
function namesOf(sessions: readonly Session[], direction: Session['direction']): string | null {
  const names = [
    ...new Set(sessions.filter((session) => session.direction === direction).map(({ remote }) => remote.address)),
  ];
  if (names.length === 0) return null;
  const more = names.length > mostNames ? words.check.others(names.length - mostNames) : '';
  return names.slice(0, mostNames).join(', ') + more;
}
