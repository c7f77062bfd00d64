// Each fact as tables of plain text, for the details page. Pure.
import type {
  FirewallManager,
  Journal,
  JournalEntry,
  Listener,
  NetworkFact,
  Owner,
  Session,
  Shield,
  ShownRuleset,
  SmbAnswer,
  SmbServer,
  SystemFact,
} from '../../preload/contract';
import { say, shown } from '../say';
import { toSecond } from '../times';
import { labels } from './labels';
import type { LongText, Table } from './sections';

const { columns, captions, values } = labels;
const pairs = [columns.what, columns.value];

export function system(value: SystemFact): Table {
  return {
    caption: labels.title.system,
    columns: pairs,
    rows: [
      [captions.name, value.name],
      [captions.version, value.version],
      [captions.build, value.build],
      [captions.platform, value.platform],
      [captions.architecture, value.architecture],
      [captions.hostname, value.hostname],
      [captions.administrator, yesNo(value.administrator)],
      [captions.boot, value.bootId ?? values.notTold],
      ...(value.within ? [[captions.within, value.within.name || value.within.kind]] : []),
    ],
  };
}

export function interfaces({ interfaces: all }: NetworkFact): Table {
  return {
    caption: captions.interfaces,
    columns: [columns.name, columns.kind, columns.address, columns.subnet, columns.scope, columns.profile],
    rows: all.flatMap(({ name, kind, addresses, profile }) =>
      addresses.length === 0
        ? [[name, kind, values.none, '', '', profile ?? '']]
        : addresses.map(({ address, subnet, scope }) => [name, kind, address, subnet, scope, profile ?? '']),
    ),
  };
}

/** None where they were not read. */
export function routes({ routes: all }: NetworkFact): readonly Table[] {
  if (all === null) return [];
  const table: Table = {
    caption: captions.routes,
    columns: [columns.destination, columns.gateway, columns.name, columns.metric],
    rows: all.map((route) => [
      route.destination,
      route.gateway ?? values.onLink,
      route.interface,
      String(route.metric),
    ]),
  };
  return [table];
}

export function bindings(all: readonly Listener[]): Table {
  return {
    caption: labels.title.listeners,
    columns: [columns.protocol, columns.family, columns.address, columns.port, columns.program],
    rows: all.map(({ protocol, family, address, port, owner }) => [
      protocol.toUpperCase(),
      familyName(family),
      address,
      String(port),
      ownerName(owner),
    ]),
  };
}

export function connections(all: readonly Session[]): Table {
  return {
    caption: labels.title.sessions,
    columns: [columns.direction, columns.local, columns.remote, columns.program],
    rows: all.map(({ direction, local, remote, owner }) => [
      values.direction[direction],
      endpoint(local),
      endpoint(remote),
      ownerName(owner),
    ]),
  };
}

export function smbTables(answers: readonly SmbAnswer[]): readonly Table[] {
  return answers.map((answer) => ({
    caption: captions.smbAt(answer.address, answer.port),
    columns: pairs,
    rows: [
      [captions.dialect('SMB 1'), answer.smb1],
      ...Object.entries(answer.dialects).map(([dialect, acceptance]) => [
        captions.dialect(`SMB ${dialect}`),
        acceptance,
      ]),
      [captions.chosen, answer.chosen ?? values.notTold],
      [captions.signing, answer.signing],
      [captions.signingAlgorithm, answer.signingAlgorithm ?? values.noneOrUnknown],
      [captions.encryption, answer.encryption ?? values.noneOrUnknown],
      [captions.compression, answer.compression === null ? values.notKnown : list(answer.compression)],
      [captions.capabilities, list(answer.capabilities)],
      [captions.serverGuid, answer.serverGuid ?? values.notTold],
      [captions.systemTime, time(answer.systemTime)],
      [captions.startTime, time(answer.startTime)],
      [captions.maxTransact, answer.maxTransactSize === null ? values.notTold : String(answer.maxTransactSize)],
      ...ntlmRows(answer.ntlm),
      ...answer.problems.map((problem) => [captions.problem, say(problem)]),
    ],
  }));
}

function ntlmRows(ntlm: SmbAnswer['ntlm']): readonly (readonly string[])[] {
  if (!ntlm) return [[captions.ntlm, values.notTold]];
  const { time: at, ...names } = ntlm;
  return [
    ...Object.entries(names).map(([name, value]) => [
      captions.ntlmPart[name as keyof typeof names],
      value ?? values.notTold,
    ]),
    [captions.ntlmTime, time(at)],
  ];
}

export function serverTables(servers: readonly SmbServer[]): readonly Table[] {
  return servers.flatMap((server) => [
    {
      caption: captions.settings(server.product, shown(server.configuration)),
      columns: [columns.setting, columns.value, columns.setBy, columns.from],
      rows: server.settings.map(({ name, value, isDefault, from }) => [
        name,
        value,
        isDefault ? values.default : values.set,
        shown(from),
      ]),
    },
    {
      caption: captions.shares(server.product),
      columns: [columns.share, columns.path, columns.guest, columns.readOnly],
      rows: server.shares.map(({ name, path, guest, readOnly }) => [
        name,
        path ?? values.notTold,
        yesNo(guest),
        yesNo(readOnly),
      ]),
    },
  ]);
}

export function managers(all: readonly FirewallManager[]): Table {
  return {
    caption: labels.title.managers,
    columns: [columns.name, columns.state, columns.because],
    rows: all.map(({ title, state, because }) => [title, state, say(because)]),
  };
}

export function rulesetTables(ruleset: ShownRuleset): readonly Table[] {
  return [{ caption: labels.title.ruleset, columns: pairs, rows: rulesetRows(ruleset) }];
}

function rulesetRows(ruleset: ShownRuleset): Table['rows'] {
  switch (ruleset.kind) {
    case 'nftables':
      return [
        [captions.rulesKind, 'nftables'],
        [captions.whole, yesNo(ruleset.whole)],
        [captions.legacy, ruleset.legacyTables === null ? values.notKnown : list(ruleset.legacyTables)],
      ];
    case 'windows':
      return [
        [captions.rulesKind, 'Windows Defender Firewall'],
        [captions.readParts, list(ruleset.registry.map(({ name }) => name))],
      ];
    case 'simulated':
      return [
        [captions.rulesKind, values.simulated],
        [captions.ourRules, ruleset.shield ? shieldWords(ruleset.shield) : values.none],
      ];
  }
}

export function rulesetTexts(ruleset: ShownRuleset): readonly LongText[] {
  if (ruleset.kind === 'windows') return ruleset.registry.map(({ name, ...text }) => ({ caption: name, ...text }));
  if (ruleset.kind !== 'nftables') return [];
  return [
    ...(ruleset.shieldText === null ? [] : [{ caption: captions.ourTable, ...ruleset.shieldText }]),
    { caption: ruleset.whole ? captions.allRules : captions.ourTableJson, ...ruleset.json },
  ];
}

export function journal({ path, entries, damage }: Journal): Table {
  return {
    caption: captions.journalAt(path),
    columns: [columns.number, columns.time, columns.step, columns.what],
    rows: [
      ...(damage === null ? [] : [['', '', captions.damage, damage]]),
      ...entries.map((entry) => [String(entry.seq), toSecond(entry.at), values.step[entry.step], entryWords(entry)]),
    ],
  };
}

function entryWords(entry: JournalEntry): string {
  switch (entry.step) {
    case 'raising':
      return `${shieldWords(entry.shield)}${entry.before ? `; ${captions.before}: ${shieldWords(entry.before)}` : ''}`;
    case 'changed':
      return '';
    case 'proved':
      return `${shieldWords(entry.shield)}: ${entry.proof.join(' ')}`;
    case 'undone':
      return `${entry.why}${entry.restored ? ` ${captions.restored}: ${shieldWords(entry.restored)}` : ''}`;
    case 'restored':
    case 'not-restored':
      return entry.why;
    case 'lowering':
      return [entry.shield ? shieldWords(entry.shield) : '', entry.why ?? ''].filter(Boolean).join(': ');
    case 'lowered':
      return `${entry.shield ? `${shieldWords(entry.shield)}; ` : ''}${captions.restAsBefore}: ${yesNo(entry.restAsBefore)}`;
    case 'left':
      return `${entry.why} ${entry.clear}`;
  }
}

/** As it was agreed when it was written down; what ends it now is for the verdict to say. */
function shieldWords({ id, since, until, allow, outbound, reason }: Shield): string {
  const exceptions = [...allow.ipv4, ...allow.ipv6];
  return [
    `${captions.shield} ${id}`,
    `${captions.since} ${toSecond(since)}`,
    until === null ? '' : `${captions.until} ${toSecond(until)}`,
    exceptions.length > 0 ? `${captions.but} ${exceptions.join(', ')}` : '',
    outbound ? captions.outbound : '',
    reason ?? '',
  ]
    .filter(Boolean)
    .join(', ');
}

const yesNo = (value: boolean | null): string => (value === null ? values.notTold : value ? values.yes : values.no);
const list = (all: readonly string[]): string => all.join(', ') || values.none;
const time = (iso: string | null): string => (iso === null ? values.notTold : toSecond(iso));
const familyName = (family: Listener['family']): string => (family === 'ipv4' ? 'IPv4' : 'IPv6');
const endpoint = ({ address, port }: Session['local']): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

function ownerName(owner: Owner | null): string {
  if (!owner) return values.notPermitted;
  return owner.pid === null ? owner.name : `${owner.name} (${owner.pid})`;
}
