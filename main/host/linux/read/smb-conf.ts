// Samba's configuration language, smb.conf(5), checked against testparm; ksmbd.conf(5) differs only in its comments.
import { type Message, message } from '../../../model/message';
import { messageOf } from '../../../model/message-error';

/** One line as it counts: the last one of a name in a section wins. */
interface Written {
  readonly value: string;
  readonly path: string;
  readonly line: number;
}

/** Settings by name: lower case, single spaces, synonyms replaced. */
export type Section = ReadonlyMap<string, Written>;

export interface Configuration {
  readonly global: Section;
  /** By name in lower case, with the name as written; in the file's order. */
  readonly shares: ReadonlyMap<string, { readonly name: string; readonly section: Section }>;
  /** What was not followed or understood: "not followed: include = /etc/samba/%m.conf (/etc/samba/smb.conf, line 12)". */
  readonly notes: readonly Message[];
  /** Those among them that Samba follows and this does not: whatever stands there is not known. */
  readonly unread: readonly Message[];
}

export interface Language {
  /** Whether `;` and `#` begin a comment anywhere (ksmbd), not only at the start of a line (Samba). */
  readonly commentsAnywhere: boolean;
}

/** As deep as anyone nests includes by hand; Samba itself stops at 100. */
const deepestInclude = 16;
/** Files and characters in all: a file that includes itself twice is read 65,536 times at that depth. */
const mostIncludes = 100;
const mostText = 4 * 1024 * 1024;
/** Of one kind; the others are counted. */
const mostNotes = 20;

/**
 * Reads a configuration with what it includes. `read` gives a file's text (null = there is none) and throws when it may not be
 * read; for the first file that goes to the caller, for an included one into `notes`. No line of a file is told, as not every reader
 * of what is told may read it.
 */
export function readConfiguration(
  path: string,
  read: (path: string) => string | null,
  language: Language,
): Configuration {
  const global = new Map<string, Written>();
  const shares = new Map<string, { name: string; section: Map<string, Written> }>();
  const [notes, unread] = [noteList(), noteList()];
  const open: string[] = [];
  let [section, included, length] = [global, 0, 0];
  const notFollowed = (what: Message): void => {
    notes.add(message('linux.conf.not-followed', { what }));
    unread.add(what);
  };

  const readText = (text: string, from: string): void => {
    length += text.length;
    open.push(from);
    for (const { text: line, number } of linesOf(text, language)) {
      const where = { path: from, line: number };
      const header = /^\[([^\]]*)\]/.exec(line);
      if (header) {
        const name = (header[1] ?? '').trim().replace(/\s+/g, ' ');
        section = sectionNamed(name);
        continue;
      }
      const equals = line.indexOf('=');
      if (equals < 0) {
        notes.add(message('linux.conf.not-understood', where));
        continue;
      }
      const name = nameOf(line.slice(0, equals));
      const value = line.slice(equals + 1).trim();
      if (name === 'include') include(value, where);
      else if (name === 'copy') copy(value, where);
      else if (name === 'config file') notFollowed(written(`config file = ${value}`, where));
      else {
        if (name === 'config backend' && !/^file$/i.test(value))
          notFollowed(written(`config backend = ${value}`, where));
        const setting = settingOf(name, value);
        section.set(setting.name, { value: setting.value, path: from, line: number });
      }
    }
    open.pop();
  };

  const sectionNamed = (name: string): Map<string, Written> => {
    const key = name.toLowerCase();
    if (key === 'global' || key === 'globals') return global;
    const known = shares.get(key);
    if (known) return known.section;
    const made = { name, section: new Map<string, Written>() };
    shares.set(key, made);
    return made.section;
  };

  const include = (value: string, where: Place): void => {
    const said = written(`include = ${value}`, where);
    if (value.includes('%') || !value.startsWith('/')) notes.add(message('linux.conf.not-followed', { what: said }));
    else if (open.includes(value)) notes.add(message('linux.conf.includes-itself', { what: said }));
    else if (open.length > deepestInclude || ++included > mostIncludes || length > mostText) notFollowed(said);
    else follow(value, said);
  };

  const follow = (value: string, said: Message): void => {
    try {
      const text = read(value);
      if (text === null) notes.add(message('linux.conf.not-there', { what: said }));
      // What follows the include goes on in the section that the included file ended in, as in Samba.
      else readText(text, value);
    } catch (error) {
      notFollowed(message('linux.conf.failed', { what: said, why: messageOf(error) }));
    }
  };

  const copy = (value: string, where: Place): void => {
    const model = shares.get(value.replace(/\s+/g, ' ').toLowerCase());
    if (!model) notes.add(message('linux.conf.not-followed', { what: written(`copy = ${value}`, where) }));
    else for (const [name, written] of model.section) if (!section.has(name)) section.set(name, written);
  };

  readText(read(path) ?? '', path);
  return { global, shares, notes: notes.all(), unread: unread.all() };
}

/** As many as people read. */
function noteList(): { add(note: Message): void; all(): readonly Message[] } {
  const kept: Message[] = [];
  let more = 0;
  return {
    add(note) {
      if (kept.length < mostNotes) kept.push(note);
      else more++;
    },
    all: () => (more === 0 ? kept : [...kept, message('linux.conf.more', { count: more })]),
  };
}

type Place = Pick<Written, 'path' | 'line'>;

/** A setting where it stands, as much of it as a sentence can bear. */
const written = (setting: string, where: Place): Message =>
  message('linux.conf.setting', { setting: setting.slice(0, longestSetting), ...where });
const longestSetting = 400;

/** Lines with their numbers, without comments and blank ones; a line that ends in a backslash goes on in the next. */
function linesOf(text: string, language: Language): readonly { readonly text: string; readonly number: number }[] {
  const lines: { text: string; number: number }[] = [];
  let [parts, first]: [string[], number] = [[], 0];
  const end = (): void => {
    // Space around a break counts as one; where there is none, the word goes on.
    const line = parts.map((part, i) => (i > 0 && /\s$/.test(parts[i - 1] ?? '') ? part.trimStart() : part)).join('');
    const whole = line.trim();
    if (whole !== '') lines.push({ text: whole, number: first });
    parts = [];
  };
  for (const [i, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const trimmed = raw.trim();
    // A comment does not go on in the next line, whatever it ends in.
    if (parts.length === 0 && /^[;#]/.test(trimmed)) continue;
    const bare: string = language.commentsAnywhere ? trimmed.replace(/[;#].*$/, '').trim() : trimmed;
    const goesOn = !language.commentsAnywhere && bare.endsWith('\\');
    if (parts.length === 0) first = i + 1;
    const part = goesOn ? bare.slice(0, -1) : bare;
    const tidy = part.trimEnd();
    parts.push(`${parts.length > 0 && /^\s/.test(raw) ? ' ' : ''}${tidy}${tidy.length < part.length ? ' ' : ''}`);
    if (!goesOn) end();
  }
  end();
  return lines;
}

/** Case and spaces do not count in names: "Net BIOS name" is "netbios name". */
function nameOf(text: string): string {
  const bare = text.replace(/\s+/g, '').toLowerCase();
  return properNames.get(bare) ?? bare;
}

/** The settings that are read here, under their proper names. */
const proper = [
  'server min protocol',
  'server max protocol',
  'server signing',
  'server smb encrypt',
  'interfaces',
  'bind interfaces only',
  'map to guest',
  'restrict anonymous',
  'smb ports',
  'tcp port',
  'hosts allow',
  'hosts deny',
  'ntlm auth',
  'smb3 encryption',
  'guest ok',
  'read only',
  'path',
  'available',
  'include',
  'copy',
  'config file',
  'config backend',
  'usershare path',
  'usershare max shares',
  'vfs objects',
  'server role',
  'domain logons',
];
const synonyms: readonly (readonly [string, string])[] = [
  ['min protocol', 'server min protocol'],
  ['max protocol', 'server max protocol'],
  ['protocol', 'server max protocol'],
  ['smb encrypt', 'server smb encrypt'],
  ['allow hosts', 'hosts allow'],
  ['deny hosts', 'hosts deny'],
  ['public', 'guest ok'],
  ['directory', 'path'],
  ['vfs object', 'vfs objects'],
];
const properNames: ReadonlyMap<string, string> = new Map(
  [...proper.map((name) => [name, name] as const), ...synonyms].map(([name, is]) => [name.replaceAll(' ', ''), is]),
);
const inverted: ReadonlySet<string> = new Set(['writeable', 'writable', 'writeok']);

function settingOf(name: string, value: string): { readonly name: string; readonly value: string } {
  if (!inverted.has(name)) return { name, value };
  const writable = yesOrNo(value);
  return { name: 'read only', value: writable === null ? value : writable ? 'no' : 'yes' };
}

/** null = neither. */
export function yesOrNo(value: string): boolean | null {
  if (/^(yes|true|on|1)$/i.test(value)) return true;
  if (/^(no|false|off|0)$/i.test(value)) return false;
  return null;
}

/** One `name=value` from a command line, in the same words. */
export function settingFrom(text: string): { readonly name: string; readonly value: string } | null {
  const equals = text.indexOf('=');
  return equals < 0 ? null : settingOf(nameOf(text.slice(0, equals)), text.slice(equals + 1).trim());
}
