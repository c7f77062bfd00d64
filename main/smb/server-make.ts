// Which make of SMB server gave an answer, so that advice is given for that one. Pure.
import type { Listener, Platform, SmbServer } from '../model/facts';
import type { SmbAnswer } from '../model/smb';

/** unknown = not one of these, or it can't be told: advice for it names no setting of any. */
export type ServerMake = SmbServer['product'] | 'macos' | 'unknown';

/** What is known of this PC beside the answer: all of `listeners` and `servers` that could be read. */
export interface Surroundings {
  readonly platform: Platform;
  readonly listeners: readonly Listener[];
  readonly servers: readonly SmbServer[];
}

/**
 * By what a server says of itself, for another PC's: [MS-NLMP] 2.2.2.10. Samba always says 6.1.0; Windows says its build, which has four
 * digits at least. What others say (ksmbd sends no version) tells nothing.
 */
export function makeByAnswer({ ntlm }: SmbAnswer): ServerMake {
  const version = ntlm?.version ?? '';
  if (version === '6.1.0') return 'samba';
  return /^(6\.[0-3]|10\.0)\.\d{4,5}$/.test(version) ? 'windows' : 'unknown';
}

/**
 * By who waits at the port, for this PC's own; where that may not be seen, by what is set up here, if it is only one and the answer does
 * not say otherwise. A program of another make at the port is unknown, whatever is set up beside it.
 */
export function makeOnThisPc(answer: SmbAnswer, { platform, listeners, servers }: Surroundings): ServerMake {
  if (platform === 'macos') return 'macos';
  const said = makeByAnswer(answer);
  const owners = ownersAt(answer, listeners);
  const makes = new Set(owners.map((owner) => (owner === null ? null : makeOfOwner(owner, platform))));
  const [make, ...others] = makes;
  if (others.length > 0) return 'unknown';
  if (make !== undefined && make !== null) return make === 'unknown' ? said : make;
  const [product, ...further] = new Set(servers.map((server) => server.product));
  if (product === undefined || further.length > 0) return said;
  return said === 'unknown' || said === product ? product : said;
}

function ownersAt({ address, port }: SmbAnswer, listeners: readonly Listener[]): readonly Listener['owner'][] {
  const plain = address.replace(/%.*$/, '');
  const at = listeners.filter((listener) => listener.protocol === 'tcp' && listener.port === port);
  const exact = at.filter((listener) => listener.address === plain);
  // "::" may take IPv4 too.
  const any = at.filter(
    (listener) => listener.address === '::' || (listener.address === '0.0.0.0' && !plain.includes(':')),
  );
  return (exact.length > 0 ? exact : any).map(({ owner }) => owner);
}

/** A server without a process is the kernel's own; Windows' runs in its process "System". */
function makeOfOwner({ name, pid }: NonNullable<Listener['owner']>, platform: Platform): ServerMake {
  if (platform === 'windows') return pid === null || pid === windowsSystem ? 'windows' : 'unknown';
  if (pid === null) return 'ksmbd';
  return name === 'smbd' ? 'samba' : 'unknown';
}

const windowsSystem = 4;
