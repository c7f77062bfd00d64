// A doorway without an app behind it: a Debian file server on Wi-Fi, whose answers the tests give one by one.
import { createAdvisoryShelf } from '../../main/app/ipc/advisory-pager';
import { createRuleShelf } from '../../main/app/ipc/rule-pager';
import { showFacts, showReview } from '../../main/app/ipc/show-firewall';
import { verbatim } from '../../main/model/message';
import type {
  About,
  CallName,
  Calls,
  Cidr,
  Doorway,
  EventName,
  Events,
  Fact,
  FactName,
  Facts,
  Kept,
  Outcome,
  PatchVerdict,
  Plan,
  Review,
  Seen,
  Shield,
  ShieldVerdict,
  ShownPatch,
  ShownReview,
  Told,
  Verdicts,
} from '../../preload/contract';
import { catalogue } from './fake-advisories';

export const at = '2026-08-05T12:03:27.000Z';
const net = (text: string): Cidr => text as Cidr;

export function known<T>(value: T, name = 'test', kind: Fact<T>['source']['kind'] = 'file'): Fact<T> {
  return { state: 'known', value, source: { kind, name }, at };
}

export const shield: Shield = {
  id: '1a2b3c4d',
  since: '2026-08-05T11:00:00.000Z',
  until: null,
  atEnd: 'extend',
  allow: { ipv4: [net('10.0.0.20/32')], ipv6: [] },
  outbound: false,
  rules: true,
  workarounds: [],
  reason: 'CVE-2020-0796',
};

export const facts: Facts = {
  system: known(
    {
      platform: 'linux',
      name: 'Debian GNU/Linux 12 (bookworm)',
      version: '12',
      build: '6.1.0-18-amd64',
      architecture: 'x64',
      hostname: 'filer',
      administrator: false,
      bootId: 'b8a7e0f2-0000-4000-8000-000000000001',
    },
    '/etc/os-release',
  ),
  patch: known({
    kind: 'linux',
    distribution: 'debian',
    release: '12',
    packaging: 'dpkg',
    packages: { state: 'known', value: { installed: [], lookedFor: ['samba'] } },
    kernel: { state: 'known', value: { release: '6.1.0-18-amd64', packageVersion: '6.1.76-1', source: 'linux' } },
    restart: { state: 'none', because: verbatim('no /run/reboot-required') },
  }),
  network: known(
    {
      interfaces: [
        {
          name: 'lo',
          kind: 'loopback',
          profile: null,
          addresses: [{ family: 'ipv4', address: '127.0.0.1', subnet: net('127.0.0.0/8'), scope: 'loopback' }],
        },
        {
          name: 'wlan0',
          kind: 'wireless',
          profile: null,
          addresses: [
            { family: 'ipv4', address: '10.0.0.5', subnet: net('10.0.0.0/24'), scope: 'private' },
            { family: 'ipv6', address: 'fe80::5', subnet: net('fe80::/64'), scope: 'link-local' },
          ],
        },
      ],
      routes: [
        { family: 'ipv4', destination: net('0.0.0.0/0'), gateway: '10.0.0.1', interface: 'wlan0', metric: 600 },
        { family: 'ipv4', destination: net('10.0.0.0/24'), gateway: null, interface: 'wlan0', metric: 600 },
      ],
    },
    'getifaddrs(3)',
    'system',
  ),
  listeners: known(
    [
      { protocol: 'tcp', family: 'ipv6', address: '::', port: 445, owner: { name: 'smbd', pid: 812 } },
      { protocol: 'tcp', family: 'ipv6', address: '::', port: 139, owner: { name: 'smbd', pid: 812 } },
      { protocol: 'udp', family: 'ipv4', address: '0.0.0.0', port: 137, owner: null },
    ],
    '/proc/net/tcp6',
  ),
  sessions: known(
    [
      {
        direction: 'in',
        family: 'ipv4',
        local: { address: '10.0.0.5', port: 445 },
        remote: { address: '10.0.0.7', port: 50123 },
        owner: { name: 'smbd', pid: 900 },
      },
    ],
    '/proc/net/tcp',
  ),
  smb: known(
    [
      {
        address: '127.0.0.1',
        port: 445,
        smb1: 'accepted',
        dialects: {
          '2.0.2': 'accepted',
          '2.1': 'accepted',
          '3.0': 'accepted',
          '3.0.2': 'accepted',
          '3.1.1': 'accepted',
        },
        chosen: '3.1.1',
        signing: 'offered',
        encryption: 'AES-128-GCM',
        signingAlgorithm: 'AES-CMAC',
        compression: [],
        capabilities: ['DFS', 'LARGE_MTU'],
        serverGuid: '72656c69-66-0000-0000-000000000000',
        systemTime: at,
        startTime: null,
        maxTransactSize: 8388608,
        ntlm: {
          computer: 'FILER',
          domain: 'WORKGROUP',
          dnsComputer: 'filer.example',
          dnsDomain: 'example',
          forest: null,
          version: '6.1.0',
          time: at,
        },
        problems: [],
      },
    ],
    '127.0.0.1:445',
    'network',
  ),
  servers: known(
    [
      {
        product: 'samba',
        configuration: '/etc/samba/smb.conf',
        settings: [
          { name: 'server min protocol', value: 'NT1', isDefault: false, from: '/etc/samba/smb.conf:12' },
          { name: 'server signing', value: 'default', isDefault: true, from: 'default of Samba' },
        ],
        shares: [{ name: 'photos', path: '/srv/photos', guest: true, readOnly: true }],
      },
    ],
    '/etc/samba/smb.conf',
  ),
  managers: known(
    [{ name: 'ufw', title: 'ufw', state: 'inactive', because: verbatim('ENABLED=no in /etc/ufw/ufw.conf') }],
    '/etc/ufw/ufw.conf',
  ),
  ruleset: {
    state: 'not-permitted',
    why: verbatim('Only administrators may read the rules of nftables.'),
    source: { kind: 'command', name: 'nft -j list ruleset' },
    at,
  },
  keeper: known({ schedule: { state: 'absent' }, kept: null, doubt: null }, '/var/lib/breakwater/status.json'),
  journal: known(
    {
      path: '/var/lib/breakwater/journal',
      damage: null,
      entries: [
        { seq: 1, at: '2026-08-05T11:00:00.000Z', boot: 'b', step: 'raising', shield, before: null, was: {} },
        { seq: 2, at: '2026-08-05T11:00:01.000Z', boot: 'b', step: 'changed' },
        {
          seq: 3,
          at: '2026-08-05T11:00:02.000Z',
          boot: 'b',
          step: 'proved',
          shield,
          proof: ['TCP 445 at input: shut.'],
        },
      ],
    },
    '/var/lib/breakwater/journal',
  ),
};

const exposure = {
  protocol: 'tcp',
  port: 445,
  interface: 'wlan0',
  family: 'ipv4',
  address: '10.0.0.5',
  subnet: net('10.0.0.0/24'),
  listener: verbatim('smbd (process 812)'),
} as const;

export const noShield: ShieldVerdict = {
  state: 'none',
  shield: null,
  because: [],
  provedAt: null,
  counted: null,
  kept: null,
  end: null,
};
export const shieldUp: ShieldVerdict = {
  state: 'up',
  shield,
  because: [
    verbatim('TCP 445 at prerouting: new connections are turned away, IPv4 and IPv6, but for 10.0.0.20.'),
    verbatim('TCP 445 at input: new connections are turned away, IPv4 and IPv6, but for 10.0.0.20.'),
  ],
  provedAt: at,
  counted: {
    blocked: 14,
    allowed: 3,
    outboundBlocked: 0,
    attempts: [
      { address: '10.0.0.66', packets: 9, until: null },
      { address: 'fe80::bad', packets: 2, until: null },
    ],
  },
  kept: null,
  end: { patchOf: 'CVE-2020-0796', noPatch: null, opensAt: null, warnsFrom: null },
};

export const kept: Kept = {
  schema: 'breakwater/kept@1',
  at,
  sureAt: at,
  boot: null,
  state: 'whole',
  shield,
  wholeAt: at,
  restoredAt: at,
  restores: 2,
  counted: null,
  hours: [
    { hour: '2026-08-05T10:00:00.000Z', sources: [{ address: '10.0.0.66', packets: 9 }], otherPackets: 0 },
    { hour: '2026-08-05T11:00:00.000Z', sources: [{ address: 'fe80::bad', packets: 2 }], otherPackets: 5 },
  ],
  patch: null,
  otherServers: null,
  waitsFor: 'The patch for CVE-2020-0796.',
  warnings: [],
  ended: null,
};

export const doors = {
  open: {
    state: 'open',
    because: [
      verbatim('TCP 445 and 139 can be reached at 10.0.0.5, and no firewall rule of any kind stands before it.'),
    ],
    exposures: [
      { ...exposure, state: 'open' },
      { ...exposure, port: 139, state: 'open' },
      { ...exposure, family: 'ipv6', address: 'fe80::5', subnet: net('fe80::/64'), state: 'open' },
    ],
  },
  unknown: {
    state: 'unknown',
    because: [
      verbatim(
        'TCP 445 can be reached at 10.0.0.5, unless other firewall rules keep it shut: Only administrators may read the rules of nftables.',
      ),
    ],
    exposures: [{ ...exposure, state: 'unknown' }],
  },
  closed: {
    state: 'closed',
    because: [verbatim('Our shield is up, and its rules were just read and found whole.')],
    exposures: [{ ...exposure, state: 'shielded' }],
  },
} satisfies Record<string, Verdicts['door']>;

const review: Review = {
  source: 'nftables',
  verdict: 'open',
  reach: [{ interface: '*', profile: null, ipv4: [net('0.0.0.0/0')], ipv6: [net('::/0')] }],
  because: [
    {
      effect: 'default',
      rule: 'policy accept',
      where: 'inet filter input',
      says: 'What no rule turns away is let in.',
      advice: null,
    },
  ],
  unsure: [],
};
const lo = { interface: 'lo', profile: null, ipv4: [net('0.0.0.0/0')], ipv6: [net('::/0')] } as const;
/** What the same PC's rules may come to. */
export const reviews = {
  open: review,
  partly: {
    ...review,
    verdict: 'partly',
    reach: [lo, { interface: '*', profile: null, ipv4: [net('10.0.0.0/24')], ipv6: [] }],
    because: [
      {
        effect: 'allow',
        rule: 'ip saddr 10.0.0.0/24 tcp dport 445 counter accept',
        where: 'ip filter ufw-user-input',
        says: 'ufw allows 445/tcp from 10.0.0.0/24',
        advice: 'ufw delete allow from 10.0.0.0/24 to any port 445 proto tcp',
      },
      { effect: 'default', rule: 'policy drop', where: 'ip filter INPUT', says: null, advice: null },
      {
        effect: 'shadowed',
        rule: 'ip saddr 10.0.0.9 tcp dport 445 drop',
        where: 'ip filter ufw-after-input',
        says: null,
        advice: null,
      },
    ],
  },
  closed: { ...review, verdict: 'closed', reach: [lo] },
  unknown: { ...review, source: 'unknown', verdict: 'unknown', reach: [], because: [] },
  unsure: { ...review, unsure: [{ rule: 'limit rate 5/second drop', why: 'it depends on how many come' }] },
} satisfies Record<string, Review>;

export const findings: Verdicts['findings'] = [
  {
    id: 'guest-share',
    severity: 'low',
    title: verbatim('A share lets guests in'),
    detail: verbatim('Anybody can read "photos" without a password.'),
    reference: 'https://www.samba.org/samba/docs/current/man-html/smb.conf.5.html',
    because: verbatim('guest ok = yes in /etc/samba/smb.conf'),
  },
  {
    id: 'smb1-accepted',
    severity: 'high',
    title: verbatim('The outdated SMB 1 is switched on'),
    detail: verbatim('Its holes are well known and in use. Switch it off unless an old device needs it.'),
    reference:
      'https://learn.microsoft.com/windows-server/storage/file-server/troubleshoot/smbv1-not-installed-by-default-in-windows',
    because: verbatim('answer of 127.0.0.1:445'),
  },
];

/** Where the app keeps what the window asks for a page at a time. */
const shelf = createRuleShelf(1);
const advisories = createAdvisoryShelf(1);

/** A patch verdict as it crosses to the window; its advisories are at hand until the next one's are. */
export const shownPatch = (verdict: PatchVerdict): ShownPatch => advisories.put(verdict);

/** A review as it crosses to the window; its rules are at hand until the next one's are. */
export function shown(judged: Review, { ruleset, network }: Facts = facts): ShownReview {
  const { review: number, counts } = shelf.put(judged, ruleset.state === 'known' ? ruleset.value : null);
  return { number, counts, ...showReview(judged, network.state === 'known' ? network.value : null) };
}

export function report(
  { review: judged = null, patch = null, ...verdicts }: Partial<Verdicts> = {},
  changed: Partial<Facts> = {},
): Seen {
  const all = { ...facts, ...changed };
  return {
    schema: 'breakwater/inspect@1',
    at,
    simulated: null,
    facts: showFacts(all),
    verdicts: { door: doors.open, shield: noShield, findings, ...verdicts },
    review: judged && shown(judged, all),
    patch: patch && shownPatch(patch),
  };
}

const shieldPlan: Plan = {
  kind: 'shield',
  shield,
  replaces: null,
  changes: [
    {
      what: 'Turn away new connections to TCP 445 and 139',
      command: '/usr/sbin/nft -f -',
      input: 'table inet breakwater {\n\tcomment "Breakwater shield 1a2b3c4d"\n}\n',
    },
  ],
  effects: [
    verbatim("Nobody else can open a connection to this PC's shared files."),
    verbatim('Connections open right now are cut: 10.0.0.7.'),
  ],
  warnings: [verbatim('The shield does not outlive a restart of this PC yet.')],
  end: shieldUp.end,
  permission: "Your desktop will ask for an administrator's password.",
};
const liftPlan: Plan = {
  ...shieldPlan,
  kind: 'lift',
  changes: [{ what: 'Take our table away', command: '/usr/sbin/nft delete table inet breakwater', input: null }],
  effects: [verbatim('Only rules with our mark are taken away; every other rule stays as it is.')],
  warnings: [],
};

const told: Told = { title: 'It went so', what: 'This is what happened.', todo: 'Do this next.' };
/** One outcome of each kind. */
export const outcomes = {
  done: { kind: 'done', unchanged: false, shield: shieldUp, notes: [] },
  unchanged: {
    kind: 'done',
    unchanged: true,
    shield: shieldUp,
    notes: ['This shield was up already; nothing was changed.'],
  },
  lifted: {
    kind: 'done',
    unchanged: false,
    shield: noShield,
    notes: ['Our rules are gone; every other rule is as it was.'],
  },
  unknown: { kind: 'unknown', shield: null, ...told },
  refused: { kind: 'refused', ...told },
  'not-permitted': { kind: 'not-permitted', ...told },
  'failed-undone': { kind: 'failed-undone', ...told },
  'failed-left': { kind: 'failed-left', clear: 'nft delete table inet breakwater', ...told },
} satisfies Record<string, Outcome>;

type Answers = { [C in CallName]: (...args: Calls[C][0]) => Promise<Calls[C][1]> };

export interface FakeDoorway extends Doorway {
  /** Every call, in order. */
  readonly calls: readonly { readonly name: CallName; readonly args: readonly unknown[] }[];
  answer<C extends CallName>(name: C, how: Answers[C]): void;
  emit<E extends EventName>(name: E, payload: Events[E]): void;
  emitFact(name: FactName): void;
  listeners(): number;
}

/** Everything goes well on it, until a test gives other answers. */
export function fakeDoorway(about: Partial<About> = {}, first: Seen = report()): FakeDoorway {
  const calls: { name: CallName; args: readonly unknown[] }[] = [];
  const heard = new Map<EventName, Set<(payload: never) => void>>();
  const answers: Answers = {
    'app:about': async () => ({ version: '0.1.0', simulated: null, runtimeNote: null, ...about }),
    'app:open-reference': async () => undefined,
    'pc:inspect': async () => first,
    'pc:stop': async () => undefined,
    'pc:look': async () => ({ seen: first }),
    'firewall:rules': async (query) => shelf.find(query),
    'patch:check': async () => ({ at, facts: {}, patch: first.patch ?? null }),
    'advisories:find': async (query) => advisories.find(query, catalogue),
    'advisories:show': async (patch, id) => advisories.show(patch, id, catalogue),
    'advisories:update': async () => null,
    'app:open-updates': async () => undefined,
    'shield:plan': async () => ({ kind: 'plan', token: 'token-1', plan: shieldPlan }),
    'shield:plan-lift': async () => ({ kind: 'plan', token: 'token-2', plan: liftPlan }),
    'shield:carry-out': async (token) => (token === 'token-2' ? outcomes.lifted : outcomes.done),
    'shield:settle': async () => outcomes.done,
    'shield:cancel': async () => undefined,
  };
  const emit = <E extends EventName>(name: E, payload: Events[E]): void => {
    for (const listener of heard.get(name) ?? []) (listener as (payload: Events[E]) => void)(payload);
  };
  return {
    calls,
    call: (name, ...args) => {
      calls.push({ name, args });
      return answers[name](...args);
    },
    on: (name, listener) => {
      const listeners = heard.get(name) ?? new Set();
      heard.set(name, listeners.add(listener as (payload: never) => void));
      return () => void listeners.delete(listener as (payload: never) => void);
    },
    answer: (name, how) => {
      answers[name] = how;
    },
    emit,
    emitFact: (name) => emit('pc:fact', { name, fact: showFacts(facts)[name] } as Events['pc:fact']),
    listeners: () => [...heard.values()].reduce((count, set) => count + set.size, 0),
  };
}

/** An answer that a test gives when it likes. */
export function later<T>(): { readonly promise: Promise<T>; give(value: T): void; fail(error: Error): void } {
  let give: (value: T) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    give = resolve;
    fail = reject;
  });
  return { promise, give: (value) => give(value), fail: (error) => fail(error) };
}
