// A firewall rule with every field read: what it does, to which traffic, and what in it is not understood. Pure.

import type { Family } from '../../model/address';
import type { Message } from '../../model/message';
import type { Profile } from '../../model/review';
import { readField } from './rule-fields';
import { RuleReader } from './rule-reader';
import { type RuleString, splitRule } from './rule-string';
import type { Address, PlatformCondition, Port } from './rule-values';

/** A list of no entries = no condition. */
export interface FirewallRule {
  readonly written: RuleString;
  readonly action: 'allow' | 'block' | 'bypass' | null;
  /** null = it can't be told. */
  readonly active: boolean | null;
  readonly direction: 'in' | 'out' | null;
  /** Empty = all, present and future. */
  readonly profiles: ReadonlySet<Profile>;
  /** null = any. */
  readonly protocol: number | null;
  readonly localPorts: readonly Port[];
  readonly remotePorts: readonly Port[];
  readonly localAddresses: Addresses;
  readonly remoteAddresses: Addresses;
  /** null = any program; "System" = the kernel. */
  readonly app: string | null;
  /** null = any process, "*" = any service. */
  readonly service: string | null;
  /** Whether it is about a Store app. */
  readonly packaged: boolean;
  /** Proximity, Wi-Fi Direct and UPnP tuples (TTK...), in lower case. */
  readonly tuples: readonly string[];
  /** GUIDs, as written. */
  readonly interfaces: readonly string[];
  /** In lower case: lan, wireless, remoteaccess. */
  readonly interfaceTypes: readonly string[];
  readonly platforms: readonly PlatformCondition[];
  /** Whether callers must prove who they are (IPsec). */
  readonly authenticated: boolean;
  /** Fields that narrow the rule by what is not known here, as written: NNm, LUAuth, RMauth, SkipVer, unknown tokens ... */
  readonly otherConditions: readonly string[];
  /** Whether it also takes in traffic that crosses profiles. */
  readonly crossesProfiles: boolean;
  /** Whether its remote addresses and ports are passed by where it lets in (LOM). */
  readonly ignoresRemote: boolean;
  /** Spellings that the specification lacks. */
  readonly odd: readonly Message[];
  readonly name: string | null;
  readonly group: string | null;
}

/** Both families empty = no condition; one family empty and the other not = no address of that family [MS-FASP 2.2.22]. */
export type Addresses = Readonly<Record<Family, readonly Address[]>>;

export type ParsedRule =
  | { readonly kind: 'rule'; readonly rule: FirewallRule }
  /** `rule`: as much of it as could be read, each condition that was not being left out; null where it is no rule at all. */
  | { readonly kind: 'error'; readonly why: Message; readonly rule: FirewallRule }
  | { readonly kind: 'error'; readonly why: Message; readonly rule: null };

/** Any text in, a rule or what is wrong with it out. `exact` false: a "?" may be a lost character. */
export function parseRule(text: string, exact = true): ParsedRule {
  const split = splitRule(text);
  if (split.rule === null) return { kind: 'error', why: split.why, rule: null };
  const reader = new RuleReader(split.rule, exact);
  for (const { token, value } of split.rule.fields) readField(reader, token, value);
  const rule = reader.end();
  const why = split.kind === 'error' ? split.why : (reader.wrong[0] ?? null);
  return why === null ? { kind: 'rule', rule } : { kind: 'error', why, rule };
}
