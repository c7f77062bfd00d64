// What an answer leaves open, for people. Pure.
import { message } from '../../model/message';
import type { Doubt } from '../doubts';
import type { Page } from './layout';

/** A section of its own; nothing where nothing is open. */
export function layDoubts(page: Page, doubts: readonly Doubt[]): void {
  if (doubts.length === 0) return;
  page.heading(message('page.heading.not-known'));
  for (const { says } of doubts.slice(0, mostShown)) page.bullet(says, 'warning');
  page.more(doubts.length - mostShown);
}

const mostShown = 20;
