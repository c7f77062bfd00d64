// A made-up report, an engine that answers with it, and a desk that remembers what was printed.
import type { Options } from '../../../main/cli/arguments';
import type { Desk } from '../../../main/cli/context';
import type { ExitCode } from '../../../main/cli/exit-codes';
import { createInterrupts, type Interrupts } from '../../../main/cli/interrupts';
import type { Surroundings } from '../../../main/cli/run';
import { createTerminal, type Output } from '../../../main/cli/terminal';
import type { Engine, PolicyRead } from '../../../main/engine/engine';
import type { SavedPolicy } from '../../../main/host/host';
import type { Fact, Facts } from '../../../main/model/facts';
import { verbatim } from '../../../main/model/message';
import type { Plan } from '../../../main/model/plan';
import type { Report } from '../../../main/model/report';
import type { Review } from '../../../main/model/review';
import type { DoorVerdict, Severity, ShieldState, ShieldVerdict } from '../../../main/model/verdicts';
import { inEnglish } from '../in-english';

const at = '2026-01-02T03:04:05.000Z';
const source = { kind: 'simulated', name: 'test' } as const;

export const shieldVerdict = (state: ShieldState): ShieldVerdict => ({
  state,
  shield: null,
  because: [],
  provedAt: null,
  counted: null,
  kept: null,
  end: null,
});

export interface ReportParts {
  readonly door?: DoorVerdict['state'];
  readonly severity?: Severity;
  readonly shield?: ShieldState;
  readonly facts?: Partial<Facts>;
}

export function report({ door = 'closed', severity, shield = 'none', facts = {} }: ReportParts = {}): Report {
  const known = <T>(value: T): Fact<T> => ({ state: 'known', value, source, at });
  return {
    schema: 'breakwater/inspect@1',
    at,
    simulated: null,
    facts: {
      system: known({
        platform: 'linux',
        name: 'Test OS',
        version: '1',
        build: '1.2',
        architecture: 'x64',
        hostname: 'test-pc',
        administrator: false,
        bootId: null,
      }),
      network: known({ interfaces: [], routes: [] }),
      listeners: known([]),
      sessions: known([]),
      smb: known([]),
      servers: known([]),
      managers: known([]),
      ruleset: known({
        kind: 'nftables',
        whole: true,
        json: '{"nftables": []}',
        shieldText: null,
        legacyTables: [],
        beside: null,
        torn: false,
      }),
      patch: known({
        kind: 'linux',
        distribution: 'debian',
        release: '12',
        packaging: 'dpkg',
        packages: { state: 'known', value: { installed: [], lookedFor: ['samba'] } },
        kernel: { state: 'unknown', why: verbatim('a reason') },
        restart: { state: 'none', because: verbatim('a reason') },
      }),
      journal: known({ path: '/nowhere', entries: [], damage: null }),
      keeper: known({ schedule: { state: 'absent' }, kept: null, doubt: null }),
      ...facts,
    },
    verdicts: {
      door: { state: door, because: [verbatim('a reason')], exposures: [] },
      shield: shieldVerdict(shield),
      review: null,
      patch: null,
      findings:
        severity === undefined
          ? []
          : [
              {
                id: 'test-finding',
                severity,
                title: verbatim('A finding'),
                detail: verbatim('What it means.'),
                reference: 'https://example.org/',
                because: verbatim('a test'),
              },
            ],
    },
  };
}

export function plan(more: Partial<Plan> = {}): Plan {
  return {
    kind: 'shield',
    shield: {
      id: '0badcafe',
      since: at,
      until: null,
      atEnd: 'extend',
      allow: { ipv4: [], ipv6: [] },
      outbound: false,
      rules: true,
      workarounds: [],
      reason: null,
    },
    replaces: null,
    changes: [{ what: 'Shut the door', command: 'shut door', input: 'now\n' }],
    effects: [verbatim('Nobody gets in.')],
    warnings: [],
    permission: null,
    end: null,
    ...more,
  };
}

export function engine(more: Partial<Engine> = {}): Engine {
  return {
    simulated: null,
    softwarePlaces: [],
    cataloguePlaces: [],
    keeperPlace: '/var/lib/breakwater/status.json',
    now: () => new Date(at),
    inspect: async () => report(),
    look: async () => ({ report: report() }),
    status: async () => ({ at, shield: shieldVerdict('none') }),
    readPolicy: async () => policyRead(null),
    advisories: async () => ({ catalogue: null, why: 'a test has none' }),
    checkAdvisories: async () => ({ catalogue: null, verdicts: [], problems: ['A test has no catalogue.'] }),
    updateAdvisories: async () => {
      throw new Error('a test has none');
    },
    planShield: async () => ({ kind: 'plan', plan: plan() }),
    planLift: async () => ({ kind: 'plan', plan: plan({ kind: 'lift' }) }),
    carryOut: async () => ({ kind: 'done', unchanged: false, shield: shieldVerdict('up'), notes: [] }),
    settle: async () => ({ kind: 'done', unchanged: true, shield: shieldVerdict('none'), notes: [] }),
    ...more,
  };
}

const networkNamed = (...names: readonly string[]): Facts['network'] => ({
  state: 'known',
  value: {
    interfaces: names.map((name) => ({ name, kind: 'wired', addresses: [], profile: null })),
    routes: [],
  },
  source,
  at,
});

const noListeners: Facts['listeners'] = { state: 'known', value: [], source, at };

/** Rules that were read: `review` is what is said of them, `saved` what there is to save. */
export function policyRead(review: Review | null, saved: SavedPolicy | null = null): PolicyRead {
  return {
    at,
    platform: 'linux',
    network: networkNamed('lo', 'eth0', 'wlan0'),
    listeners: noListeners,
    policy: { review: () => review, saved: async () => saved },
  };
}

export function policyUnread(state: 'not-permitted' | 'failed', why: string): PolicyRead {
  return {
    at,
    platform: 'linux',
    network: networkNamed('lo', 'eth0'),
    listeners: noListeners,
    unread: { state, why: verbatim(why), source, at },
  };
}

export interface Bench {
  readonly surroundings: Surroundings;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** With which code the process was left on the spot; null = it was not. */
  readonly left: () => ExitCode | null;
  readonly interrupt: () => void;
}

export interface BenchParts {
  readonly engine?: Engine;
  readonly desk?: Partial<Desk>;
  readonly tty?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Everything `run` needs, with the given engine behind it. */
export function bench({ engine: given = engine(), desk = {}, tty = false, environment = {} }: BenchParts = {}): Bench {
  const written = { stdout: '', stderr: '' };
  const output = (name: keyof typeof written): Output => ({
    isTTY: tty,
    write: (text) => {
      written[name] += text;
    },
    on: () => undefined,
  });
  let left: ExitCode | null = null;
  let interrupts: Interrupts | null = null;
  return {
    surroundings: {
      version: '1.2.3',
      simulations: [{ name: 'toy', title: 'a toy' }],
      terminal: (simulated) =>
        createTerminal(
          { say: inEnglish, stdout: output('stdout'), stderr: output('stderr'), environment, onLost: () => undefined },
          simulated,
        ),
      desk(terminal, _options: Options) {
        interrupts = createInterrupts(terminal.tell, (code) => {
          left = code;
        });
        return {
          terminal,
          interrupts,
          openEngine: async () => given,
          openSaved: async () => given,
          lookUp: async () => [],
          checkPort: async () => 'refused',
          probe: async () => {
            throw new Error('nobody is to be probed here');
          },
          ask: null,
          ...desk,
        };
      },
    },
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    left: () => left,
    interrupt: () => interrupts?.interrupt(),
  };
}
