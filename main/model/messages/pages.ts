// What the command line's pages say beside the facts and verdicts that they show.
import type { Message } from '../message';

export interface PageMessages {
  readonly 'page.rests-on': { readonly because: Message };
  readonly 'page.finding': { readonly severity: string; readonly title: Message };
}
