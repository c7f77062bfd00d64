// Parts of Windows' SMB server that a shield can have switched off: whether they are, by the registry and the service's state. Pure.
import { type Message, message } from '../../model/message';
import type { ServerSwitches } from '../../model/review';
import type { ShieldWorkaround } from '../../model/shield';

export interface WorkaroundState {
  readonly isInForce: boolean;
  /** For the proof, or why there is none; a sentence. */
  readonly line: Message;
}

/** `server` null = it could not be read, and then nothing is in force (windows.md 5). */
export function workaroundState(workaround: ShieldWorkaround, server: ServerSwitches | null): WorkaroundState {
  if (server === null) return { isInForce: false, line: message('proof.server.unread') };
  switch (workaround) {
    case 'server-off':
      return server.start === disabled && server.service === 'stopped'
        ? {
            isInForce: true,
            line: message('proof.server.off'),
          }
        : { isInForce: false, line: message('proof.server.on') };
    case 'smb1-off':
      return server.smb1 === 0
        ? {
            isInForce: true,
            line: message('proof.server.smb1-off'),
          }
        : { isInForce: false, line: message('proof.server.smb1-on') };
    case 'compression-off':
      return server.disableCompression === 1
        ? { isInForce: true, line: message('proof.server.compression-off') }
        : { isInForce: false, line: message('proof.server.compression-on') };
  }
}

/** A service's Start in the registry (SERVICE_DISABLED). */
export const disabled = 4;
