// Judges what was read of a Windows PC, here or elsewhere; nothing of this PC can be reached through it.
import { findShield } from '../../policy/windows/shield';
import type { Judging } from '../host';
import { reviewPolicy } from './policy';
import { shieldPlace, windowsRuleset } from './ruleset-registry';

const now = (): Date => new Date();

export const windowsJudging: Judging = {
  platform: 'windows',
  now,
  findShield: (ruleset) => findShield(shieldPlace(windowsRuleset(ruleset)), now()),
  review: reviewPolicy,
  // Rules pass nothing on, but WinNAT's mappings (New-NetNatStaticMapping) do, and where those stand is not read.
  passesOn: () => true,
  rulesExpire: false,
};
