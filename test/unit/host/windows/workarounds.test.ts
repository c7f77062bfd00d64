// Switching parts of the SMB server off and on by sc.exe and reg.exe, as they answer.
import { describe, expect, it } from 'vitest';
import type { Ran } from '../../../../main/host/run-program';
import type { ServerNumbers } from '../../../../main/host/windows/server-switches';
import {
  apply,
  clearCommands,
  readWas,
  takeBackOne,
  type WorkaroundTools,
} from '../../../../main/host/windows/workarounds';

const ended = (code: number, stdout = ''): Ran => ({
  ...{ kind: 'ended', code, signal: null, stdout, complaint: '', tooMuch: false },
});
const queried = (name: string, state: 1 | 4): string =>
  `\r\nSERVICE_NAME: ${name} \r\n        TYP                : 20  WIN32 \r\n        ZUSTAND            : ${state}  XYZ \r\n`;

/** A PC whose services and settings are variables; what is not a service is unknown to it. */
function windows(numbers: Partial<ServerNumbers> = {}, services: Record<string, 1 | 4> = {}) {
  const now: Record<string, number | null> = {
    ...{ Start: 2, DelayedAutostart: null, SMB1: null, DisableCompression: null },
    ...numbers,
  };
  const states: Record<string, 1 | 4> = { LanmanServer: 4, ...services };
  const calls: string[] = [];
  const starts: Readonly<Record<string, number>> = { auto: 2, 'delayed-auto': 2, demand: 3, disabled: 4 };
  const run: WorkaroundTools['run'] = async (program, args) => {
    const [verb = '', name = ''] = args;
    if (verb !== 'query') calls.push([program, ...args].join(' '));
    if (program === 'reg') {
      const value = args[3] ?? '';
      now[value] = verb === 'delete' ? null : Number(args[7]);
      return ended(0);
    }
    if (verb === 'enumdepend')
      return ended(
        0,
        Object.entries(states)
          .flatMap(([one, is]) => (one === 'LanmanServer' ? [] : [queried(one, is)]))
          .join('\r\n'),
      );
    const state = states[name];
    if (state === undefined) return ended(1060);
    if (verb === 'query') return ended(0, queried(name, state));
    if (verb === 'config') now.Start = starts[args[3] ?? ''] ?? 0;
    if (verb === 'stop') states[name] = 1;
    if (verb === 'start') states[name] = 4;
    return ended(0);
  };
  const tools: WorkaroundTools = { run, numbers: async () => ({ ...now }) as unknown as ServerNumbers };
  return { tools, now, states, calls };
}

describe('the Server service', () => {
  it('is disabled and stopped after what depends on it, and all of it comes back in the other order', async () => {
    const pc = windows({ DelayedAutostart: 1 }, { Browser: 4, Dfs: 1 });
    const was = await readWas(pc.tools, ['server-off']);
    expect(was['server-off']).toEqual({
      values: { Start: 2, DelayedAutostart: 1 },
      ran: ['LanmanServer', 'Browser'],
    });
    await apply(pc.tools, 'server-off');
    expect([pc.now.Start, pc.states]).toEqual([4, { LanmanServer: 1, Browser: 1, Dfs: 1 }]);
    await takeBackOne(pc.tools, 'server-off', was['server-off']!);
    expect([pc.now.Start, pc.states]).toEqual([2, { LanmanServer: 4, Browser: 4, Dfs: 1 }]);
    expect(pc.calls.slice(-3)).toEqual([
      ...['sc config LanmanServer start= delayed-auto', 'sc start LanmanServer', 'sc start Browser'],
    ]);
  });

  it('comes back without a service that is no longer on the PC', async () => {
    const pc = windows({ Start: 4 }, {});
    pc.states.LanmanServer = 1;
    await takeBackOne(pc.tools, 'server-off', { values: { Start: 3 }, ran: ['LanmanServer', 'Gone'] });
    expect([pc.now.Start, pc.states.LanmanServer]).toEqual([3, 4]);
  });

  it('is left alone where somebody has set it otherwise meanwhile', async () => {
    const pc = windows({ Start: 3 }, {});
    pc.states.LanmanServer = 1;
    await takeBackOne(pc.tools, 'server-off', { values: { Start: 2 }, ran: ['LanmanServer'] });
    expect(pc.calls).toEqual([]);
  });

  it('that was off already is nothing to bring back', async () => {
    const pc = windows({ Start: 4 });
    pc.states.LanmanServer = 1;
    expect(await readWas(pc.tools, ['server-off'])).toEqual({});
  });
});

describe('a setting', () => {
  it.each([null, 0, 1])('that was %j before is that again', async (before) => {
    const pc = windows({ DisableCompression: before });
    const was = await readWas(pc.tools, ['compression-off']);
    await apply(pc.tools, 'compression-off');
    expect(pc.now.DisableCompression).toBe(1);
    if (was['compression-off']) await takeBackOne(pc.tools, 'compression-off', was['compression-off']);
    expect(pc.now.DisableCompression).toBe(before);
  });
});

it('what clears it by hand can be typed', () => {
  expect(
    clearCommands({
      'server-off': { values: { Start: 2, DelayedAutostart: null }, ran: ['LanmanServer', 'Dfs'] },
      'smb1-off': { values: { SMB1: null }, ran: [] },
    }),
  ).toEqual([
    ...['sc config LanmanServer start= auto', 'sc start LanmanServer', 'sc start Dfs'],
    'reg delete HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters /v SMB1 /f /reg:64',
  ]);
});
