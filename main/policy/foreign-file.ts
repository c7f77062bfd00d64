// Files of a PC that people have at hand and that no policy can be judged by: what one seems to be, by how it begins. Pure.

export type ForeignFile =
  | 'netsh'
  | 'hive'
  | 'zip'
  | 'rule-table'
  | 'systeminfo'
  | 'event-log'
  | 'web-page'
  | 'ufw'
  | 'iptables-list'
  | 'firewalld';

/** Of which platform it is; null = it may be of any. */
export const platformOf: Readonly<Record<ForeignFile, 'windows' | 'linux' | null>> = {
  netsh: 'windows',
  hive: 'windows',
  zip: null,
  'rule-table': 'windows',
  systeminfo: 'windows',
  'event-log': 'windows',
  'web-page': 'windows',
  ufw: 'linux',
  'iptables-list': 'linux',
  firewalld: 'linux',
};

/** By their first bytes: "netsh advfirewall export" writes a registry hive, as "reg save" does. */
const marks: readonly (readonly [string, ForeignFile])[] = [
  ['regf', 'hive'],
  ['PK\u0003\u0004', 'zip'],
  ['ElfFile\0', 'event-log'],
];

/** Of texts, in English and in German where Windows translates them. */
const looks: readonly (readonly [RegExp, ForeignFile])[] = [
  [/^\s*(?:<!doctype html|<html)/i, 'web-page'],
  [
    /^(?:Rule Name|Regelname|(?:Domain|Private|Public) Profile Settings|(?:Dom\u00e4nenprofil|Privates Profil|\u00d6ffentliches Profil)\S*):? /m,
    'netsh',
  ],
  [/^(?:Host Name|Hostname): +\S[\s\S]*^(?:OS Name|Betriebssystemname): /m, 'systeminfo'],
  [
    /^"?(?:Name|DisplayName|InstanceID|Caption)"?[,;\t].*\b(?:Direction|DisplayGroup|PolicyStoreSource)\b/m,
    'rule-table',
  ],
  [/"(?:InstanceID|DisplayName|PolicyStoreSourceType)"\s*:[\s\S]*"(?:Direction|Profiles?|Action)"\s*:/, 'rule-table'],
  [/^DisplayName +: [\s\S]*^Direction +: /m, 'rule-table'],
  [/^Status: +(?:active|inactive|aktiv|inaktiv)\s*$/im, 'ufw'],
  [/^Chain (?:INPUT|FORWARD|OUTPUT) \(policy /m, 'iptables-list'],
  [/^[\w-]+ \((?:default|active)[^)]*\)\s*\n\s+target: /m, 'firewalld'],
];

/** null = none of these. `bytes`: the file's beginning, `text` the same decoded; a few thousand are enough. */
export function foreignFile(bytes: Uint8Array, text: string): ForeignFile | null {
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  const marked = marks.find(([mark]) => start.startsWith(mark));
  return marked?.[1] ?? looks.find(([look]) => look.test(text))?.[1] ?? null;
}
