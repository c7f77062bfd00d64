// What is said of files that were saved of another PC.
import type { Message } from '../message';
import type { None } from './none';

export interface SavedMessages {
  /** A file that no policy can be judged by: what it is, why not, and what to save instead. */
  readonly 'saved.foreign': {
    readonly path: string;
    readonly what: Message;
    readonly why: Message;
    readonly how: Message;
  };
  readonly 'saved.foreign.netsh': None;
  readonly 'saved.foreign.netsh.why': None;
  readonly 'saved.foreign.hive': None;
  readonly 'saved.foreign.hive.why': None;
  readonly 'saved.foreign.zip': None;
  readonly 'saved.foreign.zip.why': None;
  readonly 'saved.foreign.rule-table': None;
  readonly 'saved.foreign.rule-table.why': None;
  readonly 'saved.foreign.systeminfo': None;
  readonly 'saved.foreign.systeminfo.why': None;
  readonly 'saved.foreign.event-log': None;
  readonly 'saved.foreign.event-log.why': None;
  readonly 'saved.foreign.web-page': None;
  readonly 'saved.foreign.web-page.why': None;
  readonly 'saved.foreign.ufw': None;
  readonly 'saved.foreign.ufw.why': None;
  readonly 'saved.foreign.iptables-list': None;
  readonly 'saved.foreign.iptables-list.why': None;
  readonly 'saved.foreign.firewalld': None;
  readonly 'saved.foreign.firewalld.why': None;
  readonly 'saved.how.windows': { readonly local: string; readonly group: string };
  readonly 'saved.how.linux': None;
  readonly 'saved.how.unpack': None;
  readonly 'saved.pol.cut-short': { readonly path: string };
  readonly 'saved.pol.malformed': { readonly path: string };
  readonly 'saved.pol.version': { readonly path: string };
  readonly 'saved.pol.no-firewall': { readonly path: string };
  readonly 'saved.missing.taken': None;
  readonly 'saved.missing.one-moment': { readonly save: string };
  readonly 'saved.missing.in-use': { readonly save: string };
  readonly 'saved.missing.left-out': { readonly save: string };
  readonly 'saved.missing.not-saved': { readonly save: string };
}
