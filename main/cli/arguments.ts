// Reads the command line: one command with its options, or one line that says what is wrong and what would be right. Pure.
import { parseArgs } from 'node:util';
import type { Part } from '../engine/engine';
import { type Message, message } from '../model/message';
import type { ShieldWorkaround } from '../model/shield';
import { parseNetwork } from '../policy/address-sets';
import { type LanguageTag, languageFor, languageTags } from '../text/languages';
import {
  type CommandName,
  commandNames,
  commands,
  commonOptions,
  type OptionName,
  options as optionUses,
  plannedCommands,
} from './commands';

export interface Options {
  /** A simulated PC's name, or null for this PC. */
  readonly simulate: string | null;
  readonly json: boolean;
  /** null = everything. */
  readonly only: ReadonlySet<Part> | null;
  /** As typed: what they mean is the engine's to say. */
  readonly until: string;
  readonly atEnd: 'lift' | 'extend' | null;
  readonly allow: readonly string[];
  readonly outbound: boolean;
  readonly reason: string | null;
  readonly workarounds: readonly ShieldWorkaround[];
  readonly dryRun: boolean;
  readonly port: number;
  readonly proto: 'tcp' | 'udp';
  readonly from: string | null;
  /** Somebody's word that what was not saved is not there. */
  readonly complete: boolean;
  readonly out: string | null;
  readonly yes: boolean;
  readonly interface: string | null;
  readonly profile: 'domain' | 'private' | 'public' | null;
  readonly subnet: readonly string[];
  /** What `probe` is pointed at; empty elsewhere. */
  readonly host: string;
  /** What `advisories` is to do, and with what; empty elsewhere. */
  readonly action: string;
  readonly subject: string;
  /** A file that describes another PC. */
  readonly hostFile: string | null;
}

export type Invocation =
  | { readonly kind: 'run'; readonly command: CommandName; readonly options: Options }
  | { readonly kind: 'help'; readonly command: CommandName | null }
  | { readonly kind: 'version' }
  | { readonly kind: 'bad'; readonly why: Message | string };

/** Wrong usage: `message` is the one line for people; exit code 2. */
export class UsageError extends Error {
  /** One line: what was wrong, and what would be right. */
  readonly said: Message | string;

  constructor(said: Message | string) {
    super(typeof said === 'string' ? said : said.code);
    this.said = said;
  }
}

/**
 * In which language to speak: as `args` say, else as `BREAKWATER_LANG` does, else as the system. Read before anything else, since what is
 * wrong with the arguments is said in it, too.
 */
export function languageOf(
  args: readonly string[],
  { BREAKWATER_LANG }: Readonly<Record<string, string | undefined>>,
  systemLocale: string | undefined,
): LanguageTag {
  const at = args.indexOf('--lang');
  const typed = at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith('--lang='))?.slice('--lang='.length);
  return languageFor(typed ?? (BREAKWATER_LANG || systemLocale));
}

/** `args` as typed after the program's name. */
export function parseArguments(args: readonly string[]): Invocation {
  try {
    return parse(args);
  } catch (error) {
    if (error instanceof UsageError) return { kind: 'bad', why: error.said };
    throw error;
  }
}

function parse(args: readonly string[]): Invocation {
  const { given, operands } = readTokens(args);
  oneOf('lang', given.get('lang')?.[0] ?? null, languageTags);
  const [word, ...more] = operands;
  if (given.has('version')) return { kind: 'version' };
  if (word === undefined) {
    if (given.has('help')) return { kind: 'help', command: null };
    throw new UsageError(message('usage.name-a-command', { names: commandNames.join(', ') }));
  }
  const command = readCommand(word);
  if (given.has('help')) return { kind: 'help', command };
  for (const name of given.keys()) mustBelong(name, command);
  const words = readWords(command, more);
  return { kind: 'run', command, options: readOptions(given, words) };
}

interface Words {
  readonly host: string;
  readonly action: string;
  readonly subject: string;
}

/** The words beside the options: none, one, or an action and what it is about. */
function readWords(command: CommandName, words: readonly string[]): Words {
  const { operand, actions } = commands[command];
  const [first, second] = words;
  const taken = operand === null ? 0 : first !== undefined && actions?.[first] ? 2 : 1;
  if (operand !== null && first === undefined)
    throw new UsageError(
      actions
        ? message('usage.needs-one-of', { command, names: Object.keys(actions).join(', ') })
        : message('usage.needs-operand', { command, operand }),
    );
  if (actions && first !== undefined && !Object.hasOwn(actions, first)) {
    const near = nearest(first, Object.keys(actions));
    throw new UsageError(
      near
        ? message('usage.no-action.near', { command, word: quoted(first), near })
        : message('usage.no-action', { command, word: quoted(first), names: Object.keys(actions).join(', ') }),
    );
  }
  const needed = taken === 2 && second === undefined ? actions?.[first ?? ''] : null;
  if (needed) throw new UsageError(message('usage.action-needs', { command, action: first ?? '', what: needed }));
  const extra = words[taken];
  if (extra !== undefined) throw new UsageError(message('usage.takes-no', { command, word: quoted(extra) }));
  return {
    host: actions ? '' : (first ?? ''),
    action: actions ? (first ?? '') : '',
    subject: taken === 2 ? (second ?? '') : '',
  };
}

type Given = ReadonlyMap<OptionName, readonly string[]>;

/** Not `strict`: its messages differ between Node versions and do not say what would be right. */
function readTokens(args: readonly string[]): { readonly given: Given; readonly operands: readonly string[] } {
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      ...Object.fromEntries(
        Object.entries(optionUses).map(([name, { type }]) => [
          name,
          { type: type === 'flag' ? ('boolean' as const) : ('string' as const), multiple: true },
        ]),
      ),
      help: { type: 'boolean', short: 'h', multiple: true },
    },
  });
  const given = new Map<OptionName, readonly string[]>();
  const operands: string[] = [];
  const command = tokens.find((token) => token.kind === 'positional')?.value;
  // Their options are not known here, and must not be what is complained about.
  if (command !== undefined && plannedCommands.includes(command)) readCommand(command);
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const name = token.name;
    if (!isOption(name)) throw new UsageError(unknownOption(token.rawName));
    const { type, shown } = optionUses[name];
    if (type === 'flag') {
      if (token.value !== undefined) throw new UsageError(message('usage.takes-no-value', { name }));
      given.set(name, []);
      continue;
    }
    // Without "=", the next word that looks like an option was meant as one.
    if (token.value === undefined || token.value === '' || (!token.inlineValue && token.value.startsWith('-')))
      throw new UsageError(message('usage.needs-value', { name, shown }));
    const before = given.get(name) ?? [];
    if (type === 'value' && before.length > 0) throw new UsageError(message('usage.given-twice', { name }));
    given.set(name, [...before, token.value]);
  }
  return { given, operands };
}

function readCommand(word: string): CommandName {
  const found = commandNames.find((name) => name === word);
  if (found) return found;
  if (plannedCommands.includes(word))
    throw new UsageError(message('usage.not-built', { word, names: commandNames.join(', ') }));
  const near = nearest(word, commandNames);
  throw new UsageError(
    near
      ? message('usage.unknown-command.near', { word: quoted(word), near })
      : message('usage.unknown-command', { word: quoted(word), names: commandNames.join(', ') }),
  );
}

function mustBelong(name: OptionName, command: CommandName): void {
  const own = [...commands[command].options, ...commonOptions];
  if (own.includes(name)) return;
  throw new UsageError(
    message('usage.no-such-option', { command, name, options: own.map((one) => `--${one}`).join(', ') }),
  );
}

function unknownOption(raw: string): Message {
  const names = Object.keys(optionUses);
  const near = nearest(raw.replace(/^-+/, ''), names);
  return near
    ? message('usage.unknown-option.near', { word: quoted(raw), near })
    : message('usage.unknown-option', { word: quoted(raw) });
}

function readOptions(given: Given, { host, action, subject }: Words): Options {
  const one = (name: OptionName): string | null => given.get(name)?.[0] ?? null;
  return {
    simulate: one('simulate'),
    json: given.has('json'),
    only: readOnly(one('only')),
    until: one('until') ?? 'patched',
    atEnd: oneOf('at-end', one('at-end'), ['lift', 'extend']),
    allow: given.get('allow') ?? [],
    outbound: given.has('outbound'),
    reason: one('reason'),
    workarounds: (given.get('workaround') ?? []).flatMap((text) => oneOf('workaround', text, workaroundNames) ?? []),
    dryRun: given.has('dry-run'),
    port: readPort(one('port')),
    proto: oneOf('proto', one('proto'), ['tcp', 'udp']) ?? 'tcp',
    from: one('from'),
    complete: given.has('complete'),
    out: one('out'),
    yes: given.has('yes'),
    interface: one('interface'),
    profile: oneOf('profile', one('profile'), ['domain', 'private', 'public']),
    subnet: (given.get('subnet') ?? []).map(readSubnet),
    host: readHost(host),
    action,
    subject,
    hostFile: one('host'),
  };
}

/** As `workaroundNames` in the engine, which is loaded when it is needed. */
const workaroundNames: readonly ShieldWorkaround[] = ['server-off', 'smb1-off', 'compression-off'];
const parts: readonly Part[] = ['smb', 'firewall', 'patch', 'shield'];

function readOnly(text: string | null): ReadonlySet<Part> | null {
  if (text === null) return null;
  return new Set(
    text.split(',').map((word) => {
      const part = parts.find((name) => name === word.trim());
      if (part) return part;
      throw new UsageError(message('usage.only', { parts: parts.join(', '), word: quoted(word) }));
    }),
  );
}

function readPort(text: string | null): number {
  if (text === null) return 445;
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new UsageError(message('usage.port', { text: quoted(text) }));
}

function oneOf<T extends string>(name: OptionName, text: string | null, values: readonly T[]): T | null {
  if (text === null) return null;
  const value = values.find((candidate) => candidate === text);
  if (value) return value;
  throw new UsageError(message('usage.takes', { name, values, text: quoted(text) }));
}

function readSubnet(text: string): string {
  const parsed = parseNetwork(text);
  if (parsed.kind === 'bad') throw new UsageError(message('usage.subnet', { why: parsed.why }));
  return parsed.network;
}

/** A host name as RFC 1123 2.1 allows (underscores are seen, too), or an address, IPv6 with a zone where it needs one. */
function readHost(text: string): string {
  if (text === '' || (text.length <= 253 && /^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?$/.test(text))) return text;
  if (text.length <= 80 && /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.-]+)?$/.test(text)) return text;
  throw new UsageError(message('usage.no-host', { text: quoted(text) }));
}

/** Throws `UsageError` where --complete is given without what it is about. */
export function mustHaveFrom({ from, complete }: Pick<Options, 'from' | 'complete'>): void {
  if (complete && from === null) throw new UsageError(message('usage.complete'));
}

/** The one name that is at most two typing slips away (and half the name at most), or null. */
export function nearest(word: string, names: readonly string[]): string | null {
  const scored = names.map((name) => ({ name, slips: slipsBetween(word.toLowerCase(), name) }));
  scored.sort((a, b) => a.slips - b.slips);
  const [best] = scored;
  return best && best.slips <= 2 && best.slips * 2 <= best.name.length ? best.name : null;
}

/** Levenshtein's distance. */
function slipsBetween(a: string, b: string): number {
  // More than that is no slip; a long word must not cost time.
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 3;
}

/** As a message shows what was typed: in quotes, at most 40 characters. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}

/** A path as a message shows it: in quotes, its end where it is long. */
export function quotedPath(path: string): string {
  return JSON.stringify(path.length > 200 ? `...${path.slice(-200)}` : path);
}

const isOption = (name: string): name is OptionName => Object.hasOwn(optionUses, name);
