// What is said of the rules of nftables and iptables.
import type { None } from './none';

export interface NetfilterMessages {
  readonly 'netfilter.not-read': None;
}
