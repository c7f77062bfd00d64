// The privileged half on Windows: changes rules through netsh, one after the other, and looks at the registry for what became of it.
import { uptime } from 'node:os';
import type { ShieldWorkaround, Was } from '../../model/shield';
import { rulesKey } from '../../policy/windows/places';
import { folded, fullPath, type Registry, type RegistryValue } from '../../policy/windows/registry';
import { parseRule } from '../../policy/windows/rule';
import { ownRuleNames, ruleState } from '../../policy/windows/shield';
import { isOurName, shieldRules } from '../../policy/windows/shield-rules';
import type { Administration } from '../host';
import { makeExportFolder } from './export-folder';
import { deleteTask } from './keeper-task';
import { startKeeping, stopKeeping } from './keeping';
import { addArguments, changeArguments, deleteArguments } from './netsh';
import { readPolicy, type WindowsRuleset } from './policy-reads';
import { readProfilesWithin } from './read/profiles';
import { policyTools, runSystemProgram } from './read/tools';
import { registryOf } from './ruleset-registry';
import { numbersIn, serverQuestions } from './server-switches';
import { trustedSystemFolder } from './system-folder';
import { apply, clearCommands, readWas, takeBackOne, type WorkaroundTools } from './workarounds';

export function windowsAdministration(): Administration {
  const run: Parameters<typeof policyTools>[0]['run'] = (program, args, signal) =>
    runSystemProgram(trustedSystemFolder(), program, args, signal);
  // What was read last and has not been changed since: an act looks before it changes anything, and after it.
  let last: WindowsRuleset | null = null;
  const read = async (part: 'shield' | 'whole'): Promise<WindowsRuleset> => {
    last = await readPolicy(
      policyTools({ run, makeFolder: makeExportFolder }, () => readProfilesWithin(5_000, { run })),
      part,
    );
    return last;
  };
  const rules = async (): Promise<Registry> => registryOf(last ?? (await read('shield')));
  const netsh = async (args: readonly string[], what: string): Promise<void> => {
    last = null;
    const ran = await run('netsh', args);
    if (ran.kind === 'not-there') throw new Error('netsh.exe is not there: this is no whole Windows.');
    if (ran.kind === 'not-run') throw new Error(`netsh.exe could not be run: ${ran.why}`);
    // Its words are translated: what became of it is for the registry to say.
    if (ran.code !== 0)
      throw new Error(
        `Windows did not ${what} (netsh ended with ${ran.signal ?? `code ${ran.code}`}, mostly for want of administrator rights).`,
      );
  };
  // Those that were seen or wanted last, to name them where something is left.
  let names: readonly string[] = [];
  let switchedOff: Was = {};
  const switching: WorkaroundTools = {
    run,
    numbers: async () =>
      numbersIn(await policyTools({ run, makeFolder: makeExportFolder }, async () => null).readKeys(serverQuestions)),
  };
  return {
    get clearCommand() {
      const rules = names.map((name) => ['netsh', ...deleteArguments(name)].join(' '));
      return [...rules, ...clearCommands(switchedOff), ['schtasks', ...deleteTask].join(' ')].join(' & ');
    },
    // No start of the PC takes a rule away.
    bootId: async () => null,
    uptime,
    readRuleset: () => read('whole'),
    readShield: () => read('shield'),
    /**
     * What is missing is added before what is not needed is taken away: while it changes, more is blocked, not less. Only a rule of our
     * name that somebody has changed is taken away first.
     */
    async putUp(shield) {
      const registry = await rules();
      const wanted = shield.rules ? shieldRules(shield) : [];
      names = [...new Set([...ownRuleNames(registry), ...wanted.map(({ name }) => name)])];
      for (const rule of wanted) {
        const state = ruleState(registry, rule);
        if (state === 'replace') await netsh(deleteArguments(rule.name), `take the rule ${rule.name} away`);
        if (state === 'change') await netsh(changeArguments(rule), `change the rule ${rule.name}`);
        if (state === 'absent' || state === 'replace') await netsh(addArguments(rule), `add the rule ${rule.name}`);
      }
      for (const name of ownRuleNames(registry))
        if (!wanted.some((rule) => rule.name === name))
          await netsh(deleteArguments(name), `take the rule ${name} away`);
      for (const workaround of shield.workarounds) {
        last = null;
        await apply(switching, workaround);
      }
    },
    async takeDown() {
      names = ownRuleNames(await rules());
      for (const name of names) await netsh(deleteArguments(name), `take the rule ${name} away`);
    },
    workarounds: {
      read: (workarounds) => readWas(switching, workarounds),
      async takeBack(was) {
        switchedOff = was;
        last = null;
        for (const [workaround, before] of Object.entries(was))
          await takeBackOne(switching, workaround as ShieldWorkaround, before);
      },
    },
    // The build's revision goes up at the restart that an update ends with: nothing runs on as it was before.
    apart: null,
    startKeeping,
    stopKeeping,
    readRest: async () => withoutShield(await rules()),
  };
}

/** Every key and value of the firewall's policy but our rules, in an order of their names; of service hardening, nothing is ours. */
function withoutShield(registry: Registry): string {
  const rules = folded(fullPath(rulesKey('local')));
  return [...registry.keys]
    .filter(([full]) => !full.includes('\\RESTRICTEDSERVICES'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([full, { path, values }]) => {
      const kept = [...values.values()].filter((value) => full !== rules || !isOurs(value));
      return [path, ...kept.map(written).sort()].join('\n');
    })
    .join('\n\n');
}

function isOurs(value: RegistryValue): boolean {
  return (
    value.kind === 'text' &&
    value.text.includes('Breakwater-') &&
    isOurName(parseRule(value.text, value.exact).rule?.name ?? '')
  );
}

function written({ name, type, ...data }: RegistryValue): string {
  const text = JSON.stringify(data, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return `${JSON.stringify(name)} ${type} ${text}`;
}
