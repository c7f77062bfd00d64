// Parts of Windows' SMB server that a shield can have switched off: whether they are, by the registry and the service's state. Pure.
import type { ServerSwitches } from '../../model/review';
import type { ShieldWorkaround } from '../../model/shield';

export interface WorkaroundState {
  readonly isInForce: boolean;
  /** For the proof, or why there is none; a sentence. */
  readonly line: string;
}

/** `server` null = it could not be read, and then nothing is in force (windows.md 5). */
export function workaroundState(workaround: ShieldWorkaround, server: ServerSwitches | null): WorkaroundState {
  if (server === null) return { isInForce: false, line: 'How the Server service is set could not be read.' };
  switch (workaround) {
    case 'server-off':
      return server.start === disabled && server.service === 'stopped'
        ? {
            isInForce: true,
            line: 'The Server service is disabled and does not run: nobody waits for SMB connections.',
          }
        : { isInForce: false, line: 'The Server service is not disabled, or it runs.' };
    case 'smb1-off':
      return server.smb1 === 0
        ? {
            isInForce: true,
            line: 'SMBv1 is switched off in the Server service (in force once that service, or the PC, has started anew).',
          }
        : { isInForce: false, line: 'SMBv1 is not switched off in the Server service.' };
    case 'compression-off':
      return server.disableCompression === 1
        ? { isInForce: true, line: 'SMB compression is switched off in the Server service.' }
        : { isInForce: false, line: 'SMB compression is not switched off in the Server service.' };
  }
}

/** A service's Start in the registry (SERVICE_DISABLED). */
export const disabled = 4;
