// What is said of the rules of Windows Firewall.
import type { None } from './none';

export interface WindowsRulesMessages {
  readonly 'windows-rules.not-read': None;
}
