// Judges what was read of a Linux PC, here or elsewhere; nothing of this PC can be reached through it.
import { findShield } from '../../policy/netfilter/nftables/shield';
import { passesConnectionsOn } from '../../policy/netfilter/passing-on';
import type { Judging } from '../host';
import { nftables, reviewPolicy } from './policy';

const now = (): Date => new Date();

export const linuxJudging: Judging = {
  platform: 'linux',
  now,
  findShield(ruleset) {
    const { json, shieldText } = nftables(ruleset);
    return findShield(json, shieldText, now());
  },
  review: reviewPolicy,
  passesOn(ruleset) {
    const { json, beside } = nftables(ruleset);
    return beside === null || passesConnectionsOn(json, beside);
  },
  // Elements of the sets of ports carry the kernel's own time-out (nft(8), "timeout").
  rulesExpire: true,
};
