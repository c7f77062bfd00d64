// Builds the registry of a Windows PC from a few switches and rules, and reviews it.

import type { Profile, Review, WindowsReviewHost } from '../../../../main/model/review';
import { reviewWindows } from '../../../../main/policy/windows/review';
import type { WindowsQuery } from '../../../../main/policy/windows/views';
import { spoken } from '../../in-english';
import { dword, exportText, groupPolicy, local, queryText, sz, type Tree, type Written } from './registry-writing';

/** Rules by id, and below each other key of a store ("DomainProfile", "DomainProfile\\Services\\FileAndPrint") its numbers and texts. */
interface StoreDraft {
  readonly rules?: Readonly<Record<string, string>>;
  readonly keys?: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
}

export interface PolicyDraft {
  readonly local?: StoreDraft;
  /** Absent = there is none, and that is known. */
  readonly group?: StoreDraft;
  readonly mdm?: StoreDraft;
  /** Start of a service by its name. */
  readonly services?: Readonly<Record<string, number>>;
  /** 0x021e = Windows 10 1903 (rules of 2.30). */
  readonly version?: number;
  readonly other?: Tree;
}

const services = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services';

export function treeOf({
  local: own = {},
  group,
  mdm,
  services: starts = {},
  version = 0x021e,
  other = {},
}: PolicyDraft): Tree {
  const valuesOf = (values: Readonly<Record<string, number | string>>): Record<string, Written> =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? dword(value) : sz(value)]),
    );
  const below = (path: string, { rules = {}, keys = {} }: StoreDraft): Tree => ({
    [path]: {},
    ...Object.fromEntries(Object.entries(keys).map(([name, values]) => [`${path}\\${name}`, valuesOf(values)])),
    [`${path}\\FirewallRules`]: valuesOf(rules),
  });
  const on = { EnableFirewall: 1 };
  const keys = { DomainProfile: on, StandardProfile: on, PublicProfile: on, ...own.keys };
  return {
    ...below(local, { rules: own.rules ?? {}, keys }),
    [local]: { PolicyVersion: dword(version) },
    ...(mdm ? below(`${local}\\Mdm`, mdm) : {}),
    ...(group ? below(groupPolicy, group) : {}),
    ...Object.fromEntries(Object.entries(starts).map(([name, Start]) => [`${services}\\${name}`, valuesOf({ Start })])),
    ...other,
  };
}

/** Beside the registry: what else can open the port is known. */
export const allRead: WindowsReviewHost = { interfaces: {}, firewallService: 'running', otherFirewalls: [] };

export function review(
  draft: PolicyDraft,
  query: Partial<WindowsQuery> = {},
  host: Partial<WindowsReviewHost> = {},
): Review {
  const text = exportText(treeOf(draft));
  const absentKeys = draft.group ? [] : [groupPolicy];
  return spoken(
    reviewWindows(
      { registry: [{ name: 'policy.reg', text }], host: { ...allRead, absentKeys, ...host } },
      { proto: 'tcp', port: 445, ...query },
    ),
  );
}

/** As `review`, of what `reg query` would have printed. */
export function reviewQueried(tree: Tree, query: Partial<WindowsQuery> = {}): Review {
  return spoken(
    reviewWindows(
      { registry: [{ name: 'policy.txt', text: queryText(tree) }], host: { ...allRead, absentKeys: [groupPolicy] } },
      { proto: 'tcp', port: 445, ...query },
    ),
  );
}

/** Who gets in, as short as it can be said: "all", "none", or the networks. */
export function whoIn({ reach }: Review, profile: Profile): string {
  const entries = reach.filter((entry) => entry.profile === profile);
  const [entry] = entries;
  if (!entry || entries.length > 1) throw new Error(`${entries.length} entries for ${profile}`);
  const all = [...entry.ipv4, ...entry.ipv6];
  if (all.length === 0) return 'none';
  return all.join(' ') === '0.0.0.0/0 ::/0' ? 'all' : all.join(' ');
}
