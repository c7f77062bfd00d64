// Talks to QEMU by its monitor protocol (QMP, docs/interop/qmp-spec.rst): JSON lines, one answer to each command, events between.
import { type Socket as Connection, connect } from 'node:net';
import { createInterface } from 'node:readline';
import * as v from 'valibot';

const message = v.union([
  v.object({ return: v.unknown() }),
  v.object({ error: v.object({ desc: v.string() }) }),
  v.object({ event: v.string() }),
  v.object({ QMP: v.unknown() }),
]);

export interface Monitor {
  /** Resolves to the command's answer; rejects with QEMU's words. */
  ask(command: string, args?: object): Promise<unknown>;
  /** Resolves at the next such event ("RESET", "SUSPEND", "WAKEUP"); rejects after `patience` milliseconds. */
  next(event: string, patience: number): Promise<void>;
  /** The same as `ask` for what people type ("savevm x"); rejects where it complains. */
  type(line: string): Promise<void>;
}

/** Connects to QEMU's monitor at a Unix socket. */
export async function connectMonitor(path: string): Promise<Monitor> {
  const connection: Connection = connect(path);
  await new Promise<void>((resolve, reject) => {
    connection.once('connect', resolve);
    connection.once('error', reject);
  });
  const waiting: { resolve(value: unknown): void; reject(why: Error): void }[] = [];
  const heard = new Map<string, (() => void)[]>();
  createInterface({ input: connection }).on('line', (line) => {
    const told = v.parse(message, JSON.parse(line));
    if ('event' in told) {
      for (const tell of heard.get(told.event) ?? []) tell();
      heard.delete(told.event);
    } else if ('return' in told) waiting.shift()?.resolve(told.return);
    else if ('error' in told) waiting.shift()?.reject(new Error(told.error.desc));
  });
  connection.once('close', () => {
    for (const one of waiting.splice(0)) one.reject(new Error('QEMU ended'));
  });
  const ask: Monitor['ask'] = (command, args = {}) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      connection.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
    });
  await ask('qmp_capabilities');
  return {
    ask,
    next: (event, patience) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${event} within ${patience / 1000} s`)), patience);
        const tell = (): void => {
          clearTimeout(timer);
          resolve();
        };
        heard.set(event, [...(heard.get(event) ?? []), tell]);
      }),
    type: async (line) => {
      const said = await ask('human-monitor-command', { 'command-line': line });
      if (said !== '') throw new Error(`${line}: ${said}`);
    },
  };
}
