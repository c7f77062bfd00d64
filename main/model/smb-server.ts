// What is told of an SMB server beside its settings.
import type { SmbServer } from './facts';
import type { Words } from './message';

/** Where its configuration lies, without what of it was not followed. */
export function configurationPlace({ configuration }: Pick<SmbServer, 'configuration'>): Words {
  if (typeof configuration === 'string' || configuration.code !== 'server.configuration') return configuration;
  return String(configuration.params.path);
}
