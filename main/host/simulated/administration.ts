// The privileged half of a simulated PC: changes its state file, and fails in the ways its scene says.
import { uptime } from 'node:os';
import type { Ruleset } from '../../model/facts';
import type { Shield } from '../../model/shield';
import { cidr } from '../../policy/address-sets';
import type { Administration } from '../host';
import type { Scene } from './scene';
import { countKnocks } from './shield-rules';
import { readState, writeState } from './state-file';

/** `folder` holds the state; it is made when first written. */
export function simulatedAdministration(scene: Scene, folder: string): Administration {
  const mayChange = (): void => {
    if (scene.nature === 'denies') throw new Error('Permission was not given (simulated).');
  };
  const read = async (): Promise<Ruleset> => {
    mayChange();
    return { kind: 'simulated', ...readState(folder) };
  };
  return {
    clearCommand: `rm -r '${folder.replaceAll("'", "'\\''")}'`,
    bootId: async () => scene.system.bootId,
    uptime,
    readRuleset: read,
    readShield: read,
    async putUp(shield, carried) {
      mayChange();
      if (scene.nature === 'forgets') return;
      const counted = carried ?? countKnocks(scene, shield);
      await writeState(folder, { shield: scene.nature === 'sticks' ? halfOf(shield) : shield, counted });
    },
    async takeDown() {
      mayChange();
      if (scene.nature === 'sticks') throw new Error('The simulated firewall does not let go of its rules.');
      if (readState(folder).shield) await writeState(folder, { shield: null, counted: null });
    },
    workarounds: null,
    apart: null,
    // A simulated PC's schedule is there while its shield is: see `keeping` of the host.
    startKeeping: async () => undefined,
    stopKeeping: async () => undefined,
    async readRest() {
      mayChange();
      return JSON.stringify(scene.managers);
    },
  };
}

/** As if the rule for private networks had not been taken. */
function halfOf(shield: Shield): Shield {
  return { ...shield, allow: { ...shield.allow, ipv4: [cidr('10.0.0.0/8')] } };
}
