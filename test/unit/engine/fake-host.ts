// A PC whose firewall is a variable, so that every step of an act can be made to fail.

import { isDeepStrictEqual } from 'node:util';
import { type Administration, type Host, noObstacles } from '../../../main/host/host';
import type { Ruleset } from '../../../main/model/facts';
import type { KeeperSchedule } from '../../../main/model/kept';
import { verbatim } from '../../../main/model/message';
import type { Shield, ShieldFound, Was } from '../../../main/model/shield';

type Call = 'readWas' | 'takeBack' | 'readShield' | 'putUp' | 'takeDown' | 'readRest' | 'startKeeping' | 'stopKeeping';

export interface FakeHost extends Host {
  /** The rules in force: a shield of ours, somebody else's table, or nothing. */
  rules: Shield | 'foreign' | null;
  rest: string;
  /** Whether SMBv1 is on: what a workaround switches off. */
  smb1: boolean;
  /** The keeper's schedule. */
  schedule: KeeperSchedule;
  /** The clock. */
  time: string;
  /** Seconds since the start. */
  up: number;
  /** The lease's beginning that rules were put up with last. */
  leasedFrom: string | null;
  /** Called before each step; throws to make it fail. */
  before: (call: Call, nth: number) => void;
  /** Whether rules that are put up really appear. */
  takes: boolean;
  readonly calls: Call[];
}

const unused = (): never => {
  throw new Error('not part of these tests');
};

export function fakeHost(stateFolder: string): FakeHost {
  const calls: Call[] = [];
  const step = (call: Call): void => {
    calls.push(call);
    host.before(call, calls.filter((other) => other === call).length);
  };
  const administration: Administration = {
    clearCommand: 'sudo clear it',
    bootId: async () => 'boot-1',
    uptime: () => host.up,
    readRuleset: async () => read(),
    async readShield() {
      step('readShield');
      return read();
    },
    async putUp(shield, _carried, from) {
      step('putUp');
      host.leasedFrom = from.toISOString();
      if (host.takes) host.rules = shield;
      if (shield.workarounds.includes('smb1-off')) host.smb1 = false;
    },
    async takeDown() {
      step('takeDown');
      host.rules = null;
    },
    async readRest() {
      step('readRest');
      return host.rest;
    },
    workarounds: {
      async read(): Promise<Was> {
        step('readWas');
        return host.smb1 ? { 'smb1-off': { values: { SMB1: 1 }, ran: [] } } : {};
      },
      async takeBack(was) {
        step('takeBack');
        if (was['smb1-off']) host.smb1 = true;
      },
    },
    apart: null,
    async startKeeping() {
      step('startKeeping');
      host.schedule = { state: 'whole' };
    },
    async stopKeeping() {
      step('stopKeeping');
      if (host.schedule.state !== 'impossible') host.schedule = { state: 'absent' };
    },
  };
  // The rules travel as the text of a ruleset would.
  const read = (): Ruleset => ({
    kind: 'nftables',
    whole: true,
    json: JSON.stringify(host.rules),
    shieldText: null,
    legacyTables: [],
    beside: null,
    torn: false,
  });
  const host: FakeHost = {
    platform: 'linux',
    simulated: 'test',
    stateFolder,
    rules: null,
    rest: 'the rest',
    smb1: true,
    schedule: { state: 'absent' },
    time: '2026-11-24T12:00:00.000Z',
    up: 100,
    leasedFrom: null,
    before: () => undefined,
    takes: true,
    calls,
    now: () => new Date(host.time),
    readFacts: unused,
    readShieldRules: unused,
    review: () => null,
    savePolicy: async () => null,
    passesOn: () => true,
    rulesExpire: true,
    describeShield: () => [],
    describeLift: () => [],
    keeping: {
      rhythm: 'all the time',
      find: async () => host.schedule,
      describeStart: () => [],
      describeStop: () => [],
    },
    permissionQuestion: '',
    obstacles: () => noObstacles,
    workarounds: { 'smb1-off': 'no SMBv1' },
    ruleNature: { outliveRestart: false, cutOpenConnections: true },
    elevation: null,
    administration,
    findShield(ruleset): ShieldFound {
      const rules = ruleset.kind === 'nftables' ? (JSON.parse(ruleset.json) as Shield | 'foreign' | null) : null;
      const state = rules === null ? 'absent' : rules === 'foreign' ? 'foreign' : 'ours';
      return {
        state,
        id: rules === null || rules === 'foreign' ? null : rules.id,
        counted: null,
        judge: (shield) =>
          isDeepStrictEqual(rules, shield) && !(shield.workarounds.length > 0 && host.smb1)
            ? { state: 'closed', lines: [verbatim('shut')] }
            : { state: 'not-closed', lines: [verbatim('The rules are not what they should be.')] },
      };
    },
  };
  return host;
}
