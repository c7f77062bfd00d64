// Linux behind the one interface: /proc for facts, nftables for the shield.
import type { Fact, Ruleset, Source } from '../../model/facts';
import { message } from '../../model/message';
import { messageOf } from '../../model/message-error';
import { probe } from '../../smb/probe';
import { type Host, known, noObstacles } from '../host';
import { writableByOthers } from '../posix/administrators-only';
import { linuxAdministration, readRuleset, readShieldTable, withWaysOn } from './administration';
import { linuxJudging } from './judging';
import { linuxKeeping } from './keeping';
import { NftFailed } from './nft';
import { nodeCommand } from './node-command';
import { endPermissionPrompts } from './permission-prompts';
import { nftables, savePolicy } from './policy';
import { byHand, mustBeAskable, thisPc as polkitHere, refusedByPolkit } from './polkit';
import { takeEarlyAnswer } from './read/early-answer';
import { readLinuxFacts } from './read/facts';
import { usualTarget } from './read/negotiation';
import { softwarePlaces } from './read/patch';
import { thisPc } from './read/tools';
import { runLinuxProgram } from './run-linux-program';
import { deleteShieldText, shieldText } from './shield-rules';
import { stateFolder } from './state-folder';

const { now } = linuxJudging;

export const linuxHost: Host = {
  ...linuxJudging,
  simulated: null,
  stateFolder,
  readFacts: (wanted, onFact, signal) =>
    readLinuxFacts(
      wanted,
      onFact,
      {
        ...thisPc(),
        now,
        probe: probeThisPc,
        runRpm: (args) => runLinuxProgram('/usr/bin/rpm', args, { signal }),
        readRuleset: (stop) => rulesetFact('nft -j list ruleset', () => readRuleset(stop)),
      },
      signal,
    ),
  readShieldRules: () => rulesetFact('nft -j list table inet breakwater', readShieldTable),
  // Elsewhere nobody can read the routes later.
  savePolicy: async (policy, signal) =>
    savePolicy({ ...policy, ruleset: await withWaysOn(nftables(policy.ruleset), signal) }, now()),
  obstacles: () => noObstacles,
  workarounds: {},
  ruleNature: { outliveRestart: false, cutOpenConnections: true },
  describeShield: (shield) => [
    {
      what: 'Put up our own table of firewall rules, in one step, beside the rules that are there',
      command: 'nft -f -',
      input: shieldText(shield, null, now()),
    },
  ],
  describeLift: () => [
    { what: 'Take our own table of firewall rules away', command: 'nft -f -', input: deleteShieldText },
  ],
  keeping: linuxKeeping,
  softwarePlaces,
  permissionQuestion:
    'Your desktop will ask for an administrator\'s password. Its window speaks of running "/bin/bash" or "a program as another user"; its details name Breakwater\'s helper.',
  elevation: {
    isAdministrator,
    node: nodeCommand(),
    env: null,
    plain: /^[A-Za-z0-9._:/=-]+$/,
    byHand,
    writableByOthers,
    // sudo-prompt goes back to the current folder with administrator rights; that folder must be nobody's.
    prepare() {
      mustBeAskable(polkitHere);
      process.chdir('/');
    },
    refused: (ended) => refusedByPolkit(ended, polkitHere),
    endPrompts: endPermissionPrompts,
  },
  administration: linuxAdministration,
};

function isAdministrator(): boolean {
  return process.geteuid?.() === 0;
}

const probeThisPc: typeof probe = (target, options) =>
  (target === usualTarget && takeEarlyAnswer()) || probe(target, options);

async function rulesetFact(command: string, read: () => Promise<Ruleset>): Promise<Fact<Ruleset>> {
  const source: Source = { kind: 'command', name: command };
  // nft asks the kernel with rights that ordinary users never have (nft(8)): not even tried without.
  if (process.geteuid?.() !== 0)
    return {
      state: 'not-permitted',
      why: message('linux.rules-forbidden'),
      source,
      at: now().toISOString(),
    };
  try {
    return known(await read(), source, now());
  } catch (error) {
    const state = error instanceof NftFailed && error.reason === 'not-permitted' ? 'not-permitted' : 'failed';
    return { state, why: messageOf(error), source, at: now().toISOString() };
  }
}
