// Real rules of ufw, docker and hand-made firewalls: every line is there, and nothing is a riddle that need not be.

import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MessageError } from '../../../../../main/model/message-error';
import { readIptablesSave } from '../../../../../main/policy/netfilter/iptables/read';
import type { Chain, Step } from '../../../../../main/policy/netfilter/program';

const folder = 'test/fixtures/linux';
const files = globSync(`${folder}/*/{iptables,ip6tables}-{save,legacy}.txt`).sort();

/** All chains that can be reached from these. */
function reachable(chains: readonly Chain[]): ReadonlySet<Chain> {
  const seen = new Set<Chain>();
  const ahead = [...chains];
  for (let chain = ahead.pop(); chain; chain = ahead.pop()) {
    if (seen.has(chain)) continue;
    seen.add(chain);
    for (const { steps } of chain.rules)
      for (const step of steps) if (step.kind === 'verdict' && 'to' in step.verdict) ahead.push(step.verdict.to);
  }
  return seen;
}

/** Matches that rules alone can't decide, wherever they stand. */
const undecidable = /limit|bpf|u32|string|ttl|length|time|statistic|--hl-eq|icmp|rt-type/;

describe('the fixtures', () => {
  it('are all there', () => {
    expect(files.length).toBeGreaterThanOrEqual(22);
  });

  it.each(files)('%s', (file) => {
    const text = readFileSync(file, 'utf8');
    const ipset = join(dirname(file), 'ipset.txt');
    const result = readIptablesSave(text, file.includes('ip6tables') ? 'ipv6' : 'ipv4', {
      legacy: file.includes('legacy'),
      ipset: existsSync(ipset) ? readFileSync(ipset, 'utf8') : null,
    });
    if (result.kind === 'bad') throw new MessageError(result.why);
    expect(result.program.unsure).toEqual([]);
    expect(result.notShown).toEqual([]);
    expect(result.program.baseChains).toHaveLength(text.match(/^:\S+ (ACCEPT|DROP)/gm)?.length ?? 0);
    const chains = reachable(result.program.baseChains.map(({ chain }) => chain));
    const rules = [...chains].flatMap(({ rules: own }) => own);
    const lines = text.split('\n').filter((line) => line.startsWith('-A '));
    const unreached = lines.filter((line) => !rules.some((rule) => rule.text === line));
    const declared = (line: string): string => line.split(' ')[1] ?? '';
    // Chains nobody jumps to have no place in the form.
    for (const line of unreached) expect(text).not.toMatch(new RegExp(`-[jg] ${declared(line)}$`, 'm'));
    expect(rules.length + unreached.length).toBe(lines.length);
    for (const { text: line, steps } of rules) {
      const riddles = steps.filter(isRiddle);
      if (!undecidable.test(line)) expect({ line, riddles }).toEqual({ line, riddles: [] });
    }
  });
});

function isRiddle(step: Step): boolean {
  return step.kind === 'anything' || step.kind === 'unsure' || (step.kind === 'any-of' && !step.exact);
}
