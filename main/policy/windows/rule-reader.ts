// Gathers a rule field by field: what was read, what is wrong with it, and which fields were there. Pure.

import type { Family } from '../../model/address';
import { type Message, message } from '../../model/message';
import type { Profile } from '../../model/review';
import type { Addresses, FirewallRule } from './rule';
import { type RuleString, shown } from './rule-string';
import type { Address, ReadValue } from './rule-values';

type Draft = { -readonly [K in keyof FirewallRule]: FirewallRule[K] };
type ListName = {
  [K in keyof FirewallRule]: FirewallRule[K] extends readonly unknown[] ? K : never;
}[keyof FirewallRule];

/** Shared by all rules without such a condition, since a PC has thousands of them. */
const none: readonly never[] = [];
const noAddresses: Addresses = { ipv4: none, ipv6: none };
const allProfiles: ReadonlySet<Profile> = new Set();

export class RuleReader {
  readonly wrong: Message[] = [];
  /** false: a "?" may stand for a character that was lost. */
  readonly exact: boolean;
  readonly draft: Draft;
  /** Whether the fields so far have a protocol: those of ports must come after it [MS-GPFAS 2.2.2.19]. */
  hasProtocol = false;
  hasIcmp = false;
  /** Fields that were there, of those that may be there once: a bit for each, see `readField`. */
  seen = 0;

  constructor(written: RuleString, exact: boolean) {
    this.exact = exact;
    this.draft = {
      written,
      action: null,
      active: false,
      direction: null,
      profiles: allProfiles,
      protocol: null,
      localPorts: none,
      remotePorts: none,
      localAddresses: noAddresses,
      remoteAddresses: noAddresses,
      app: null,
      service: null,
      packaged: false,
      tuples: none,
      interfaces: none,
      interfaceTypes: none,
      platforms: none,
      authenticated: false,
      otherConditions: none,
      crossesProfiles: false,
      ignoresRemote: false,
      odd: none,
      name: null,
      group: null,
    };
  }

  /** The rule, after its last field. */
  end(): FirewallRule {
    const { action, direction, protocol, localPorts, remotePorts, localAddresses, remoteAddresses } = this.draft;
    if (action === null) this.wrong.push(message('windows-rules.no-action'));
    if (direction === null) this.wrong.push(message('windows-rules.no-direction'));
    // The specification asks for one [MS-FASP 2.2.37]; shipped rules of service hardening have none.
    if (this.draft.name === null) this.add('odd', message('windows-rules.no-name'));
    if (this.hasIcmp && protocol !== 1 && protocol !== 58) this.wrong.push(message('windows-rules.icmp-types'));
    const isPlaced = this.draft.interfaces.length + this.draft.interfaceTypes.length > 0;
    if (isPlaced && localAddresses.ipv4.length + localAddresses.ipv6.length > 0)
      this.wrong.push(message('windows-rules.local-beside-interfaces'));
    if (localPorts.length + remotePorts.length > 0 && protocol !== 6 && protocol !== 17)
      this.wrong.push(message('windows-rules.ports-tcp-udp'));
    for (const { ipv4, ipv6 } of [localAddresses, remoteAddresses])
      if (ipv4.length > mostAddresses || ipv6.length > mostAddresses)
        this.wrong.push(message('windows-rules.too-many-addresses', { most: mostAddresses }));
    return this.draft;
  }

  /** Which of two counts can't be told, so neither narrows the rule. */
  repeated(name: string, token: string): void {
    const { draft } = this;
    this.wrong.push(message('windows-rules.field-twice', { token }));
    if (name === 'ACTION') draft.action = null;
    else if (name === 'ACTIVE') draft.active = null;
    else if (name === 'DIR') draft.direction = null;
    else if (name === 'PROTOCOL') draft.protocol = null;
    else if (name === 'APP') draft.app = null;
    else if (name === 'SVC') draft.service = null;
    else if (name === 'APPPKGID' || name === 'PFN') draft.packaged = false;
  }

  add<K extends ListName>(list: K, item: FirewallRule[K][number]): void {
    // The draft's lists are its own as soon as there is something in them.
    const items = this.draft[list] as unknown[];
    if (items.length === 0) this.draft[list] = [item] as never;
    else items.push(item);
  }

  replaceLast<K extends ListName>(list: K, item: FirewallRule[K][number]): void {
    (this.draft[list] as unknown[]).splice(-1, 1, item);
  }

  addAddress(side: 'localAddresses' | 'remoteAddresses', family: Family, address: Address): void {
    const { draft } = this;
    const list = draft[side][family] as Address[];
    const { ipv4, ipv6 } = draft[side];
    if (list.length > 0) list.push(address);
    else draft[side] = family === 'ipv4' ? { ipv4: [address], ipv6 } : { ipv4, ipv6: [address] };
  }

  addProfile(profile: Profile): void {
    const { draft } = this;
    draft.profiles = draft.profiles.size === 0 ? new Set([profile]) : new Set([...draft.profiles, profile]);
  }

  /** A field whose value is not as it must be. */
  bad(token: string, text: string, why: Message): void {
    this.wrong.push(message('windows-rules.field', { token, text, why }));
  }

  /** Takes a value that was read, and notes what is wrong with it. */
  take<T>({ value, wrong, odd }: ReadValue<T>, token: string, text: string): T {
    if (wrong !== null) this.bad(token, shown(text), wrong);
    if (odd !== undefined) this.add('odd', message('windows-rules.field-has', { token, odd }));
    return value;
  }

  /** The value of one of these words, in any case; null where it is none. */
  oneOf<T>(values: ReadonlyMap<string, T>, token: string, text: string): T | null {
    const value = values.get(text.toLowerCase());
    if (value !== undefined) return value;
    this.wrong.push(message('windows-rules.field-takes', { token, text: shown(text), words: [...values.keys()] }));
    return null;
  }

  /** A condition of which only the token and the value are known. */
  condition(token: string, value: string): void {
    this.add('otherConditions', `${token}=${value}`);
  }

  text(token: string, value: string): string {
    if (value.length >= 10_000) this.wrong.push(message('windows-rules.field-long', { token, length: value.length }));
    return value;
  }
}

/** MS-FASP 2.2.24 and 2.2.37. */
const mostAddresses = 1000;
