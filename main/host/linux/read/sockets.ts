// The kernel's tables of TCP and UDP sockets, /proc/net/{tcp,tcp6,udp,udp6} (proc_net_tcp in the kernel's documentation).
import ipaddr from 'ipaddr.js';
import type { Family } from '../../../model/address';
import { notThere, notUnderstood, type SystemFiles } from './files';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export interface Socket {
  readonly protocol: 'tcp' | 'udp';
  /** IPv4 inside IPv6 (::ffff:a.b.c.d) counts as IPv4. */
  readonly family: Family;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly state: 'waiting' | 'established';
  readonly uid: number;
  /** 0 = no process has it. */
  readonly inode: number;
}

export const tcpServerPorts: ReadonlySet<number> = new Set([445, 139]);
const tcpWaitingPorts: ReadonlySet<number> = new Set([...tcpServerPorts, 5445]);
const udpWaitingPorts: ReadonlySet<number> = new Set([137, 138, 443]);

/** Numbers of include/net/tcp_states.h; a UDP socket without a peer is in TCP_CLOSE. */
const established = '01';
const tcpListen = '0A';
const udpUnconnected = '07';

export interface TcpSockets {
  /** Those that wait at an SMB port, and established ones with 445 or 139 at either end. */
  readonly sockets: readonly Socket[];
  /** Every port at which some socket waits, ascending. */
  readonly listening: readonly number[];
}

/** Rejects with `Unreadable`. */
export async function readTcpSockets(files: SystemFiles, byteOrder: 'LE' | 'BE'): Promise<TcpSockets> {
  const listening = new Set<number>();
  const sockets = await bothFamilies(files, 'tcp', byteOrder, (local, remote, state) => {
    if (state === tcpListen) {
      listening.add(local);
      return tcpWaitingPorts.has(local) ? 'waiting' : null;
    }
    return state === established && (tcpServerPorts.has(local) || tcpServerPorts.has(remote)) ? 'established' : null;
  });
  return { sockets, listening: [...listening].sort((a, b) => a - b) };
}

/**
 * Whether some program waits for TCP 445 at every IPv4 address, by the beginning of the kernel's table (waiting sockets come
 * first); false = it can't be told yet. A moment's work, where the whole tables take the kernel milliseconds.
 */
export function surelyServes(files: SystemFiles): boolean {
  return files.glimpse('/proc/net/tcp', / 00000000:01BD 00000000:0000 0A /);
}

/** UDP sockets that wait at a NetBIOS port or at 443 (SMB over QUIC). Rejects with `Unreadable`. */
export function readUdpSockets(files: SystemFiles, byteOrder: 'LE' | 'BE'): Promise<readonly Socket[]> {
  return bothFamilies(files, 'udp', byteOrder, (local, _remote, state) =>
    state === udpUnconnected && udpWaitingPorts.has(local) ? 'waiting' : null,
  );
}

/** What a socket is to us; null = nothing. */
type Sort = (localPort: number, remotePort: number, state: string) => Socket['state'] | null;

async function bothFamilies(
  files: SystemFiles,
  protocol: 'tcp' | 'udp',
  byteOrder: 'LE' | 'BE',
  sort: Sort,
): Promise<readonly Socket[]> {
  const [path4, path6] = [`/proc/net/${protocol}`, `/proc/net/${protocol}6`];
  const [ipv4, ipv6] = await Promise.all([files.readAside(path4), files.readAside(path6)]);
  if (ipv4 === null) throw notThere(path4);
  return [
    ...parseSockets(ipv4, path4, protocol, 8, byteOrder, sort),
    // A kernel without IPv6 has no such file.
    ...parseSockets(ipv6 ?? '', path6, protocol, 32, byteOrder, sort),
  ];
}

/** Most lines are no business of ours: only ports and state are looked at before a line is taken apart. */
function parseSockets(
  text: string,
  path: string,
  protocol: 'tcp' | 'udp',
  width: 8 | 32,
  byteOrder: 'LE' | 'BE',
  sort: Sort,
): readonly Socket[] {
  const sockets: Socket[] = [];
  const lines = text.split('\n');
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line === '') continue;
    const local = line.indexOf(':') + 2;
    const remote = local + width + 6;
    const [localPort, remotePort] = [portAt(line, local + width), portAt(line, remote + width)];
    const state = line.slice(remote + width + 6, remote + width + 8);
    if (local < 2 || localPort === null || remotePort === null || !/^[0-9A-F]{2}$/.test(state))
      throw notUnderstood(path, i + 1, line);
    const kind = sort(localPort, remotePort, state);
    if (kind === null) continue;
    // tx:rx, timer, retransmissions, uid, timeout, inode.
    const rest = /^ [0-9A-F]+:[0-9A-F]+ [0-9A-F]+:[0-9A-F]+ [0-9A-F]+ +(\d+) +\d+ +(\d+)( |$)/.exec(
      line.slice(remote + width + 8),
    );
    const localAddress = addressOf(line.slice(local, local + width), byteOrder);
    const remoteAddress = addressOf(line.slice(remote, remote + width), byteOrder);
    if (!rest || !localAddress || !remoteAddress) throw notUnderstood(path, i + 1, line);
    sockets.push({
      protocol,
      family: localAddress.kind(),
      local: { address: textOf(localAddress), port: localPort },
      remote: { address: textOf(remoteAddress), port: remotePort },
      state: kind,
      uid: Number(rest[1]),
      inode: Number(rest[2]),
    });
  }
  return sockets;
}

function portAt(line: string, colon: number): number | null {
  const hex = line.slice(colon + 1, colon + 5);
  return line[colon] === ':' && /^[0-9A-F]{4}$/.test(hex) ? Number.parseInt(hex, 16) : null;
}

/** Words of 32 bits, each printed as a number of this PC: in little-endian order its bytes are turned around. */
export function addressOf(hex: string, byteOrder: 'LE' | 'BE'): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (!/^([0-9A-F]{8}|[0-9A-F]{32})$/i.test(hex)) return null;
  const bytes: number[] = [];
  for (let word = 0; word < hex.length; word += 8)
    for (let byte = 0; byte < 4; byte++) {
      const at = word + 2 * (byteOrder === 'LE' ? 3 - byte : byte);
      bytes.push(Number.parseInt(hex.slice(at, at + 2), 16));
    }
  const address = ipaddr.fromByteArray(bytes);
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

export function textOf(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}
