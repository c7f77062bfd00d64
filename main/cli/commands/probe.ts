// `probe`: what another PC's file sharing answers, seen from here; the helpdesk's outside check.

import type { Engine } from '../../engine/engine';
import { type Message, message } from '../../model/message';
import { isWithin, parseNetwork, setOf } from '../../policy/address-sets';
import { nearNetworks } from '../../policy/shield-scope';
import type { Options } from '../arguments';
import type { Desk } from '../context';
import type { ProbeDocument, ProbedAddress } from '../documents';
import { probeDoubts } from '../doubts';
import { type ExitCode, exitForProbe } from '../exit-codes';
import { layProbe } from '../pages/probe';

export async function probe(desk: Desk, { host, port, json, simulate }: Options): Promise<ExitCode> {
  const { terminal } = desk;
  const engine = await desk.openEngine();
  const endProgress = terminal.progress(`asking ${host} ...`);
  const { addresses, leftOut } =
    simulate === null ? await askReal(desk, host, port) : await askSimulated(engine, host, port);
  const ownShield = simulate === null && (await mayBeOurShield(engine, addresses));
  const { smbFindings } = await import('../../smb/findings');
  const { makeByAnswer } = await import('../../smb/server-make');
  endProgress();
  const findings = addresses.flatMap(({ smb }) => (smb ? smbFindings([smb], [], makeByAnswer) : []));
  const judged = judgeProbe(host, port, addresses, ownShield);
  const document: ProbeDocument = {
    schema: 'breakwater/probe@1',
    at: engine.now().toISOString(),
    simulated: engine.simulated,
    host,
    port,
    ...judged,
    addresses,
    findings,
    doubts: probeDoubts({ host, port, door: judged.door, addresses }, leftOut),
  };
  if (json) terminal.printJson(document);
  else terminal.show((page) => layProbe(page, document));
  return exitForProbe(document);
}

/** `ownShield`: this PC's shield may be what turned the question away, so that a refusal tells nothing. */
export function judgeProbe(
  host: string,
  port: number,
  addresses: readonly ProbedAddress[],
  ownShield: boolean,
): Pick<ProbeDocument, 'door' | 'because'> {
  if (addresses.length === 0) return { door: 'unknown', because: [message('command.probe.unknown-name', { host })] };
  const because = addresses.map(({ address, connection }) => connectionText[connection](address, port));
  const some = (...kinds: readonly ProbedAddress['connection'][]): boolean =>
    addresses.some(({ connection }) => kinds.includes(connection));
  if (some('accepted')) return { door: 'open', because };
  if (ownShield)
    return {
      door: 'unknown',
      because: [...because, message('command.probe.own-shield')],
    };
  if (some('forbidden', 'unknown') || !some('refused', 'silent')) return { door: 'unknown', because };
  return { door: 'shut', because };
}

const connectionText: Readonly<Record<ProbedAddress['connection'], (address: string, port: number) => Message>> = {
  accepted: (address, port) => message('command.probe.accepted', { address, port }),
  refused: (address, port) => message('command.probe.refused', { address, port }),
  silent: (address, port) => message('command.probe.silent', { address, port }),
  unreachable: (address) => message('command.probe.unreachable', { address }),
  forbidden: (address) => message('command.probe.forbidden', { address }),
  unknown: (address) => message('command.probe.unknown', { address }),
};

interface Asked {
  readonly addresses: readonly ProbedAddress[];
  /** How many more addresses the name has. */
  readonly leftOut: number;
}

async function askReal(desk: Desk, host: string, port: number): Promise<Asked> {
  const found = await desk.lookUp(host);
  const addresses = await Promise.all(
    found.slice(0, mostAddresses).map(async (address): Promise<ProbedAddress> => {
      const connection = await desk.checkPort(address, port);
      return { address, connection, smb: connection === 'accepted' ? await desk.probe(address, port) : null };
    }),
  );
  return { addresses, leftOut: Math.max(0, found.length - mostAddresses) };
}

const mostAddresses = 8;

/** Outgoing rules of ours end a connection with a reset, which looks like the other PC's own. */
async function mayBeOurShield(engine: Engine, addresses: readonly ProbedAddress[]): Promise<boolean> {
  const turnedAway = addresses.filter(({ connection }) => connection === 'refused' || connection === 'silent');
  if (turnedAway.every(({ address }) => isNear(address))) return false;
  const { shield } = await engine.status();
  return shield.state !== 'none' && shield.state !== 'expired' && shield.shield?.outbound !== false;
}

function isNear(address: string): boolean {
  const parsed = parseNetwork(address.replace(/%.*$/, ''));
  if (parsed.kind === 'bad') return false;
  return isWithin(setOf(parsed.family, [parsed.network]), setOf(parsed.family, nearNetworks[parsed.family]));
}

/** In the simulated world there is one PC, seen from outside; the real network is not asked. */
async function askSimulated(engine: Engine, host: string, port: number): Promise<Asked> {
  const { facts, verdicts } = await engine.inspect();
  const name = facts.system.state === 'known' ? facts.system.value.hostname : '';
  const own = facts.network.state === 'known' ? facts.network.value.interfaces : [];
  const addresses = own
    .filter(({ kind }) => kind !== 'loopback')
    .flatMap((one) => one.addresses.map(({ address }) => address))
    .filter((address) => address === host || name.toLowerCase() === host.toLowerCase());
  const asked = addresses.map((address): ProbedAddress => {
    const door = verdicts.door.exposures.find(
      (one) => one.protocol === 'tcp' && one.port === port && one.address === address,
    );
    const connection = door ? simulatedConnection[door.state] : 'refused';
    const answers = facts.smb.state === 'known' ? facts.smb.value : [];
    const smb = answers.find((answer) => answer.address === address && answer.port === port) ?? null;
    return { address, connection, smb: connection === 'accepted' ? smb : null };
  });
  return { addresses: asked, leftOut: 0 };
}

const simulatedConnection = {
  open: 'accepted',
  // From where the question comes is not simulated.
  partly: 'unknown',
  closed: 'refused',
  shielded: 'refused',
  unknown: 'unknown',
} as const;
