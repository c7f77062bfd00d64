// Reads what `netstat -ano` prints by its structure: headings and names of states are translated, addresses and numbers are not. Pure.
import type { Listener, Owner, Session } from '../../../model/facts';
import { type Message, message } from '../../../model/message';
import { canonicalAddress } from '../../../policy/address-sets';

export type NetstatRead =
  | { readonly kind: 'read'; readonly listeners: readonly Listener[]; readonly sessions: readonly Session[] }
  /** For people: what is odd. Nothing is known then, least of all that nobody listens. */
  | { readonly kind: 'bad'; readonly why: Message };

/** SMB (also over RDMA) and NetBIOS sessions; NetBIOS names and datagrams, SMB over QUIC. */
const ports = { tcp: [139, 445, 5445], udp: [137, 138, 443] } as const;
const serverPorts: readonly number[] = [139, 445];

interface Line {
  readonly protocol: 'tcp' | 'udp';
  readonly local: Endpoint;
  /** null = "*:*". */
  readonly remote: Endpoint | null;
  readonly pid: number;
}

interface Endpoint {
  readonly family: 'ipv4' | 'ipv6';
  readonly address: string;
  readonly port: number;
}

/**
 * Lines are `TCP|UDP local remote [state] process`. A TCP socket whose remote port is 0 waits for connections; one that a process
 * holds (number not 0) and that has a remote port counts as a session, whatever the state's name. Some lines always wait (RPC), so
 * an answer without any is a part of one, or none. A line that is not understood makes the answer bad only where it may be about SMB.
 */
export function readNetstat(text: string): NetstatRead {
  const lines: Line[] = [];
  const all = text.split(/\r?\n/).filter((one) => /^\s+(?:TCP|UDP)\s/.test(one));
  for (const written of all) {
    const line = readLine(written);
    if (line !== null) lines.push(line);
    // The last one may have been cut off, and with it whatever would have come after it.
    else if (mayBeOurs(written) || written === all.at(-1))
      return { kind: 'bad', why: message('windows.netstat.line', { line: shown(written) }) };
  }
  if (!lines.some(isWaiting)) return { kind: 'bad', why: message('windows.netstat.none') };
  return {
    kind: 'read',
    listeners: lines.filter((line) => (line.protocol === 'udp' || isWaiting(line)) && isOurs(line)).map(listenerOf),
    sessions: sessionsOf(lines),
  };
}

const isWaiting = ({ protocol, remote }: Line): boolean => protocol === 'tcp' && remote?.port === 0;
const isOurs = ({ protocol, local }: Line): boolean => (ports[protocol] as readonly number[]).includes(local.port);

/**
 * Whether a line that is not understood may tell of a port of SMB, at either end: also where no port can be seen in it. Any other loses
 * nothing, and the rest counts.
 */
function mayBeOurs(text: string): boolean {
  const ends = text.trim().split(/\s+/).slice(1, 3);
  const seen = ends.map((end) => /:(\d{1,5}|\*)$/.exec(end)?.[1] ?? null);
  return seen.length < 2 || seen.some((port) => port === null || everyPort.has(port));
}

const everyPort: ReadonlySet<string> = new Set([...ports.tcp, ...ports.udp].map(String));

function readLine(text: string): Line | null {
  const [, protocol, local = '', remote = '', pid] =
    /^\s+(TCP|UDP)\s+(\S+)\s+(\S+)(?:\s.*)?\s(\d{1,10})\s*$/.exec(text) ?? [];
  const [here, there] = [readEndpoint(local), readEndpoint(remote)];
  if (here === null || (there === null && remote !== '*:*')) return null;
  return { protocol: protocol === 'TCP' ? 'tcp' : 'udp', local: here, remote: there, pid: Number(pid) };
}

/** "192.168.1.5:445", "[fe80::1%5]:139". */
function readEndpoint(text: string): Endpoint | null {
  const [, six, four, port] = /^(?:\[([0-9A-Fa-f:.]+)(?:%\d+)?\]|([0-9.]+)):(\d{1,5})$/.exec(text) ?? [];
  const address = canonicalAddress(six ?? four ?? '');
  if (address === null || Number(port) > 65_535) return null;
  return { family: six === undefined ? 'ipv4' : 'ipv6', address, port: Number(port) };
}

function listenerOf({ protocol, local, pid }: Line): Listener {
  return { protocol, ...local, owner: ownerOf(pid) };
}

/** Connections to other PCs; those of this PC with itself are left out. */
function sessionsOf(lines: readonly Line[]): readonly Session[] {
  const key = (from: Endpoint, to: Endpoint): string => `${from.address} ${from.port} ${to.address} ${to.port}`;
  const held = lines.flatMap(({ protocol, local, remote, pid }) =>
    protocol === 'tcp' && remote !== null && remote.port !== 0 && pid !== 0 ? [{ local, remote, pid }] : [],
  );
  const seen = new Set(held.map(({ local, remote }) => key(local, remote)));
  const served = new Set(lines.filter(isWaiting).map(({ local }) => local.port));
  return held.flatMap(({ local, remote, pid }): readonly Session[] => {
    const toItself =
      /^127\.|^::1$/.test(local.address) || local.address === remote.address || seen.has(key(remote, local));
    // A program may have picked 445 for its own end by chance: only where someone waits there it is a server's.
    const isServed = serverPorts.includes(local.port) && served.has(local.port);
    const direction = isServed ? 'in' : serverPorts.includes(remote.port) ? 'out' : null;
    if (toItself || direction === null) return [];
    const end = ({ address, port }: Endpoint): Session['local'] => ({ address, port });
    return [{ direction, family: local.family, local: end(local), remote: end(remote), owner: ownerOf(pid) }];
  });
}

/** Process 4 is the kernel, where Windows' SMB server is. */
const ownerOf = (pid: number): Owner => (pid === 4 ? { name: 'System', pid: null } : { name: 'a program', pid });
const shown = (text: string): string => JSON.stringify(text.trim().slice(0, 80));
