// Every message by its code: what a room says is in the file of its name.
import type { DoubtMessages } from './doubts';
import type { PageMessages } from './pages';
import type { SmbMessages } from './smb';

export interface Messages extends DoubtMessages, PageMessages, SmbMessages {
  /** The words of another program, a file or a publisher. */
  readonly verbatim: { readonly text: string };
}
