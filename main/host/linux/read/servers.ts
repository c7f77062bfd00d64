// The SMB servers of this PC and how they are configured: Samba's smbd and the kernel's ksmbd.
import { posix } from 'node:path';
import type { ServerSetting, Share, SmbServer, Source } from '../../../model/facts';
import { type Message, message, type Words } from '../../../model/message';
import { configurationPlace } from '../../../model/smb-server';
import { anyVfsObjects } from '../../../patch/pc';
import { notThere, type SystemFiles, Unreadable } from './files';
import { commandLine, type Processes, parentOf, sharesOurNetwork, userOf, variableOf } from './processes';
import { type Configuration, readConfiguration, type Section, settingFrom, yesOrNo } from './smb-conf';
import { findSmbProcesses, type SmbProcess } from './smb-processes';
import { type SmbdStart, startOf } from './smbd-command-line';
import { readUserShares } from './user-shares';

/**
 * The servers that are installed or run; `uid` is the user who asks. One whose file can't be read is told with that (`unread`) beside
 * the others. Throws `Unreadable` where that is so of all there are: what they share is not known, and an empty list would say otherwise.
 */
export function readServers(
  files: SystemFiles,
  processes: Processes,
  uid: number,
): { readonly value: readonly SmbServer[]; readonly source: Source } {
  const running = findSmbProcesses(files, processes);
  const smbds = running.filter(({ pid, program }) => program.startsWith('smbd') && sharesOurNetwork(files, pid));
  const readings = [
    ...sambaStarts(files, smbds, uid).map((start) => () => samba(files, start)),
    ...ksmbdFiles(files, running).map((path) => () => ksmbd(files, path)),
  ];
  const pids = new Set(smbds.map(({ pid }) => pid));
  const elsewhere = smbds
    .filter(({ pid, standing }) => standing === 'other-root' && !pids.has(parentOf(files, pid) ?? 0))
    .map(inAnotherRoot);
  const value = [...readOf(readings), ...elsewhere];
  const places = value.map(configurationPlace);
  const name =
    places.length === 0
      ? message('linux.source.no-servers')
      : places.every((place) => typeof place === 'string')
        ? places.join(', ')
        : message('linux.source.servers', { places });
  return { value, source: { kind: 'file', name } };
}

function readOf(readings: readonly (() => SmbServer)[]): readonly SmbServer[] {
  let failure: Unreadable | null = null;
  let isAnyRead = readings.length === 0;
  const servers = readings.map((read): SmbServer => {
    try {
      const server = read();
      isAnyRead = true;
      return server;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      failure ??= error;
      const product = error.path.startsWith('/etc/ksmbd/') ? 'ksmbd' : 'samba';
      return { product, configuration: error.said, settings: [], shares: [], unread: [error.said] };
    }
  });
  if (!isAnyRead && failure) throw failure;
  return servers;
}

/** Its paths lead to files of its own, which are not followed: who makes them up there is not known here. */
function inAnotherRoot({ pid, program }: SmbProcess): SmbServer {
  const what = message('linux.server.elsewhere', { program, pid });
  return { product: 'samba', configuration: what, settings: [], shares: [], unread: [what] };
}

const smbdBinaries = ['/usr/sbin/smbd', '/usr/bin/smbd', '/usr/local/sbin/smbd'];
const sambaDefault = '/etc/samba/smb.conf';

/** Each way in which an smbd runs here; where none does, the way it would. What a stranger's process names counts for nothing. */
function sambaStarts(files: SystemFiles, smbds: readonly SmbProcess[], uid: number): readonly SmbdStart[] {
  const pids = new Set(smbds.map(({ pid }) => pid));
  const starts = new Map<string, SmbdStart>();
  const take = ({ pid }: SmbProcess): void => {
    // An smbd starts more of itself; they are the same server, and newer ones hide their command line.
    if (pids.has(parentOf(files, pid) ?? 0)) return;
    // As smbd itself has it where its command line names no file (seen with Samba 4.17).
    const usual = variableOf(files, pid, 'SMB_CONF_PATH') || sambaDefault;
    const start = startOf(commandLine(files, pid) ?? [], pid, usual, () => files.link(`/proc/${pid}/cwd`));
    if (!starts.has(start.path)) starts.set(start.path, start);
  };
  // An ordinary user reads with rights of their own, so nothing is read for a stranger that the stranger may not read.
  const ofThisPc = smbds.filter(({ standing }) => standing === 'this-pc' || (standing === 'not-seen' && uid !== 0));
  ofThisPc.forEach(take);
  if (ofThisPc.length === 0 && smbdBinaries.some((path) => files.exists(path)))
    starts.set(sambaDefault, { path: sambaDefault, options: [], from: ofSamba });
  if (uid !== 0)
    smbds.filter(({ pid, standing }) => standing === 'somebodys' && userOf(files, pid) === uid).forEach(take);
  return [...starts.values()];
}

function samba(files: SystemFiles, start: SmbdStart): SmbServer {
  const configuration = readConfiguration(start.path, reader(files, start.path), { commentsAnywhere: false });
  const settings = settingsOf(configuration.global, sambaDefaults).map((setting): ServerSetting => {
    const given = start.options.map(settingFrom).findLast((option) => option?.name === setting.name);
    return given ? { ...setting, value: given.value, isDefault: false, from: start.from } : setting;
  });
  const users = readUserShares(files, configuration.global);
  return {
    product: 'samba',
    configuration: configurationOf(start.path, [...configuration.notes, ...users.notes]),
    settings: [
      ...settings.filter(({ name }) => configuration.notes.length === 0 || !rolesOf.has(name)),
      ...vfsObjects(configuration, start),
    ],
    shares: [...sharesOf(configuration), ...users.shares],
    ...unreadOf([...configuration.unread, ...users.unread]),
  };
}

/** What decides whether it is a domain controller: not told where a part of the configuration, which may say otherwise, was not followed. */
const rolesOf: ReadonlySet<string> = new Set(['server role', 'domain logons']);

const configurationOf = (path: string, notes: readonly Message[]): Words =>
  notes.length === 0 ? path : message('server.configuration', { path, notes });

const unreadOf = (unread: readonly Message[]): Pick<SmbServer, 'unread'> => (unread.length > 0 ? { unread } : {});

/** Which modules any share loads (vfs objects, a list); left out where a part of the configuration could not be followed. */
function vfsObjects({ global, shares, notes }: Configuration, { options }: SmbdStart): readonly ServerSetting[] {
  if (notes.length > 0) return [];
  const written = [global, ...[...shares.values()].map(({ section }) => section)].flatMap(
    (section) => section.get('vfs objects') ?? [],
  );
  const given = options.map(settingFrom).flatMap((option) => (option?.name === 'vfs objects' ? [option.value] : []));
  const modules = [...written.map(({ value }) => value), ...given].flatMap((value) => value.split(/[\s,]+/));
  const value = [...new Set(modules.filter((name) => name !== ''))].sort().join(' ');
  const from =
    written.length === 0
      ? message('linux.default.none', { product: 'Samba' })
      : message('linux.setting.lines', { places: written.map(lineOf) });
  return [{ name: anyVfsObjects, value, isDefault: value === '', from }];
}

const ksmbdPaths = ['/etc/ksmbd/ksmbd.conf', '/etc/ksmbd/smb.conf'];

function ksmbdFiles(files: SystemFiles, running: readonly SmbProcess[]): readonly string[] {
  const path = ksmbdPaths.find((candidate) => files.exists(candidate));
  if (path !== undefined) return [path];
  const isMountd = ({ program, standing }: SmbProcess): boolean =>
    program.startsWith('ksmbd.') && (standing === 'this-pc' || standing === 'not-seen');
  const runs = files.exists('/sys/module/ksmbd') || running.some(isMountd);
  return runs ? ['/etc/ksmbd/ksmbd.conf'] : [];
}

function ksmbd(files: SystemFiles, path: string): SmbServer {
  const configuration = readConfiguration(path, reader(files, path), { commentsAnywhere: true });
  return {
    product: 'ksmbd',
    configuration: configurationOf(path, configuration.notes),
    settings: settingsOf(configuration.global, ksmbdDefaults),
    shares: sharesOf(configuration),
    ...unreadOf(configuration.unread),
  };
}

/** Larger than any that people or programs write: 10,000 shares take two. */
const limits = { most: 4 * 1024 * 1024, followLinks: true };

/** A missing main file is a failure (the server must have another one), a missing included one is not. */
function reader(files: SystemFiles, main: string): (path: string) => string | null {
  return (path) => {
    const text = files.readNamed(path, limits);
    if (text === null && path === main) throw notThere(path);
    return text;
  };
}

const ofSamba = message('linux.default', { product: 'Samba' });
const ofKsmbd = message('linux.default', { product: 'ksmbd' });

/** smb.conf(5) of Samba 4.17; null = listed only where written. */
const sambaDefaults: readonly (readonly [string, string | null, Message])[] = [
  ['server min protocol', 'SMB2_02', message('linux.default.since', { product: 'Samba', version: '4.11' })],
  ['server max protocol', 'SMB3', ofSamba],
  ['server signing', 'default', ofSamba],
  ['server smb encrypt', 'default', ofSamba],
  ['ntlm auth', 'ntlmv2-only', ofSamba],
  ['map to guest', 'Never', ofSamba],
  ['restrict anonymous', '0', ofSamba],
  ['server role', 'auto', ofSamba],
  ['domain logons', 'no', ofSamba],
  ['smb ports', '445 139', ofSamba],
  ['interfaces', '', message('linux.default.interfaces', { product: 'Samba' })],
  ['bind interfaces only', 'no', ofSamba],
  ['hosts allow', '', message('linux.default.everyone', { product: 'Samba' })],
  ['hosts deny', '', message('linux.default.nobody', { product: 'Samba' })],
];

/** ksmbd.conf(5); the defaults of encryption and signing differ between its versions. */
const ksmbdDefaults: typeof sambaDefaults = [
  ['server min protocol', 'SMB2_10', ofKsmbd],
  ['server max protocol', 'SMB3_11', ofKsmbd],
  ['server signing', null, ofKsmbd],
  ['smb3 encryption', null, ofKsmbd],
  ['server smb encrypt', null, ofKsmbd],
  ['map to guest', 'never', ofKsmbd],
  ['restrict anonymous', '0', ofKsmbd],
  ['tcp port', '445', ofKsmbd],
  ['interfaces', '', message('linux.default.interfaces', { product: 'ksmbd' })],
  ['bind interfaces only', 'no', ofKsmbd],
];

const lineOf = ({ path, line }: { readonly path: string; readonly line: number }): Message =>
  message('linux.setting.line', { path, line });

function settingsOf(global: Section, defaults: typeof sambaDefaults): readonly ServerSetting[] {
  return defaults.flatMap(([name, value, from]): readonly ServerSetting[] => {
    const written = global.get(name);
    if (written) return [{ name, value: written.value, isDefault: false, from: lineOf(written) }];
    return value === null ? [] : [{ name, value, isDefault: true, from }];
  });
}

/** Shares that can be used: without a path there is none ([homes] and [printers] bring their own). */
function sharesOf(configuration: Configuration): readonly Share[] {
  const shares: Share[] = [];
  for (const [key, { name, section }] of configuration.shares) {
    const setting = (wanted: string): string | undefined =>
      (section.get(wanted) ?? configuration.global.get(wanted))?.value;
    const path = setting('path')?.replace(/^"(.*)"$/, '$1') || null;
    const special = key === 'homes' || key === 'printers';
    if ((path === null && !special) || yesOrNo(setting('available') ?? 'yes') === false) continue;
    shares.push({
      name,
      path: path === null ? null : posix.normalize(path),
      guest: yesOrNo(setting('guest ok') ?? 'no') ?? false,
      readOnly: yesOrNo(setting('read only') ?? 'yes') ?? true,
    });
  }
  return shares;
}
