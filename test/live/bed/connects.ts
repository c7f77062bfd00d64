// Who connects to whom in a bed, and what comes of it.
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One connect (or datagram): from a namespace of the bed and one of its addresses. `link` is needed for fe80:: addresses. */
export interface Probe {
  readonly space: string;
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  readonly link?: string;
}

/** open = connected; refused = reset or ICMP port unreachable; dropped = no answer in time; the others as the kernel said. */
export type Hit = 'open' | 'refused' | 'dropped' | 'unreachable' | 'prohibited' | 'reset' | 'arrived' | 'stopped';

type From = 'lan' | 'lan-b' | 'lan-ll' | 'lan2' | 'wan' | 'wan-b' | 'loopback';

export interface ProbeResult extends Probe {
  readonly from: From;
  readonly family: 'ipv4' | 'ipv6';
  readonly result: Hit;
}

/** Seconds until silence counts as dropped: an ICMP answer may be told only after the first retransmission, 1 s on. */
const usualPatience = 1.4;

/** The connects of the fixtures, each for TCP 445 and 139. */
export const everyConnect: readonly Omit<ProbeResult, 'result'>[] = [
  ...both('lan', 'ipv4', 'lan', '10.77.1.20', '10.77.1.10'),
  ...both('lan', 'ipv6', 'lan', 'fd77:1::20', 'fd77:1::10'),
  ...both('lan-b', 'ipv4', 'lan', '10.77.1.21', '10.77.1.10'),
  ...both('lan-b', 'ipv6', 'lan', 'fd77:1::21', 'fd77:1::10'),
  ...both('lan-ll', 'ipv6', 'lan', 'fe80::ff:fe77:120', 'fe80::ff:fe77:110', 'lan0'),
  ...both('lan2', 'ipv4', 'lan', '10.77.2.20', '10.77.2.10'),
  ...both('lan2', 'ipv6', 'lan', 'fd77:2::20', 'fd77:2::10'),
  ...both('wan', 'ipv4', 'wan', '203.0.113.9', '10.77.1.10'),
  ...both('wan', 'ipv6', 'wan', '2001:db8:9::9', 'fd77:1::10'),
  ...both('wan-b', 'ipv4', 'wan', '198.51.100.7', '10.77.1.10'),
  ...both('wan-b', 'ipv6', 'wan', '2001:db8:7::7', 'fd77:1::10'),
  ...both('loopback', 'ipv4', 'pc', '127.0.0.1', '127.0.0.1'),
  ...both('loopback', 'ipv6', 'pc', '::1', '::1'),
];

/** "lan ipv4 445", for messages and comparisons. */
export function named(probe: Omit<ProbeResult, 'result'>): string {
  return `${probe.from} ${probe.family} ${probe.port}`;
}

/** The connects that got in, by name. */
export function openOnes(results: readonly ProbeResult[]): string[] {
  return results.filter(({ result }) => result === 'open').map(named);
}

/** The conversation with connects.py, one question at a time. */
export class Connects {
  readonly #process: ChildProcess;
  #last: Promise<unknown> = Promise.resolve();
  #answer: ((line: string | null) => void) | null = null;
  #complaints = '';

  constructor(process: ChildProcess) {
    this.#process = process;
    process.stderr?.on('data', (chunk: Buffer) => {
      this.#complaints += chunk.toString();
    });
    if (process.stdout === null) throw new Error('connects.py needs a pipe for its answers');
    createInterface({ input: process.stdout })
      .on('line', (line) => this.#answer?.(line))
      .on('close', () => this.#answer?.(null));
  }

  async all(patience?: number): Promise<ProbeResult[]> {
    const hits = await this.some(everyConnect, patience);
    return everyConnect.map((probe, i) => ({ ...probe, result: hits[i] ?? 'dropped' }));
  }

  some(probes: readonly Probe[], patience = usualPatience): Promise<Hit[]> {
    return this.#ask({ connects: probes, patience }) as Promise<Hit[]>;
  }

  /** Datagrams travel at once here: 100 ms of silence is enough. */
  datagrams(probes: readonly Probe[]): Promise<Hit[]> {
    return this.#ask({ datagrams: probes, patience: 0.1 }) as Promise<Hit[]>;
  }

  async listen(where: readonly { space: string; protocol: 'tcp' | 'udp'; port: number }[]): Promise<void> {
    await this.#ask({ listen: where });
  }

  async hammer(probes: readonly Probe[]): Promise<{ rest(): Promise<Readonly<Record<string, number>>> }> {
    await this.#ask({ hammer: probes });
    return { rest: () => this.#ask({ rest: true }) as Promise<Readonly<Record<string, number>>> };
  }

  #ask(request: object): Promise<unknown> {
    const asked = this.#last.then(
      () =>
        new Promise((resolve, reject) => {
          this.#answer = (line) => {
            this.#answer = null;
            if (line === null) return reject(new Error(`connects.py ended: ${this.#complaints}`));
            const { answer, problem } = JSON.parse(line);
            if (problem !== undefined) return reject(new Error(`connects.py: ${problem}`));
            resolve(answer);
          };
          this.#process.stdin?.write(`${JSON.stringify(request)}\n`);
        }),
    );
    this.#last = asked.catch(() => {});
    return asked;
  }
}

function both(
  from: From,
  family: 'ipv4' | 'ipv6',
  space: string,
  source: string,
  destination: string,
  link?: string,
): Omit<ProbeResult, 'result'>[] {
  return [445, 139].map((port) => ({
    from,
    family,
    space,
    source,
    destination,
    port,
    ...(link === undefined ? {} : { link }),
  }));
}
