// What a simulated PC remembers between two runs: its shield, in one small file that is replaced whole.
import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Counted, Shield } from '../../model/shield';
import { parseNetwork } from '../../policy/address-sets';

export interface SimulatedState {
  readonly shield: Shield | null;
  readonly counted: Counted | null;
}

const schema = 'breakwater/simulated-state@1';

/** A file that is not there is a PC without a shield. Throws an Error with a message for people on a file that can't be read. */
export function readState(folder: string): SimulatedState {
  const path = join(folder, 'state.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { shield: null, counted: null };
    throw new Error(`The simulated PC's state can't be read: ${message}.`);
  }
  try {
    return parseState(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `The simulated PC's state in ${path} is damaged (${(error as Error).message}). Remove the folder to begin anew.`,
    );
  }
}

/** Replaces the file in one step: a crash leaves the old or the new one. */
export async function writeState(folder: string, state: SimulatedState): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'state.json');
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify({ schema, ...state }, null, 2)}\n`);
  await rename(draft, path);
}

function parseState(value: unknown): SimulatedState {
  const state = fields(value, 'the file');
  if (state.schema !== schema) throw new Error(`it does not say "${schema}"`);
  return {
    shield: state.shield === null ? null : parseShield(fields(state.shield, 'shield')),
    counted: state.counted === null ? null : parseCounted(fields(state.counted, 'counted')),
  };
}

function parseShield(shield: Fields): Shield {
  const allow = fields(shield.allow, 'allow');
  return {
    id: text(shield.id, 'id'),
    since: time(shield.since, 'since'),
    until: shield.until === null ? null : time(shield.until, 'until'),
    atEnd: shield.atEnd === 'extend' ? 'extend' : 'lift',
    // A simulated PC has no workarounds.
    rules: true,
    workarounds: [],
    allow: { ipv4: networks(allow.ipv4), ipv6: networks(allow.ipv6) },
    outbound: shield.outbound === true,
    reason: shield.reason === null ? null : text(shield.reason, 'reason'),
  };
}

function parseCounted(counted: Fields): Counted {
  return {
    blocked: count(counted.blocked),
    allowed: count(counted.allowed),
    outboundBlocked: count(counted.outboundBlocked),
    attempts: list(counted.attempts).map((item) => {
      const attempt = fields(item, 'attempt');
      return { address: text(attempt.address, 'address'), packets: count(attempt.packets), until: null };
    }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null) throw new Error(`${what} is missing or is not an object`);
  return value as Fields;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length > 10_000) throw new Error('a list is missing or too long');
  return value;
}

function text(value: unknown, what: string): string {
  if (typeof value !== 'string' || value.length > 200) throw new Error(`${what} is missing or is not a short text`);
  return value;
}

function time(value: unknown, what: string): string {
  const at = text(value, what);
  if (Number.isNaN(Date.parse(at))) throw new Error(`${what} is not a time`);
  return at;
}

function count(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Error('a count is not a count');
  return value;
}

function networks(value: unknown): Shield['allow']['ipv4'] {
  return list(value).map((item) => {
    const parsed = parseNetwork(text(item, 'network'));
    if (parsed.kind === 'bad') throw new Error(parsed.why);
    return parsed.network;
  });
}
