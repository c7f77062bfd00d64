// The commands and options there are, and what each is for: the one table that parsing and help are made from.

import { type Message, message } from '../model/message';

export const commandNames = [
  'inspect',
  'shield',
  'status',
  'lift',
  'review',
  'collect',
  'probe',
  'advisories',
  'guide',
  'self-test',
] as const;
export type CommandName = (typeof commandNames)[number];

/** Named in the plan of Breakwater; not in this version. */
export const plannedCommands: readonly string[] = ['report'];

export interface OptionUse {
  readonly type: 'flag' | 'value' | 'values';
  /** How help writes the value. */
  readonly shown: string;
  readonly what: Message;
}

export const options = {
  help: { type: 'flag', shown: '', what: message('help.option.help') },
  version: { type: 'flag', shown: '', what: message('help.option.version') },
  lang: { type: 'value', shown: 'en|de', what: message('help.option.lang') },
  simulate: { type: 'value', shown: 'NAME', what: message('help.option.simulate') },
  json: { type: 'flag', shown: '', what: message('help.option.json') },
  only: { type: 'value', shown: 'LIST', what: message('help.option.only') },
  until: {
    type: 'value',
    shown: 'WHEN',
    what: message('help.option.until'),
  },
  'at-end': {
    type: 'value',
    shown: 'lift|extend',
    what: message('help.option.at-end'),
  },
  allow: { type: 'values', shown: 'CIDR', what: message('help.option.allow') },
  outbound: { type: 'flag', shown: '', what: message('help.option.outbound') },
  reason: { type: 'value', shown: 'ID', what: message('help.option.reason') },
  workaround: {
    type: 'values',
    shown: 'NAME',
    what: message('help.option.workaround'),
  },
  'dry-run': { type: 'flag', shown: '', what: message('help.option.dry-run') },
  port: { type: 'value', shown: 'NUMBER', what: message('help.option.port') },
  proto: { type: 'value', shown: 'tcp|udp', what: message('help.option.proto') },
  from: {
    type: 'value',
    shown: 'FILE|DIR',
    what: message('help.option.from'),
  },
  complete: {
    type: 'flag',
    shown: '',
    what: message('help.option.complete'),
  },
  out: { type: 'value', shown: 'PATH', what: message('help.option.out') },
  yes: { type: 'flag', shown: '', what: message('help.option.yes') },
  interface: { type: 'value', shown: 'NAME', what: message('help.option.interface') },
  profile: { type: 'value', shown: 'NAME', what: message('help.option.profile') },
  host: { type: 'value', shown: 'FILE', what: message('help.option.host') },
  subnet: { type: 'values', shown: 'CIDR', what: message('help.option.subnet') },
} as const satisfies Record<string, OptionUse>;
export type OptionName = keyof typeof options;

export interface Command {
  readonly what: Message;
  /** Name of the one word it takes beside its options, or null. */
  readonly operand: string | null;
  /** Words of which some take one more: which, and what is to be named there. */
  readonly actions?: Readonly<Record<string, Message | null>>;
  readonly options: readonly OptionName[];
  /** Sentences under the options: what is changed, and what the exit code means here. */
  readonly notes: readonly Message[];
}

/** Taken by every command. */
export const commonOptions: readonly OptionName[] = ['simulate', 'lang', 'help'];

export const commands: Readonly<Record<CommandName, Command>> = {
  inspect: {
    what: message('help.inspect'),
    operand: null,
    options: ['only', 'from', 'complete', 'json'],
    notes: [
      message('help.inspect.note-1'),
      message('help.inspect.note-2'),
      message('help.inspect.note-3'),
      message('help.inspect.note-4'),
    ],
  },
  shield: {
    what: message('help.shield'),
    operand: null,
    options: ['until', 'at-end', 'allow', 'outbound', 'reason', 'workaround', 'dry-run', 'json'],
    notes: [
      message('help.shield.note-1'),
      message('help.shield.note-2'),
      message('help.shield.note-3'),
      message('help.shield.note-4'),
      message('help.shield.note-5'),
    ],
  },
  status: {
    what: message('help.status'),
    operand: null,
    options: ['json'],
    notes: [message('help.status.note-1'), message('help.status.note-2')],
  },
  lift: {
    what: message('help.lift'),
    operand: null,
    options: ['dry-run', 'json'],
    notes: [message('help.lift.note-1'), message('help.lift.note-2')],
  },
  review: {
    what: message('help.review'),
    operand: null,
    options: ['port', 'proto', 'interface', 'profile', 'subnet', 'from', 'complete', 'json'],
    notes: [
      message('help.review.note-1'),
      message('help.review.note-2'),
      message('help.review.note-3'),
      message('help.review.note-4'),
    ],
  },
  collect: {
    what: message('help.collect'),
    operand: null,
    options: ['out'],
    notes: [message('help.collect.note-1'), message('help.collect.note-2')],
  },
  probe: {
    what: message('help.probe'),
    operand: 'HOST',
    options: ['port', 'json'],
    notes: [message('help.probe.note-1'), message('help.probe.note-2')],
  },
  advisories: {
    what: message('help.advisories'),
    operand: 'list|show ID|update FROM|check',
    actions: {
      list: null,
      show: message('help.advisories.show'),
      update: message('help.advisories.update'),
      check: null,
    },
    options: ['host', 'json', 'yes'],
    notes: [
      message('help.advisories.note-1'),
      message('help.advisories.note-2'),
      message('help.advisories.note-3'),
      message('help.advisories.note-4'),
    ],
  },
  guide: {
    what: message('help.guide'),
    operand: null,
    options: [],
    notes: [message('help.guide.note-1'), message('help.guide.note-2')],
  },
  'self-test': {
    what: message('help.self-test'),
    operand: null,
    options: ['out', 'yes'],
    notes: [message('help.self-test.note-1'), message('help.self-test.note-2'), message('help.self-test.note-3')],
  },
};
