// All facts of a Linux PC together: what is asked, in which order answers come, and what happens when something fails.
import { describe, expect, it, vi } from 'vitest';
import type { HostFactName } from '../../../../../main/host/host';
import { readLinuxFacts } from '../../../../../main/host/linux/read/facts';
import type { Probe } from '../../../../../main/host/linux/read/tools';
import type { SmbAnswer } from '../../../../../main/model/smb';
import { inEnglish } from '../../../../../test/unit/in-english';
import { spoken } from '../../../in-english';
import { clock, debianSamba, info, pcOf, silent, toolsFor } from '../pc-folder';

const everything: ReadonlySet<HostFactName> = new Set<HostFactName>([
  'system',
  'network',
  'listeners',
  'sessions',
  'smb',
  'servers',
  'managers',
  'patch',
  'ruleset',
]);
const ignore = () => undefined;
const heading = '  sl  local_address rem_address   st\n';
const waiting = (local: string, uid: number, inode: number): string =>
  `   0: ${local} ${'0'.repeat(local.length - 5)}:0000 0A 00000000:00000000 00:00000000 00000000 ${uid} 0 ${inode} 1 0 100 0 0 10 0\n`;

async function asked(root: string, uid = 0): Promise<readonly string[]> {
  const probe = vi.fn<Probe>(async ({ address, port }) => silent(address, port));
  const { smb } = await readLinuxFacts(new Set<HostFactName>(['smb']), ignore, toolsFor(root, { probe, uid }));
  const answers =
    smb.state === 'known' ? smb.value.map((answer) => `${answer.address} ${answer.port}`) : [inEnglish(smb.why)];
  expect(probe).toHaveBeenCalledTimes(answers.length);
  return answers;
}

describe('reading a Linux PC', () => {
  it('gives every fact, each told once, all dated', async () => {
    const told: HostFactName[] = [];
    const facts = await readLinuxFacts(everything, (name) => told.push(name), toolsFor(debianSamba()));
    expect([...told].sort()).toEqual([...everything].sort());
    const states = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fact.state]));
    expect(states).toEqual({
      system: 'known',
      network: 'known',
      listeners: 'known',
      sessions: 'known',
      smb: 'known',
      servers: 'known',
      managers: 'known',
      patch: 'known',
      ruleset: 'not-permitted',
    });
    expect(new Set(Object.values(facts).map((fact) => fact.at))).toEqual(new Set([clock.toISOString()]));
  });

  it('reads only what is wanted', async () => {
    const probe = vi.fn<Probe>();
    const readRuleset = vi.fn();
    const told = vi.fn();
    const facts = await readLinuxFacts(
      new Set<HostFactName>(['system']),
      told,
      toolsFor(debianSamba(), { probe, readRuleset }),
    );
    expect(facts.system.state).toBe('known');
    expect(spoken(facts.network)).toMatchObject({ state: 'not-asked', why: 'This was not asked for.' });
    expect(told).toHaveBeenCalledTimes(1);
    expect(probe).not.toHaveBeenCalled();
    expect(readRuleset).not.toHaveBeenCalled();
  });

  it('asks the SMB server before it has told anything, and waits for no slow answer to tell the rest', async () => {
    const order: string[] = [];
    let answer: (value: SmbAnswer) => void = ignore;
    const probe: Probe = ({ address, port }) => {
      order.push(`ask ${address}:${port}`);
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    const reading = readLinuxFacts(everything, (name) => order.push(name), toolsFor(debianSamba(), { probe }));
    await vi.waitFor(() => expect(order).toHaveLength(9));
    expect(order[0]).toBe('ask 127.0.0.1:445');
    expect(order).not.toContain('smb');
    answer(silent('127.0.0.1', 445));
    const { smb } = await reading;
    expect(spoken(smb)).toMatchObject({
      state: 'known',
      source: { kind: 'network', name: 'negotiate with 127.0.0.1:445' },
    });
    expect(order.at(-1)).toBe('smb');
  });

  it('fails in plain words, one fact at a time', async () => {
    const root = debianSamba({ 'proc/net/tcp': 'a\nnonsense\n', 'proc/net/dev': null });
    const facts = await readLinuxFacts(everything, ignore, toolsFor(root));
    for (const name of ['listeners', 'sessions', 'smb'] as const)
      expect(spoken(facts[name])).toMatchObject({
        state: 'failed',
        why: 'Line 2 of /proc/net/tcp could not be understood: "nonsense".',
      });
    expect(spoken(facts.network)).toMatchObject({
      state: 'failed',
      why: '/proc/net/dev does not exist.',
      source: { kind: 'file', name: '/proc/net/dev' },
    });
    expect(facts.system.state).toBe('known');
  });

  it('tells sessions and asks servers although the datagram tables can not be read', async () => {
    const facts = await readLinuxFacts(everything, ignore, toolsFor(debianSamba({ 'proc/net/udp': null })));
    expect([facts.listeners.state, facts.sessions.state, facts.smb.state]).toEqual(['failed', 'known', 'known']);
  });

  it('turns a rejected question into a failed fact', async () => {
    const reject = () => Promise.reject(new Error('The other end is gone.'));
    const facts = await readLinuxFacts(
      everything,
      ignore,
      toolsFor(debianSamba(), { probe: reject, readRuleset: reject }),
    );
    expect(spoken(facts.smb)).toMatchObject({ state: 'failed', why: 'The other end is gone.' });
    expect(spoken(facts.ruleset)).toMatchObject({ state: 'failed', why: 'The other end is gone.' });
  });

  it('ends at once when it is stopped; what was not read yet says so', async () => {
    const stop = new AbortController();
    const told: HostFactName[] = [];
    const facts = await readLinuxFacts(
      everything,
      (name) => {
        if (!stop.signal.aborted) told.push(name);
        stop.abort();
      },
      toolsFor(debianSamba(), { probe: () => new Promise(ignore), readRuleset: () => new Promise(ignore) }),
      stop.signal,
    );
    const [first] = told;
    for (const name of everything)
      if (name === first) expect(facts[name].state).toBe('known');
      else expect(spoken(facts[name])).toMatchObject({ state: 'failed', why: 'Stopped before this was read.' });
  });

  it('reads nothing when it was stopped before it began', async () => {
    const probe = vi.fn<Probe>();
    const facts = await readLinuxFacts(everything, ignore, toolsFor(debianSamba(), { probe }), AbortSignal.abort());
    expect(new Set(Object.values(facts).map((fact) => fact.state))).toEqual(new Set(['failed']));
    expect(probe).not.toHaveBeenCalled();
  });
});

describe('which SMB servers are asked', () => {
  const tcp = (...rows: string[]): string => heading + rows.join('');
  const at = (rows4: readonly string[], rows6: readonly string[] = [], more = {}) =>
    pcOf({
      'proc/1/comm': 'systemd\n',
      'proc/1/fd': 'folder',
      'proc/net/tcp': tcp(...rows4),
      'proc/net/tcp6': tcp(...rows6),
      ...more,
    });
  const any4 = '00000000:01BD';
  const any6 = `${'0'.repeat(32)}:01BD`;

  it('one server on both families is asked once', async () => {
    expect(await asked(debianSamba())).toEqual(['127.0.0.1 445']);
    // Also where owners may not be seen.
    expect(await asked(debianSamba(), 1000)).toEqual(['127.0.0.1 445']);
  });

  it('nobody waits: nobody is asked, and that is an answer', async () => {
    expect(await asked(at([waiting('0100007F:0050', 0, 1)]))).toEqual([]);
  });

  it('a server of IPv6 alone is asked there', async () => {
    expect(await asked(at([], [waiting(any6, 0, 1)]))).toEqual(['::1 445']);
  });

  it('a server at one address is asked at that address', async () => {
    expect(await asked(at([waiting('0A014D0A:01BD', 0, 1)]))).toEqual(['10.77.1.10 445']);
  });

  it('a server at a link-local address is asked with its link', async () => {
    expect(await asked(at([], [waiting('000080FE00000000FF836DA00A9643FE:01BD', 0, 1)]))).toEqual([
      'fe80::a06d:83ff:fe43:960a%eth0 445',
    ]);
  });

  it('139 is asked only where nobody waits at 445', async () => {
    expect(await asked(at([waiting('00000000:008B', 0, 1)]))).toEqual(['127.0.0.1 139']);
    expect(await asked(at([waiting('00000000:008B', 0, 1)], [waiting(any6, 0, 2)]))).toEqual(['::1 445']);
  });

  it('different servers are asked each', async () => {
    const two = at([waiting('0A014D0A:01BD', 0, 10), waiting('0100007F:01BD', 0, 11)], [], {
      'proc/70/comm': 'smbd\n',
      'proc/70/fd/3': { link: 'socket:[10]' },
      'proc/80/comm': 'impacket\n',
      'proc/80/fd/3': { link: 'socket:[11]' },
    });
    expect(await asked(two)).toEqual(['127.0.0.1 445', '10.77.1.10 445']);
    expect(await asked(at([waiting('0A014D0A:01BD', 0, 10), waiting(any4, 1000, 11)]), 500)).toEqual([
      '127.0.0.1 445',
      '10.77.1.10 445',
    ]);
  });

  it('never more than eight', async () => {
    const many = Array.from({ length: 20 }, (_, i) =>
      waiting(`0A014D${(i + 16).toString(16).toUpperCase()}:01BD`, 1000 + i, i + 1),
    );
    expect(await asked(at(many), 500)).toHaveLength(8);
  });
});

describe('addresses', () => {
  it('come from the operating system', async () => {
    const facts = await readLinuxFacts(
      new Set<HostFactName>(['network']),
      ignore,
      toolsFor(debianSamba(), { addresses: () => ({ eth0: [info('192.0.2.9/24')] }) }),
    );
    expect(spoken(facts.network)).toMatchObject({
      state: 'known',
      value: {
        interfaces: expect.arrayContaining([
          expect.objectContaining({ name: 'eth0', addresses: [expect.objectContaining({ subnet: '192.0.2.0/24' })] }),
        ]),
      },
    });
  });
});
