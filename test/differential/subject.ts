// What is tried: rules that can be loaded, read by people, and made smaller; of nftables, or of iptables with all that stands beside it.
import type { IptablesRules, Rules } from './oracle';
import { type Ruleset, smaller, without, writeRuleset } from './ruleset';

export interface Subject {
  readonly rules: Rules;
  /** All of it, for people and for finding the addresses it names. */
  readonly text: string;
  /** Every subject that is this one with a part left out, the greatest parts first. */
  smaller(): Iterable<Subject>;
}

export function nftSubject(ruleset: Ruleset): Subject {
  const text = writeRuleset(ruleset);
  return {
    rules: { nft: text },
    text,
    *smaller() {
      for (const less of smaller(ruleset)) yield nftSubject(less);
    },
  };
}

/** Lines of restore files; chains and policies stay as they are, rules and members are left out one by one. */
export function iptablesSubject(rules: IptablesRules): Subject {
  const parts = Object.entries(rules) as [keyof IptablesRules, string][];
  return {
    rules,
    text: parts
      .filter(([, text]) => text !== '')
      .map(([name, text]) => `# ${name}\n${text}`)
      .join(''),
    *smaller() {
      for (const [name, text] of parts) {
        if (text === '') continue;
        yield iptablesSubject({ ...rules, [name]: '' });
        if (name === 'nft') continue;
        const lines = text.split('\n');
        const loose = [...lines.keys()].filter((index) => /^(-A|add) /.test(lines[index] ?? ''));
        for (const kept of without(loose)) {
          const left = lines.filter((_, index) => !loose.includes(index) || kept.includes(index));
          yield iptablesSubject({ ...rules, [name]: left.join('\n') });
        }
      }
    },
  };
}
