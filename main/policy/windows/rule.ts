// A firewall rule with every field read: what it does, to which traffic, and what in it is not understood. Pure.
import type { Family } from '../../model/address';
import type { Profile } from '../../model/review';
import type { RuleString } from './rule-string';
import { shown, splitRule } from './rule-string';
import {
  type Address,
  type PlatformCondition,
  type Port,
  portKeywords,
  type ReadValue,
  readAddress,
  readAddressKeyword,
  readPlatform,
  readPorts,
  readProtocol,
} from './rule-values';

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
  /** Spellings that the specification lacks. */
  readonly odd: readonly string[];
  readonly name: string | null;
  readonly group: string | null;
}

/** Both families empty = no condition; one family empty and the other not = no address of that family [MS-FASP 2.2.22]. */
export type Addresses = Readonly<Record<Family, readonly Address[]>>;

export type ParsedRule =
  | { readonly kind: 'rule'; readonly rule: FirewallRule }
  /** `rule`: as much of it as could be read, each condition that was not being left out; null where it is no rule at all. */
  | { readonly kind: 'error'; readonly why: string; readonly rule: FirewallRule | null };

/** Any text in, a rule or what is wrong with it out. `exact` false: a "?" may be a lost character. */
export function parseRule(text: string, exact = true): ParsedRule {
  const split = splitRule(text);
  if (split.rule === null) return { kind: 'error', why: split.kind === 'error' ? split.why : '', rule: null };
  const reader = new RuleReader(split.rule, exact);
  const rule = reader.read();
  const why = split.kind === 'error' ? split.why : (reader.wrong[0] ?? null);
  return why === null ? { kind: 'rule', rule } : { kind: 'error', why, rule };
}

type Draft = {
  -readonly [K in keyof FirewallRule]: FirewallRule[K] extends readonly (infer T)[] ? T[] : FirewallRule[K];
};
type Handler = (reader: RuleReader, value: string, token: string) => void;

class RuleReader {
  readonly wrong: string[] = [];
  readonly exact: boolean;
  readonly draft: Draft;
  readonly profiles = new Set<Profile>();
  readonly local: Record<Family, Address[]> = { ipv4: [], ipv6: [] };
  readonly remote: Record<Family, Address[]> = { ipv4: [], ipv6: [] };
  readonly #seen = new Set<string>();

  constructor(written: RuleString, exact: boolean) {
    this.exact = exact;
    this.draft = {
      written,
      action: null,
      active: false,
      direction: null,
      profiles: this.profiles,
      protocol: null,
      localPorts: [],
      remotePorts: [],
      localAddresses: this.local,
      remoteAddresses: this.remote,
      app: null,
      service: null,
      packaged: false,
      tuples: [],
      interfaces: [],
      interfaceTypes: [],
      platforms: [],
      authenticated: false,
      otherConditions: [],
      crossesProfiles: false,
      odd: [],
      name: null,
      group: null,
    };
  }

  read(): FirewallRule {
    const { draft } = this;
    for (const { token, value } of draft.written.fields) {
      const name = token.toUpperCase();
      if (once.has(name)) {
        if (this.#seen.has(name)) {
          this.#repeated(name, token);
          continue;
        }
        this.#seen.add(name);
      }
      const handler = handlers[name] ?? versioned(name);
      if (handler) handler(this, value, token);
      else draft.otherConditions.push(`${token}=${value}`);
    }
    if (!this.#seen.has('ACTION')) this.wrong.push('it has no Action');
    if (!this.#seen.has('DIR')) this.wrong.push('it has no Dir');
    const { protocol, localPorts, remotePorts } = draft;
    if (localPorts.length + remotePorts.length > 0 && protocol !== 6 && protocol !== 17)
      this.wrong.push('ports are for TCP and UDP only');
    for (const list of [...Object.values(this.local), ...Object.values(this.remote)])
      if (list.length > mostAddresses) this.wrong.push(`more than ${mostAddresses} addresses in a list`);
    return draft;
  }

  /** Which of both counts can't be told, so neither narrows the rule. */
  #repeated(name: string, token: string): void {
    const { draft } = this;
    this.wrong.push(`${token} is there twice`);
    if (name === 'ACTION') draft.action = null;
    else if (name === 'ACTIVE') draft.active = null;
    else if (name === 'DIR') draft.direction = null;
    else if (name === 'PROTOCOL') draft.protocol = null;
    else if (name === 'APP') draft.app = null;
    else if (name === 'SVC') draft.service = null;
    else if (name === 'APPPKGID' || name === 'PFN') draft.packaged = false;
  }

  /** Takes a value that was read, and notes what is wrong with it. */
  take<T>({ value, wrong, odd }: ReadValue<T>, token: string, text: string): T {
    if (wrong !== null) this.wrong.push(`${token}=${shown(text)}: ${wrong}`);
    if (odd !== undefined) this.draft.odd.push(`${token} has ${odd}`);
    return value;
  }

  oneOf<T>(values: Readonly<Record<string, T>>, token: string, text: string): T | null {
    const value = values[text.toLowerCase()];
    if (value !== undefined) return value;
    this.wrong.push(`${token}=${shown(text)}: it takes ${Object.keys(values).join(', ')}`);
    return null;
  }

  condition(token: string, value: string): void {
    this.draft.otherConditions.push(`${token}=${value}`);
  }

  text(token: string, value: string): string {
    if (value.length >= 10_000) this.wrong.push(`${token} is too long: ${value.length} characters`);
    return value;
  }
}

/** MS-FASP 2.2.24 and 2.2.37. */
const mostAddresses = 1000;

const once: ReadonlySet<string> = new Set([
  ...['ACTION', 'ACTIVE', 'DIR', 'PROTOCOL', 'APP', 'SVC', 'EDGE', 'DEFER', 'SECURITY', 'SECURITY2_9', 'SECURITY2'],
  ...['RMAUTH', 'RUAUTH', 'LUAUTH', 'LUAUTH2_24', 'LUOWN', 'APPPKGID', 'PFN', 'NNM', 'SECURITYREALMID', 'SKIPVER'],
  ...['LSM', 'LOM', 'PCROSS', 'AUTHBYPASSOUT', 'NAME', 'DESC', 'EMBEDCTXT'],
]);

const yesOrNo = { true: true, false: false };
const profileNames: Readonly<Record<string, Profile>> = { domain: 'domain', private: 'private', public: 'public' };
const tupleNames = {
  ...{ proximity: 1, proxsharing: 1, wfdprint: 1, wfddisplay: 1, wfddevices: 1, wfdkmdriver: 1, upnp: 1, wfdcdpsvc: 1 },
};
const interfaceTypeNames = { lan: 1, wireless: 1, remoteaccess: 1, mobilebband: 1 };

const ports =
  (side: 'localPorts' | 'remotePorts', later: boolean): Handler =>
  (reader, value, token) => {
    reader.draft[side].push(...reader.take(readPorts(value, later), token, value));
  };
const addresses =
  (side: 'local' | 'remote', family: Family): Handler =>
  (reader, value, token) => {
    reader[side][family].push(reader.take(readAddress(value, family, side), token, value));
  };
const addressWords =
  (family: Family): Handler =>
  (reader, value, token) => {
    reader.remote[family].push(reader.take(readAddressKeyword(value), token, value));
  };
const icmp: Handler = (reader, value, token) => {
  const [, type, code] = /^(\d{1,3}):(\d{1,3}|\*)$/.exec(value) ?? [];
  if (type === undefined || Number(type) > 255 || (code !== '*' && Number(code) > 255))
    reader.wrong.push(`${token}=${shown(value)}: no type and code such as 8:*`);
};
const security: Handler = (reader, value, token) => {
  reader.draft.authenticated = true;
  reader.oneOf({ authenticate: 1, authenticateencrypt: 1, 'an-noencap': 1, 'ane-nego': 1 }, token, value);
};
const people: Handler = (reader, value, token) => reader.condition(token, value);
const flag: Handler = (reader, value, token) => {
  // Off is the same as not there.
  if (reader.oneOf(yesOrNo, token, value) !== false) reader.condition(token, value);
};
const tuple: Handler = (reader, value, token) => {
  if (reader.oneOf(tupleNames, token, value) === null) reader.condition(token, value);
  else reader.draft.tuples.push(value.toLowerCase());
};
const packaged: Handler = (reader, value, token) => {
  if (value === '') reader.wrong.push(`${token} is empty`);
  else reader.draft.packaged = true;
};

const handlers: Readonly<Record<string, Handler>> = {
  ACTION: (reader, value, token) => {
    reader.draft.action = reader.oneOf({ allow: 'allow', block: 'block', bypass: 'bypass' } as const, token, value);
  },
  ACTIVE: (reader, value, token) => {
    reader.draft.active = reader.oneOf(yesOrNo, token, value);
  },
  DIR: (reader, value, token) => {
    reader.draft.direction = reader.oneOf({ in: 'in', out: 'out' } as const, token, value);
  },
  PROFILE: (reader, value, token) => {
    const profile = reader.oneOf(profileNames, token, value);
    // One that is not known may be any.
    for (const name of profile === null ? Object.values(profileNames) : [profile]) reader.profiles.add(name);
    if (profile === null) reader.condition(token, value);
  },
  PROTOCOL: (reader, value, token) => {
    reader.draft.protocol = reader.take(readProtocol(value), token, value);
  },
  LPORT: ports('localPorts', false),
  RPORT: ports('remotePorts', false),
  LA4: addresses('local', 'ipv4'),
  LA6: addresses('local', 'ipv6'),
  RA4: addresses('remote', 'ipv4'),
  RA6: addresses('remote', 'ipv6'),
  RA42: addressWords('ipv4'),
  RA62: addressWords('ipv6'),
  ICMP4: icmp,
  ICMP6: icmp,
  APP: (reader, value, token) => {
    reader.draft.app = value;
    if (value === '') reader.draft.app = null;
    // "?" is what reg query makes of a character that the code page lacks.
    const bad = reader.exact ? /[/*?"<>|]/ : /[/*"<>|]/;
    if (value === '' || value.length >= 260 || bad.test(value)) reader.wrong.push(`${token}=${shown(value)}: no path`);
  },
  SVC: (reader, value, token) => {
    reader.draft.service = value === '' ? null : value;
    if (value === '' || (value !== '*' && /[/\\|]/.test(value)))
      reader.wrong.push(`${token}=${shown(value)}: no service`);
  },
  IF: (reader, value, token) => {
    reader.draft.interfaces.push(value);
    if (!/^\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/i.test(value))
      reader.wrong.push(`${token}=${shown(value)}: no GUID of an interface`);
  },
  IFTYPE: (reader, value, token) => {
    reader.oneOf(interfaceTypeNames, token, value);
    reader.draft.interfaceTypes.push(value.toLowerCase());
  },
  EDGE: (reader, value, token) => void reader.oneOf(yesOrNo, token, value),
  DEFER: (reader, value, token) => void reader.oneOf({ app: 1, user: 1 }, token, value),
  SECURITY: security,
  SECURITY2: security,
  RMAUTH: people,
  RUAUTH: people,
  LUAUTH: people,
  // An owner is no condition on traffic.
  LUOWN: () => {},
  APPPKGID: packaged,
  PFN: packaged,
  TTK: tuple,
  PLATFORM: (reader, value, token) => {
    const platform = reader.take(readPlatform(value), token, value);
    if (platform === null) reader.condition(token, value);
    else reader.draft.platforms.push(platform);
  },
  PLATFORM2: (reader, value, token) => {
    const { platforms } = reader.draft;
    const last = platforms.pop();
    if (last !== undefined && reader.oneOf({ gteq: 1 }, token, value) !== null)
      platforms.push({ ...last, orLater: true });
    else {
      reader.wrong.push(`${token} stands after no Platform`);
      reader.condition(token, value);
      if (last) platforms.push(last);
    }
  },
  NNM: people,
  SECURITYREALMID: people,
  SKIPVER: people,
  LSM: flag,
  LOM: flag,
  AUTHBYPASSOUT: flag,
  PCROSS: (reader, value, token) => {
    reader.draft.crossesProfiles = reader.oneOf(yesOrNo, token, value) !== false;
  },
  NAME: (reader, value, token) => {
    reader.draft.name = reader.text(token, value);
    if (/^all$/i.test(value)) reader.wrong.push(`${token}=${value}: no rule may be called so`);
  },
  DESC: (reader, value, token) => void reader.text(token, value),
  EMBEDCTXT: (reader, value, token) => {
    reader.draft.group = reader.text(token, value);
  },
};

/** Tokens that carry the version they came with: LPort2_10, TTK2_28, Security2_9, LUAuth2_24. */
function versioned(name: string): Handler | null {
  const [, base] = /^([A-Z]+)2_\d{1,3}$/.exec(name) ?? [];
  switch (base) {
    case 'LPORT':
      return ports('localPorts', true);
    case 'RPORT':
      return ports('remotePorts', true);
    case 'TTK':
      return tuple;
    case 'SECURITY':
      return security;
    case 'LUAUTH':
      return people;
    default:
      return null;
  }
}

export const isKnownPortWord = (word: string): boolean => portKeywords.has(word);
