// Short ways to read rules in tests: one line's steps, and a chain of a whole text.

import { MessageError } from '../../../../../main/model/message-error';
import { cidr, setOf } from '../../../../../main/policy/address-sets';
import { type IptablesRules, readIptablesSave } from '../../../../../main/policy/netfilter/iptables/read';
import type { BaseChain, Rule, Step } from '../../../../../main/policy/netfilter/program';
import { inEnglish, type Spoken, spoken } from '../../../in-english';

export type Family = 'ipv4' | 'ipv6';

export function read(
  text: string,
  family: Family = 'ipv4',
  ipset: string | null = null,
): Extract<IptablesRules, { kind: 'program' }> {
  const result = readIptablesSave(text, family, { legacy: false, ipset });
  if (result.kind === 'bad') throw new MessageError(result.why);
  return result;
}

export function whyBad(text: string): string {
  const result = readIptablesSave(text, 'ipv4', { legacy: false, ipset: null });
  return result.kind === 'bad' ? inEnglish(result.why) : 'it is a program';
}

/** A filter table with these lines in INPUT and an empty chain OWN. */
export const filter = (lines: readonly string[]): string =>
  ['*filter', ':INPUT ACCEPT [0:0]', ':OWN - [0:0]', ...lines.map((line) => `-A INPUT ${line}`), 'COMMIT', ''].join(
    '\n',
  );

export function rulesOf(
  lines: readonly string[],
  family: Family = 'ipv4',
  ipset: string | null = null,
): readonly Rule[] {
  return baseChain(read(filter(lines), family, ipset).program.baseChains, 'input').chain.rules;
}

/** The steps of one rule in filter INPUT. */
export function stepsOf(line: string, family: Family = 'ipv4', ipset: string | null = null): readonly Step[] {
  return rulesOf([line], family, ipset)[0]?.steps ?? [];
}

/** The steps in front of the DROP of a rule that has the given matches. */
export function conditionsOf(
  line: string,
  family: Family = 'ipv4',
  ipset: string | null = null,
): readonly Spoken<Step>[] {
  const steps = stepsOf(`${line} -j DROP`, family, ipset);
  if (JSON.stringify(steps.at(-1)) !== JSON.stringify(drop))
    throw new Error(`no drop at the end of ${JSON.stringify(steps)}`);
  return spoken(steps.slice(0, -1));
}

export function baseChain(chains: readonly BaseChain[], hook: BaseChain['hook'], priority = 0): BaseChain {
  const found = chains.find((chain) => chain.hook === hook && chain.priority === priority);
  if (!found) throw new Error(`no base chain at ${hook} ${priority}`);
  return found;
}

export const drop: Step = { kind: 'verdict', verdict: { kind: 'drop' } };
export const networks = (family: Family, ...texts: readonly string[]): ReturnType<typeof setOf> =>
  setOf(family, texts.map(cidr));

/** A condition on exactly these networks. */
export const from = (side: 'source' | 'destination', family: Family, ...texts: readonly string[]): Step => {
  const set = networks(family, ...texts);
  return { kind: side, family, may: set, must: set, why: null };
};

export const port = (
  side: 'source' | 'destination',
  ranges: readonly (readonly [number, number])[],
  protocols: readonly number[] = [6],
  negated = false,
): Step => ({ kind: 'port', side, protocols, ranges, negated, original: false });

export const protocol = (number: number, negated = false): Step => ({ kind: 'protocol', protocols: [number], negated });
