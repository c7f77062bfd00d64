// What can be typed, and the one line that answers what can't.

import { describe, expect, test } from 'vitest';
import { languageOf, nearest, parseArguments } from '../../../main/cli/arguments';
import { commandNames, commands } from '../../../main/cli/commands';
import { layCommandHelp, layGeneralHelp } from '../../../main/cli/help';
import { createPage, type Page } from '../../../main/cli/pages/layout';
import { systemLocale } from '../../../main/host/system-locale';
import { german } from '../../../main/text/de';
import { english } from '../../../main/text/en';
import { type Language, sayIn } from '../../../main/text/render';
import { wordsInEnglish } from '../in-english';

const parse = (line: string) => parseArguments(line === '' ? [] : line.split(' '));

describe('reading a command line', () => {
  test('options have their defaults', () => {
    expect(parse('shield')).toEqual({
      kind: 'run',
      command: 'shield',
      options: {
        simulate: null,
        json: false,
        only: null,
        until: 'patched',
        atEnd: null,
        allow: [],
        outbound: false,
        reason: null,
        dryRun: false,
        port: 445,
        proto: 'tcp',
        from: null,
        complete: false,
        out: null,
        workarounds: [],
        yes: false,
        interface: null,
        profile: null,
        subnet: [],
        host: '',
        action: '',
        subject: '',
        hostFile: null,
      },
    });
  });

  test('--simulate may stand anywhere', () => {
    for (const line of ['--simulate x status', 'status --simulate x', 'status --simulate=x'])
      expect(parse(line)).toMatchObject({ kind: 'run', command: 'status', options: { simulate: 'x' } });
  });

  test('--allow adds up', () => {
    expect(parse('shield --allow 10.0.0.1 --allow=fd00::/8')).toMatchObject({
      options: { allow: ['10.0.0.1', 'fd00::/8'] },
    });
  });

  test('--only takes several parts', () => {
    expect(parse('inspect --only smb,shield')).toMatchObject({ options: { only: new Set(['smb', 'shield']) } });
  });

  test('--subnet is brought into canonical form', () => {
    expect(parse('review --subnet FD00:0::/64')).toMatchObject({ options: { subnet: ['fd00::/64'] } });
  });

  test.each(['fileserver', 'srv-1.corp.example.', '10.0.0.5', 'fe80::1%eth0', '2001:db8::5'])(
    'probe takes %s',
    (host) => {
      expect(parse(`probe ${host}`)).toMatchObject({ options: { host } });
    },
  );

  test('advisories takes an action, and what it is about', () => {
    expect(parse('advisories show CVE-2020-0796 --json')).toMatchObject({
      command: 'advisories',
      options: { action: 'show', subject: 'CVE-2020-0796', json: true, host: '' },
    });
    expect(parse('advisories check --host pc.json')).toMatchObject({
      options: { action: 'check', hostFile: 'pc.json' },
    });
  });

  test('--help wins over what else is typed, for the command or for all', () => {
    expect(parse('--help')).toEqual({ kind: 'help', command: null });
    expect(parse('-h')).toEqual({ kind: 'help', command: null });
    expect(parse('probe --help')).toEqual({ kind: 'help', command: 'probe' });
    expect(parse('--version')).toEqual({ kind: 'version' });
  });
});

describe('one line says what is wrong and what would be right', () => {
  test.each([
    ['', /name a command: inspect/],
    ['inspekt', /no command "inspekt"; did you mean inspect\?/],
    ['frobnicate', /no command "frobnicate"\. There are: inspect/],
    ['report --out x', /report is not built yet/],
    ['advisories', /advisories needs one of: list, show, update, check\./],
    ['collect --from x', /collect has no option --from/],
    ['advisories lst', /advisories has no "lst"; did you mean list\?/],
    ['advisories show', /advisories show needs an id, e\.g\. CVE-2020-0796\./],
    ['advisories update', /advisories update needs a file, a folder or an https address\./],
    ['advisories list CVE-2020-0796', /advisories does not take "CVE-2020-0796"/],
    ['advisories show a b', /advisories does not take "b"/],
    ['inspect --host x', /inspect has no option --host/],
    ['report', /report is not built yet/],
    ['inspect --jsn', /no option "--jsn"; did you mean --json\?/],
    ['inspect --frobnicate', /no option "--frobnicate"\. See/],
    ['inspect -x', /no option "-x"/],
    ['inspect --dry-run', /inspect has no option --dry-run; it takes --only/],
    ['inspect --json=yes', /--json takes no value/],
    ['inspect --only smb,foo', /--only takes smb, firewall, patch, shield \(with commas\); "foo"/],
    ['inspect --only=', /--only needs a value/],
    ['status extra', /status does not take "extra"/],
    ['shield --until', /--until needs a value: --until WHEN/],
    ['shield --until --json', /--until needs a value/],
    ['shield --until 1d --until 2d', /--until is given twice/],
    ['review --port 0', /--port takes a whole number from 1 to 65535, not "0"/],
    ['review --port 65536', /--port takes/],
    ['review --port 44e1', /--port takes/],
    ['review --proto icmp', /--proto takes tcp or udp, not "icmp"/],
    ['review --profile home', /--profile takes domain or private or public/],
    ['review --subnet 10.0.0.1/8', /--subnet "10.0.0.1\/8" is one address in a network/],
    ['probe', /probe needs a HOST/],
    ['probe a b', /probe does not take "b"/],
    ['probe http://a/', /not a host name or address/],
    ['probe -- --json', /not a host name or address/],
    ['status --simulate', /--simulate needs a value/],
  ])('%s', (line, why) => {
    const parsed = parse(line);
    expect(parsed.kind).toBe('bad');
    if (parsed.kind !== 'bad') return;
    expect(wordsInEnglish(parsed.why)).toMatch(why);
    expect(wordsInEnglish(parsed.why)).not.toContain('\n');
  });

  test('control characters that were typed come back escaped, and long words cut', () => {
    const parsed = parseArguments(['\u001b[31m'.repeat(50)]);
    expect(parsed).toMatchObject({ kind: 'bad' });
    if (parsed.kind !== 'bad') return;
    expect(wordsInEnglish(parsed.why)).not.toContain('\u001b');
    expect(wordsInEnglish(parsed.why).length).toBeLessThan(400);
  });

  test('a name is suggested only where it is near', () => {
    expect(nearest('lfit', ['lift', 'shield'])).toBe('lift');
    expect(nearest('x', ['lift', 'shield'])).toBeNull();
    expect(nearest('z'.repeat(100_000), ['lift'])).toBeNull();
  });
});

describe('the language', () => {
  test.each<[string, readonly string[], string | undefined, string | undefined, string]>([
    ['that is typed', ['inspect', '--lang', 'de'], 'en', 'en_US.UTF-8', 'de'],
    ['that is typed with "="', ['--lang=de'], undefined, undefined, 'de'],
    ["of BREAKWATER_LANG before the system's", ['inspect'], 'de', 'en_US.UTF-8', 'de'],
    ['of the system, in any of its countries', [], undefined, 'de_AT.UTF-8', 'de'],
    ['of the system, as Windows writes it', [], undefined, 'de-CH', 'de'],
    ['of a system without one', [], undefined, 'C', 'en'],
    ['of a system with one that is not there', [], undefined, 'nds_DE', 'en'],
    ['of nothing that is told', [], '', undefined, 'en'],
  ])('is the one %s', (_what, args, variable, locale, tag) => {
    expect(languageOf(args, { BREAKWATER_LANG: variable }, locale)).toBe(tag);
  });

  test('that is not there is refused, with those that are', () => {
    const parsed = parseArguments(['inspect', '--lang', 'nl']);
    expect(parsed.kind === 'bad' && wordsInEnglish(parsed.why)).toBe('--lang takes en or de, not "nl".');
  });

  test('by systems: LC_ALL, LC_MESSAGES, LANG', () => {
    expect(systemLocale({ LC_ALL: 'de_DE', LC_MESSAGES: 'en_US', LANG: 'fr_FR' })).toBe('de_DE');
    expect(systemLocale({ LC_ALL: '', LC_MESSAGES: 'en_US', LANG: 'fr_FR' })).toBe('en_US');
    expect(systemLocale({ LANG: 'fr_FR' })).toBe('fr_FR');
  });
});

describe('help', () => {
  test('names every command that is there, and none that is not', () => {
    const text = help(english, (page) => layGeneralHelp(page, [{ name: 'pc-one', title: 'the first' }]));
    for (const name of commandNames) expect(text).toContain(`\n  ${name} `);
    expect(text).toContain('pc-one');
    expect(text).not.toMatch(/report/);
  });

  const help = (language: Language, lay: (page: Page) => void): string => {
    const page = createPage({ say: sayIn(language), width: 80, colour: false });
    lay(page);
    return page.toString();
  };
  const all = [english, german].flatMap((language) => commandNames.map((name) => [name, language] as const));

  test.each(all)('of %s names its options and its exit codes, in 80 columns, in each language', (name, language) => {
    const text = help(language, (page) => layCommandHelp(page, name));
    for (const option of [...commands[name].options, 'simulate', 'help']) expect(text).toContain(`--${option}`);
    expect(text).toMatch(/^Exit: /m);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});
