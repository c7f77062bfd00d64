// What an answer leaves open, for people. Pure.
import type { Doubt } from '../doubts';
import type { Page } from './layout';

/** A section of its own; nothing where nothing is open. */
export function layDoubts(page: Page, doubts: readonly Doubt[]): void {
  if (doubts.length === 0) return;
  page.heading('Not known');
  for (const { says } of doubts.slice(0, mostShown)) page.bullet(says, 'warning');
  if (doubts.length > mostShown) page.say(`... and ${doubts.length - mostShown} more (see --json)`, { indent: 2 });
}

const mostShown = 20;
