// A packet filter's rules in one language-neutral form: what readers (nftables, iptables) make and the evaluator walks.

import type { Family } from '../../model/address';
import type { Message, Words } from '../../model/message';
import type { AddressSet } from '../address-sets';

/** Everything that filters on a PC. Several programs (nftables beside iptables-legacy) must each let a packet through. */
export interface FilterProgram {
  readonly language: 'nftables' | 'iptables-legacy';
  /** Sorted as the kernel runs them: by hook along the path, then priority, then registration. */
  readonly baseChains: readonly BaseChain[];
  /** What the reader could not read or trust, in the words of its owner; each may let packets through. */
  readonly unsure: readonly Unsure[];
}

export type Hook = 'ingress' | 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting' | 'egress';

export interface BaseChain {
  readonly hook: Hook;
  readonly priority: number;
  /** nat chains decide where a connection goes (first packets only), filter chains whether. */
  readonly type: 'filter' | 'nat' | 'route';
  /** Families it sees: inet and netdev see both. */
  readonly families: readonly Family[];
  /** Interfaces an ingress chain hangs on; "unknown" where the text that tells is missing; null for every other hook. */
  readonly devices: readonly string[] | 'unknown' | null;
  readonly policy: 'accept' | 'drop';
  readonly chain: Chain;
  /** Where it can't be told whether the chain is in force as read (its table's flags are not readable): why. Its drops then close nothing. */
  readonly doubt?: Message;
}

/** Chains refer to each other by object, so that a walk needs no table of names; cycles are possible in bad input. */
export interface Chain {
  /** As its owner says it: "inet filter input", "iptables filter INPUT". */
  readonly name: string;
  readonly rules: readonly Rule[];
}

export interface Rule {
  /** The rule as its owner writes it: a line of `nft list ruleset` or of `iptables-save`. */
  readonly text: string;
  /** The chain it stands in, for people; with the rule's handle or line where there is one. */
  readonly where: string;
  readonly steps: readonly Step[];
  /** It is the only one with this `where`: all of a rule that has a handle. */
  readonly alone?: true;
}

/** Steps run in order; a condition that does not hold ends the rule. */
export type Step =
  | Condition
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  /** The first case whose conditions all hold gives the verdict; none = the rule goes on. `exact` false = there may be other cases. */
  | {
      readonly kind: 'verdict-map';
      readonly cases: readonly VerdictCase[];
      readonly exact: boolean;
      readonly why: Message;
    }
  /** Writes the packet's or connection's mark: mark = (mark & keep) ^ xor; the bits of `unknown` (none where absent) may then be anything. */
  | {
      readonly kind: 'set-mark';
      readonly which: 'packet' | 'connection';
      readonly keep: number;
      readonly xor: number;
      readonly unknown?: number;
    }
  /** packet mark from connection mark or back. */
  | { readonly kind: 'copy-mark'; readonly from: 'packet' | 'connection' }
  | { readonly kind: 'notrack' }
  /** Chooses the zone in which the connection will be tracked; null = which one can't be told. */
  | { readonly kind: 'set-zone'; readonly zone: number | null }
  /** To this PC itself (redirect) or to an address; null = as it was; "unknown" = somewhere we can't tell. Ends the chain. */
  | { readonly kind: 'nat'; readonly to: NatTarget }
  /** Says what it is but may do anything: accept, drop, leave the chain, rewrite. Counted as letting through. */
  | { readonly kind: 'anything'; readonly why: Message };

export interface NatTarget {
  readonly address: string | 'this-pc' | 'unknown' | null;
  readonly port: number | 'unknown' | null;
}

export interface VerdictCase {
  readonly when: readonly Condition[];
  readonly verdict: Verdict;
}

export type Verdict =
  | { readonly kind: 'accept' | 'drop' | 'return' | 'continue' }
  | { readonly kind: 'jump' | 'goto'; readonly to: Chain };

/** Negation is resolved by the reader except where `negated` stands. Unknown = counts as holding for accept, as not holding for drop. */
export type Condition =
  /** may: holds at most for these; must: holds at least for these; equal where the rule is exact. Other families: does not hold. */
  | {
      readonly kind: 'source' | 'destination';
      readonly family: Family;
      readonly may: AddressSet;
      readonly must: AddressSet;
      readonly why: Message | null;
    }
  | { readonly kind: 'family'; readonly families: readonly Family[] }
  /** IP protocol numbers (6 = TCP, 17 = UDP). */
  | { readonly kind: 'protocol'; readonly protocols: readonly number[]; readonly negated: boolean }
  /** Implies its protocols. `original`: the port before NAT (ct original proto-dst). Ranges include both ends. */
  | {
      readonly kind: 'port';
      readonly side: 'source' | 'destination';
      readonly protocols: readonly number[];
      readonly ranges: readonly (readonly [number, number])[];
      readonly negated: boolean;
      readonly original: boolean;
    }
  /** A trailing "*" is a prefix. `index`: matched by number (iif), so a name that is not there now can't match later interfaces. */
  | {
      readonly kind: 'interface';
      readonly side: 'in' | 'out';
      readonly names: readonly string[];
      readonly negated: boolean;
    }
  | { readonly kind: 'state'; readonly states: readonly ConnectionState[]; readonly negated: boolean }
  /** Whether a NAT rule has changed the destination (ct status dnat). */
  | { readonly kind: 'translated'; readonly negated: boolean }
  /** (mark & mask) == value, or one of several values. */
  | {
      readonly kind: 'mark';
      readonly which: 'packet' | 'connection';
      readonly mask: number;
      readonly values: readonly (readonly [number, number])[];
      readonly negated: boolean;
    }
  /** The tracked connection's zone is one of these; ranges include both ends. */
  | {
      readonly kind: 'zone';
      readonly ranges: readonly (readonly [number, number])[];
      readonly negated: boolean;
    }
  /** Type of an address as the routing table sees it (fib ... type, addrtype): local, broadcast, multicast, unicast ... */
  | {
      readonly kind: 'address-type';
      readonly side: 'source' | 'destination';
      readonly types: readonly string[];
      readonly negated: boolean;
    }
  /** Of the mask's flags exactly these are set; a first packet has SYN alone. */
  | {
      readonly kind: 'tcp-flags';
      readonly mask: readonly string[];
      readonly set: readonly string[];
      readonly negated: boolean;
    }
  /** One of these tuples holds (concatenated sets, ipset with several dimensions). `exact` false = there may be other tuples. */
  | {
      readonly kind: 'any-of';
      readonly tuples: readonly (readonly Condition[])[];
      readonly negated: boolean;
      readonly exact: boolean;
      readonly why: Message;
    }
  /** The packet is carried from one port of a bridge to another (physdev): never one that comes in, or is routed elsewhere. */
  | { readonly kind: 'bridged'; readonly negated: boolean }
  /** Never holds for a first packet from outside (loopback only, other protocols' fields). */
  | { readonly kind: 'never' }
  /** May hold or not; `why`: "limit rate 5/second". */
  | { readonly kind: 'unsure'; readonly why: Message };

export type ConnectionState = 'new' | 'established' | 'related' | 'invalid' | 'untracked';

export interface Unsure {
  readonly rule: Words;
  readonly why: Message;
}
