// One rule's words taken apart: its own conditions, its matches ("-m x") and its target ("-j X"), each option with its words.
import { type Options, optionsOfMatch, optionsOfTarget } from './options';
import type { Word } from './save-text';

export interface Option {
  /** With its dashes; a rule's own options by their short name ("-s"). */
  readonly name: string;
  readonly negated: boolean;
  readonly words: readonly string[];
}

/** A match or a target with its options in order. */
export interface Extension {
  readonly name: string;
  readonly options: readonly Option[];
  /** Whether every option is one that this extension is known to have, with its words. */
  readonly understood: boolean;
}

export interface RuleWords {
  readonly own: readonly Option[];
  readonly matches: readonly Extension[];
  readonly target: (Extension & { readonly way: 'jump' | 'goto' }) | null;
}

/** Takes the words after "-A CHAIN" apart; null where words are left over, or two targets, that nobody can assign. */
export function readRuleWords(words: readonly Word[]): RuleWords | null {
  const own: Option[] = [];
  const matches: OpenExtension[] = [];
  let target: (OpenExtension & { readonly way: 'jump' | 'goto' }) | null = null;
  let latest: OpenExtension | null = null;
  let negated = false;
  let at = 0;
  while (at < words.length) {
    const word = words[at++];
    if (!word) return null;
    if (!word.quoted && word.text === '!' && !negated) {
      negated = true;
      continue;
    }
    if (word.quoted || !word.text.startsWith('-')) {
      // A word too many: what it belongs to is not what we think it is.
      if (!latest || negated) return null;
      latest.understood = false;
      continue;
    }
    const short = ownOptions.get(word.text);
    if (short !== undefined) {
      const taken = take(words, at, wordsOfOwn(short), negated);
      if (!taken) return null;
      at = taken.at;
      const [value = ''] = taken.words;
      if (short === '-m') {
        latest = { name: value, options: [], known: optionsOfMatch(value), understood: !taken.negated };
        matches.push(latest);
      } else if (short === '-j' || short === '-g') {
        if (target || taken.negated) return null;
        target = { ...opened(value, optionsOfTarget(value)), way: short === '-j' ? 'jump' : 'goto' };
        latest = target;
      } else {
        if (own.some(({ name }) => name === short)) return null;
        own.push({ name: short, negated: taken.negated, words: taken.words });
      }
    } else {
      const owner: OpenExtension | null =
        ownerOf(word.text, latest, target, matches) ?? impliedMatch(word.text, own, matches) ?? latest;
      if (!owner) return null;
      const count: number | undefined = owner.known?.get(word.text);
      if (count === undefined) owner.understood = false;
      const taken = take(words, at, count ?? wordsUpToOption(words, at), negated);
      if (!taken) return null;
      at = taken.at;
      owner.options.push({ name: word.text, negated: taken.negated, words: taken.words });
    }
    negated = false;
  }
  return negated ? null : { own, matches, target };
}

interface OpenExtension {
  readonly name: string;
  readonly options: Option[];
  readonly known: Options | null;
  understood: boolean;
}

const opened = (name: string, known: Options | null): OpenExtension => ({ name, options: [], known, understood: true });

const ownOptions: ReadonlyMap<string, string> = new Map([
  ...['-s', '--source', '--src'].map((name) => [name, '-s'] as const),
  ...['-d', '--destination', '--dst'].map((name) => [name, '-d'] as const),
  ...['-p', '--protocol'].map((name) => [name, '-p'] as const),
  ...['-i', '--in-interface'].map((name) => [name, '-i'] as const),
  ...['-o', '--out-interface'].map((name) => [name, '-o'] as const),
  ...['-f', '--fragment'].map((name) => [name, '-f'] as const),
  ...['-m', '--match'].map((name) => [name, '-m'] as const),
  ...['-j', '--jump'].map((name) => [name, '-j'] as const),
  ...['-g', '--goto'].map((name) => [name, '-g'] as const),
  ...['-c', '--set-counters'].map((name) => [name, '-c'] as const),
  ...['-4', '--ipv4'].map((name) => [name, '-4'] as const),
  ...['-6', '--ipv6'].map((name) => [name, '-6'] as const),
]);

const wordsOfOwn = (short: string): number => (short === '-c' ? 2 : ['-f', '-4', '-6'].includes(short) ? 0 : 1);

/** An option belongs to the extension named last, or to an earlier one that knows it, as iptables resolves them. */
function ownerOf(
  name: string,
  latest: OpenExtension | null,
  target: OpenExtension | null,
  matches: readonly OpenExtension[],
): OpenExtension | null {
  if (latest && (!latest.known || latest.known.has(name))) return latest;
  if (target?.known?.has(name)) return target;
  return matches.findLast((match) => match.known?.has(name)) ?? null;
}

/** "-p tcp --dport 445" without "-m tcp" means the protocol's own match. */
function impliedMatch(name: string, own: readonly Option[], matches: OpenExtension[]): OpenExtension | null {
  const protocol = own.find((option) => option.name === '-p' && !option.negated)?.words[0] ?? '';
  const known = optionsOfMatch(matchOfProtocol.get(protocol) ?? protocol);
  if (!known?.has(name)) return null;
  const implied = opened(matchOfProtocol.get(protocol) ?? protocol, known);
  matches.push(implied);
  return implied;
}

const matchOfProtocol: ReadonlyMap<string, string> = new Map([
  ['6', 'tcp'],
  ['17', 'udp'],
  ['1', 'icmp'],
  ['58', 'icmp6'],
  ['icmpv6', 'icmp6'],
  ['ipv6-icmp', 'icmp6'],
]);

/** The words of an option; a "!" in front of them is the negation of old iptables. null = there are too few. */
function take(words: readonly Word[], start: number, count: number, negated: boolean): Taken | null {
  const first = words[start];
  const old = count > 0 && !negated && first !== undefined && !first.quoted && first.text === '!';
  const from = old ? start + 1 : start;
  if (from + count > words.length) return null;
  return { words: words.slice(from, from + count).map(({ text }) => text), negated: negated || old, at: from + count };
}

interface Taken {
  readonly words: readonly string[];
  readonly negated: boolean;
  readonly at: number;
}

/** For an option nobody knows: everything up to what looks like the next option. */
function wordsUpToOption(words: readonly Word[], start: number): number {
  let at = start;
  for (let word = words[at]; word && (word.quoted || !/^(-.|!$)/.test(word.text)); word = words[at]) at++;
  return at - start;
}
