// One trial: rules, the probes against them, and how much of the PC the review is told. All of it follows from a seed and a number.

import type { Routes } from '../../main/model/review';
import { withEmptyInterfaces } from '../../main/policy/netfilter/iptables/empty-interface';
import { readDebugListing } from '../../main/policy/netfilter/nftables/bytecode';
import { drawIptables } from './grammar/iptables';
import { drawRuleset } from './grammar/rulesets';
import { type Answer, type LegacyTable, listening, local, type Probe, pc, waysOn } from './oracle';
import { drawProbes } from './probes';
import { type Random, randomOf } from './random';
import { iptablesSubject, nftSubject, type Subject } from './subject';

export type Known = 'all' | 'no text' | 'no host' | 'no saves' | 'no routes';

export interface Trial {
  readonly number: number;
  readonly subject: Subject;
  readonly probes: readonly Probe[];
  readonly known: Known;
  /** Every word in it can be judged from the rules alone. */
  readonly plain: boolean;
  /** Rules may stop the answer on its way out: the review is not about that, so only its safe side counts. */
  readonly stopsReplies: boolean;
  /** Rules may lead connections to containers, which answer. */
  readonly forwards: boolean;
}

/** Rules of iptables and ipset start programs and are slow; they are a language of their own. */
export type Language = 'nftables' | 'iptables';

export function drawTrial(language: Language, seed: number, number: number): Trial {
  const random = randomOf(seed, number * 2 + (language === 'iptables' ? 1 : 0));
  const { subject, plain, stopsReplies, forwards } = language === 'iptables' ? iptables(random) : nftables(random);
  const known = random.weigh<Known>([
    [82, 'all'],
    [6, 'no text'],
    [6, 'no host'],
    [6, 'no saves'],
    [forwards ? 30 : 0.001, 'no routes'],
  ]);
  return { number, subject, probes: drawProbes(random, subject.text), known, plain, stopsReplies, forwards };
}

type Drawn = Pick<Trial, 'subject' | 'plain' | 'stopsReplies' | 'forwards'>;

function nftables(random: Random): Drawn {
  const { ruleset, level, stopsReplies, forwards } = drawRuleset(random);
  return { subject: nftSubject(ruleset), plain: level === 'plain', stopsReplies, forwards };
}

function iptables(random: Random): Drawn {
  const { rules, exact, forwards } = drawIptables(random);
  return { subject: iptablesSubject(rules), plain: exact, stopsReplies: false, forwards };
}

/** What a review is given to read; null = not there. */
export interface Given {
  readonly rulesetJson: string | null;
  readonly rulesetText: string | null;
  readonly rulesetBytecode: string | null;
  readonly iptablesSave: string | null;
  readonly ip6tablesSave: string | null;
  readonly iptablesLegacy: string | null;
  readonly ip6tablesLegacy: string | null;
  readonly ipset: string | null;
  readonly host: {
    readonly interfaces: Readonly<Record<string, readonly string[]>>;
    readonly listening: readonly number[];
    readonly listeningComplete: boolean;
    readonly local: readonly string[];
    readonly routes?: Routes;
    readonly bridges?: Readonly<Record<string, readonly string[]>>;
  } | null;
}

export function givenTo(known: Known, answer: Answer): Given {
  const saves = known !== 'no saves';
  return {
    rulesetJson: answer.json,
    rulesetText: known === 'no text' ? null : readDebugListing(answer.text).listing,
    rulesetBytecode: readDebugListing(answer.text).bytecode,
    iptablesSave: saves ? (answer.save4 ?? '') : null,
    ip6tablesSave: saves ? (answer.save6 ?? '') : null,
    iptablesLegacy: legacyText(answer.legacy4),
    ip6tablesLegacy: legacyText(answer.legacy6),
    ipset: saves ? (answer.ipset ?? '') : null,
    host:
      known === 'no host'
        ? null
        : { interfaces: pc, listening, listeningComplete: true, local, ...(known === 'no routes' ? {} : waysOn) },
  };
}

/** As the PC's own reading puts them together. */
function legacyText(tables: readonly LegacyTable[] | undefined): string | null {
  // None are asked for where none were loaded, and the kernel has none then.
  const texts = (tables ?? []).map(({ save, listing }) => withEmptyInterfaces(save, listing));
  return texts.includes(null) ? null : texts.join('');
}
