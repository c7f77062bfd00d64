// What a self-test asks and looks at, in its order: the one table that the walk, the record and docs/self-test.md go by.
import type { Platform } from '../../model/facts';
import { type Message, message, type Words } from '../../model/message';

export interface Check {
  /** What it is about, as a heading. */
  readonly title: Message;
  /** What the person is asked; null = Breakwater looks by itself. `address`: one of this PC's own. */
  readonly question: ((address: Words) => Message) | null;
  /** Only there; absent = everywhere. */
  readonly on?: Platform;
}

const reach = (address: Words): Message => message('self-test.question.reach', { address });

export const checks = {
  pc: { title: message('self-test.check.pc'), question: null },
  networks: {
    title: message('self-test.check.networks'),
    question: () => message('self-test.question.networks'),
    on: 'windows',
  },
  firewalls: { title: message('self-test.check.firewalls'), question: () => message('self-test.question.firewalls') },
  before: { title: message('self-test.check.before'), question: reach },
  opened: { title: message('self-test.check.opened'), question: () => message('self-test.question.opened') },
  plan: { title: message('self-test.check.plan'), question: null },
  shield: { title: message('self-test.check.shield'), question: () => message('self-test.question.shield') },
  permission: {
    title: message('self-test.check.permission'),
    question: () => message('self-test.question.permission'),
  },
  rules: {
    title: message('self-test.check.rules'),
    question: () => message('self-test.question.rules'),
    on: 'windows',
  },
  keeper: {
    title: message('self-test.check.keeper'),
    question: () => message('self-test.question.keeper'),
    on: 'windows',
  },
  shut: {
    title: message('self-test.check.shut'),
    question: (address) => message('self-test.question.reach-not', { question: reach(address) }),
  },
  kept: { title: message('self-test.check.kept'), question: () => message('self-test.question.kept') },
  status: { title: message('self-test.check.status'), question: null },
  lift: { title: message('self-test.check.lift'), question: null },
  after: { title: message('self-test.check.after'), question: reach },
} as const satisfies Readonly<Record<string, Check>>;

export type CheckId = keyof typeof checks;
