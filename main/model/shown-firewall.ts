// What a window shows of a firewall's rules: of bounded size, however many rules there are.
import type { Cidr, Family } from './address';
import type { NetworkInterface, Ruleset } from './facts';
import type { Because, Reach, Review } from './review';

/** From far to near. near = the networks next to a connection, from which no router is needed. */
export type Zone = 'internet' | 'others' | 'near' | 'self';

/** open, some, shut = every, some, no address of the zone may connect; none = there is no such network here. */
export type Passage = 'open' | 'some' | 'shut' | 'unknown' | 'none';

export interface Cell {
  readonly zone: Zone;
  readonly passage: Passage;
  /** Of a zone that gets in with some addresses only: the networks of the review that lie in it, or over it. */
  readonly from: readonly Cidr[];
}

/** One lane: how one of the PC's connections is reached over one family. */
export interface Lane {
  readonly key: string;
  /** null = every connection that is not named. */
  readonly interface: string | null;
  readonly kind: NetworkInterface['kind'] | null;
  readonly profile: Reach['profile'];
  readonly family: Family;
  /** The PC's own addresses there; empty where none are known. */
  readonly addresses: readonly string[];
  /** The networks next to it. */
  readonly near: readonly Cidr[];
  /** All from which a connection may be accepted here. */
  readonly networks: readonly Cidr[];
  /** One for each zone, in their order. */
  readonly cells: readonly Cell[];
}

/** The first few of a list, and how many more there are. */
export interface Few {
  readonly first: readonly string[];
  readonly more: number;
}

export interface ShownCell extends Omit<Cell, 'from'> {
  /** What to name under the word: the networks that get in, or those next to the connection. */
  readonly names: Few;
}

export interface ShownLane extends Pick<Lane, 'key' | 'interface' | 'kind' | 'profile' | 'family'> {
  readonly addresses: Few;
  readonly cells: readonly ShownCell[];
}

/**
 * Who gets in by the rules, for one sentence: everybody; nobody; only over a connection that has no address now; only the networks
 * next to the PC; only these addresses.
 */
export type ReachSaid =
  | { readonly kind: 'everybody' | 'nobody' | 'not-in-use' }
  | { readonly kind: 'own-network' | 'addresses'; readonly from: Few };

/** The lists of rules that a window shows; listed = all, as the firewall's tools list them. */
export type RuleList = 'deciding' | 'unsure' | 'shadowed' | 'listed';
export type RuleCounts = Readonly<Record<RuleList, number>>;

export interface ShownReview extends Pick<Review, 'source' | 'verdict'> {
  /** Names this review when its rules are asked for. */
  readonly number: number;
  /** Those that let in most first. */
  readonly lanes: readonly ShownLane[];
  /** Lanes that are left out. */
  readonly moreLanes: number;
  /** null where the review does not know. */
  readonly said: ReachSaid | null;
  readonly counts: RuleCounts;
}

/** One rule as it is shown; unsure = could not be judged, and so counts as letting through. */
export interface ShownRule {
  readonly effect: Because['effect'] | 'unsure' | 'listed';
  /** As its owner writes it. */
  readonly text: string;
  /** How many characters of it are left out. */
  readonly rest: number;
  /** In the owner's terms, or why it could not be judged. */
  readonly says: string | null;
  readonly where: string | null;
  readonly advice: string | null;
}

export interface RuleQuery {
  /** The review's number. */
  readonly review: number;
  /** Every word of it stands in the rules that are wanted, whatever the case; empty = all rules. */
  readonly text: string;
  /** Where the wanted page of each list begins. */
  readonly first: RuleCounts;
}

/** A page of each list of the rules that contain the text. */
export interface RulesFound {
  readonly counts: RuleCounts;
  /** Where each page begins: where asked, or where the last page is if that is beyond the end. */
  readonly first: RuleCounts;
  readonly pages: Readonly<Record<RuleList, readonly ShownRule[]>>;
}

/** A text cut short, and how many characters are left out. */
export interface CutText {
  readonly text: string;
  readonly rest: number;
}

/** A ruleset without what of it may be megabytes. */
export type ShownRuleset = Extract<Ruleset, { kind: 'simulated' }> | ShownNftables | ShownWindows;
interface ShownWindows {
  readonly kind: 'windows';
  /** What was read of the registry, by its name. */
  readonly registry: readonly (CutText & { readonly name: string })[];
}
interface ShownNftables extends Omit<Extract<Ruleset, { kind: 'nftables' }>, 'json' | 'shieldText' | 'beside'> {
  readonly json: CutText;
  readonly shieldText: CutText | null;
}
