// Commands to copy, from rules whose names and comments a stranger chose: a shell does with them what is meant, and nothing else.

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { pathInCommand } from '../../../../main/cli/pages/words';
import { message } from '../../../../main/model/message';
import { adviceFor } from '../../../../main/policy/netfilter/advice';
import type { Owner, ZoneHas } from '../../../../main/policy/netfilter/owners';
import { shellWord, windowsWord } from '../../../../main/shared/shell-words';
import { steering } from '../../strangers';

const asked = { proto: 'tcp', port: 445 } as const;
const byUfw: Owner = { tool: 'ufw', says: message('owner.ufw.default'), isOwn: false };
const byFirewalld = (zone: string, has: ZoneHas): Owner => ({
  ...{ tool: 'firewalld', zone, has, isOwn: false },
  says: message('owner.firewalld.samba', { zone }),
});
const tools = ['nft', 'iptables', 'ip6tables', 'iptables-legacy', 'ufw', 'firewall-cmd', 'docker'];

/** What a POSIX shell calls with a command, each call its words; a word that is not one of our tools fails. */
function callsOf(command: string): readonly (readonly string[])[] {
  const told = tools.map((tool) =>
    `${tool}() { printf '%s\\n' '${tool}' "$@"; printf '\\f'; }`.replace(/^(\S+)-(\S+)\(/, '$1_$2('),
  );
  const aliased = command.replaceAll(/\b(iptables|firewall)-(legacy|cmd)\b/g, '$1_$2');
  const printed = execFileSync('/bin/sh', ['-euc', `PATH=/nowhere\n${told.join('\n')}\n${aliased}`], {
    encoding: 'utf8',
  });
  return printed
    .split('\f')
    .slice(0, -1)
    .map((call) => call.split('\n').slice(0, -1));
}

/** Whatever ends a word, a quotation or a command in sh, or begins another one. */
const hostile = [
  '$(touch /tmp/x)',
  '`id`',
  'a;id',
  'a|id',
  'a&id',
  '>/tmp/x',
  "it's",
  "'; id; '",
  'say "hi"',
  'back\\slash',
  '*',
  '~root',
  '#no',
  '!!',
  '{a,b}',
  '$HOME',
  '-rf',
  'Größe',
];

describe('a word for the shell', () => {
  it.each(hostile)('%j is that word', (word) => {
    expect(callsOf(`nft ${shellWord(word)}`)).toEqual([['nft', word]]);
  });

  it('that is not seen as it is can not be copied', () => {
    for (const one of [...steering].filter((part) => !/[[\dJn]/.test(part))) expect(shellWord(`a${one}b`)).toBeNull();
  });
});

describe('a word for Windows', () => {
  it.each(['a" & del', '%PATH%', '!x!', '^', '$(calc)', '`n', '\u201d; calc', 'ends in \\', 'a\u202eb', ''])(
    '%j can not be written down',
    (word) => {
      expect(windowsWord(word)).toBeNull();
    },
  );
  it('may have spaces, letters and brackets', () => {
    expect(windowsWord('Größe (SMB-In) {1}')).toBe('"Größe (SMB-In) {1}"');
  });
});

it('a path in a command is for the shell of the system', () => {
  expect(pathInCommand('/srv/saved-1', shellWord)).toBe('/srv/saved-1');
  expect(pathInCommand('/srv/a b; id', shellWord)).toBe("'/srv/a b; id'");
  expect(pathInCommand('C:\\My PC', windowsWord)).toBe('"C:\\My PC"');
  expect(pathInCommand('C:\\%TEMP%', windowsWord)).toBe('PATH');
  expect(pathInCommand(`/srv/${steering}`, shellWord)).toBe('PATH');
});

describe.each(hostile)('with %j', (word) => {
  const inSave = `"${word.replaceAll(/["\\]/g, '\\$&')}"`;

  it('iptables is told to delete that very rule', () => {
    const rule = `-A INPUT -p tcp -m comment --comment ${inSave} -j ACCEPT`;
    const advice = adviceFor({ effect: 'allow', rule, where: 'iptables filter INPUT', owner: null }, asked, false);
    const words = ['-t', 'filter', '-D', 'INPUT', '-p', 'tcp', '-m', 'comment', '--comment', word, '-j', 'ACCEPT'];
    expect(callsOf(advice ?? '')).toEqual([['iptables', ...words]]);
  });

  it('ufw is told to delete that very rule, or to deny', () => {
    const rule = `-A ufw-user-input -i ${word.replaceAll(' ', '_')} -p tcp --dport 445 -j ACCEPT`;
    const where = 'iptables filter ufw-user-input';
    const advice = adviceFor({ effect: 'allow', rule, where, owner: byUfw }, asked, false);
    const name = word.replaceAll(' ', '_');
    expect(callsOf(advice ?? '')).toEqual([
      ['ufw', 'delete', 'allow', 'in', 'on', name, 'from', 'any', 'to', 'any', 'port', '445', 'proto', 'tcp'],
    ]);
  });

  it("an application's name of ufw is one word", () => {
    const name = `A${word.replaceAll(/["\\',/]/g, '')}`;
    const comment = `"\\'dapp_${name.replaceAll(' ', '%20')}\\'"`;
    const rule = `-A ufw-user-input -p tcp -m multiport --dports 139,445 -m comment --comment ${comment} -j ACCEPT`;
    const where = 'iptables filter ufw-user-input';
    const advice = adviceFor({ effect: 'allow', rule, where, owner: byUfw }, asked, false);
    expect(callsOf(advice ?? '')).toEqual([['ufw', 'delete', 'allow', name]]);
  });

  it('nft and firewalld are told nothing that is no name of theirs', () => {
    const name = word.replaceAll(' ', '_');
    for (const where of [`inet ${name} in handle 7`, `inet t ${name} handle 7`])
      for (const hasHandle of [true, false]) {
        const advice = adviceFor({ effect: 'allow', rule: 'accept', where, owner: null }, asked, hasHandle);
        if (advice !== null) expect(callsOf(advice)).toEqual([['nft', 'delete', 'rule', ...where.split(' ')]]);
        else expect(name).not.toMatch(/^[A-Za-z]\w*$/);
      }
    const owner = byFirewalld(name, 'samba');
    const advice = adviceFor({ effect: 'allow', rule: 'accept', where: 'x', owner }, asked, false);
    const calls = advice === null ? [] : callsOf(advice);
    expect(calls.length === 0 || calls[0]?.includes(`--zone=${name}`)).toBe(true);
  });
});

it('the usual commands stay as people know them', () => {
  const of = (effect: 'allow' | 'default', rule: string, where: string, owner: Owner | null = null) =>
    adviceFor({ effect, rule, where, owner }, asked, false);
  expect(of('allow', 'accept', 'inet filter input handle 7')).toBe('nft delete rule inet filter input handle 7');
  expect(of('default', 'policy accept', 'inet filter input')).toBe('nft add rule inet filter input tcp dport 445 drop');
  expect(of('allow', '-A INPUT -p tcp -m tcp --dport 445 -j ACCEPT', 'iptables filter INPUT')).toBe(
    'iptables -t filter -D INPUT -p tcp -m tcp --dport 445 -j ACCEPT',
  );
  expect(of('default', 'policy accept', 'ip6tables filter INPUT')).toBe(
    'ip6tables -A INPUT -p tcp --dport 445 -j DROP',
  );
});
