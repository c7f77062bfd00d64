// Windows behind the one interface: the registry through reg.exe for facts, netsh for the shield.
import type { Fact, Ruleset, Source } from '../../model/facts';
import { message } from '../../model/message';
import { messageOf } from '../../model/message-error';
import { bypasses, withoutEffect, withoutEffectLater } from '../../policy/windows/shield';
import { probe } from '../../smb/probe';
import { type Host, known } from '../host';
import { windowsAdministration } from './administration';
import { windowsElevation } from './elevation';
import { windowsJudging } from './judging';
import { windowsKeeping } from './keeping';
import { describeRules } from './netsh';
import { savePolicy } from './policy';
import { readPolicy } from './policy-reads';
import { readWindowsFacts } from './read/facts';
import { readProfilesWithin } from './read/profiles';
import { policyTools, thisPc } from './read/tools';
import { shieldPlace, windowsRuleset } from './ruleset-registry';
import { savedQuestions } from './saved-keys';
import { stateFolder } from './state-folder';
import { describeWorkaround, workaroundWords } from './workarounds';

const { now } = windowsJudging;
const source: Source = { kind: 'registry', name: message('windows.source.policy') };

export const windowsHost: Host = {
  ...windowsJudging,
  simulated: null,
  get stateFolder() {
    return stateFolder();
  },
  readFacts: (wanted, onFact, signal) => readWindowsFacts(wanted, onFact, thisPc(probe, now), signal),
  // All of the rules have to be read to find ours, and all of the policy to tell whether they count.
  async readShieldRules(): Promise<Fact<Ruleset>> {
    const tools = thisPc(probe, now);
    try {
      return known(
        await readPolicy(
          policyTools(tools, () => readProfilesWithin(3_000, tools)),
          'shield',
        ),
        source,
        now(),
      );
    } catch (error) {
      return { state: 'failed', why: messageOf(error), source, at: now().toISOString() };
    }
  },
  async savePolicy(policy, signal) {
    const { readKeys } = policyTools(thisPc(probe, now), async () => null, signal);
    return savePolicy(policy, await readKeys(savedQuestions), now());
  },
  obstacles(ruleset) {
    const place = shieldPlace(windowsRuleset(ruleset));
    const refuse = withoutEffect(place);
    return {
      refuse,
      instead: refuse.length === 0 ? null : message('proof.windows.instead'),
      warn: [...bypasses(place.registry), ...withoutEffectLater(place)],
    };
  },
  // What is open stays open: the firewall looks at new connections.
  ruleNature: { outliveRestart: true, cutOpenConnections: false },
  workarounds: workaroundWords,
  describeShield: (shield) => [...describeRules(shield), ...shield.workarounds.flatMap(describeWorkaround)],
  describeLift: () => [
    {
      what: 'Take each rule of ours away, by its name, and bring back what was switched off beside them',
      command: 'netsh advfirewall firewall delete rule name=Breakwater-...',
      input: null,
    },
  ],
  keeping: windowsKeeping,
  permissionQuestion:
    'Windows will ask whether "Windows Command Processor" may make changes to this device. Behind it is Breakwater\'s helper; its details show the command.',
  elevation: windowsElevation,
  administration: windowsAdministration(),
};
