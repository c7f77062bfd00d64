// What a container or WSL means for what is said of "this PC". Pure.
import type { WithinPc } from '../model/facts';
import { type Message, message } from '../model/message';

export function withinMessage({ kind, name }: WithinPc): Message {
  if (kind === 'wsl') return message('page.within.wsl');
  return name === '' ? message('page.within.container') : message('page.within.container-of', { name });
}
