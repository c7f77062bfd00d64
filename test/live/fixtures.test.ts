// The shield over every firewall in test/fixtures/linux: shut to everybody, and gone without a trace when lifted.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bed, raiseBed } from './bed/bed';
import { openOnes } from './bed/connects';
import { aRequest, token } from './bed/requests';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../fixtures/linux');
const cases = readdirSync(folder).map((name) => {
  const file = (suffix: string): string | null => {
    const path = join(folder, name, suffix);
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  };
  return { name, about: file('README')?.trim() ?? '', file };
});

/** How the rules get into the kernel: each program with the file it takes, in this order. */
const loaders: readonly [string, readonly string[]][] = [
  ['ruleset.nft', ['nft', '-f', '-']],
  ['ipset.txt', ['ipset', 'restore']],
  ['iptables-save.txt', ['iptables-nft-restore']],
  ['ip6tables-save.txt', ['ip6tables-nft-restore']],
  ['iptables-legacy.txt', ['iptables-legacy-restore']],
  ['ip6tables-legacy.txt', ['ip6tables-legacy-restore']],
];

/** Everything that is not ours, in the words of the tool that owns it, without counters. */
const listings = ['nft -s list ruleset', 'iptables-legacy-save', 'ip6tables-legacy-save', 'ipset save'];

describe('the shield over a foreign firewall', () => {
  let bed: Bed;
  beforeAll(async () => {
    bed = await raiseBed();
  });
  afterAll(() => bed.down());
  beforeEach(async () => {
    const clear = ['nft flush ruleset', 'iptables-legacy -F', 'ip6tables-legacy -F', 'ipset destroy'].join('\n');
    expect(await bed.run(['bash', '-ec', clear])).toMatchObject({ code: 0 });
  });

  const listAll = async (): Promise<string> => {
    const { code, stdout } = await bed.run(['bash', '-ec', listings.join('\n')]);
    expect(code).toBe(0);
    // iptables-legacy-save dates its output and counts packets; ipset's order of members is its own.
    return stdout.replace(/^# .*$|\[\d+:\d+\]/gm, '');
  };
  const ask = async (act: 'shield' | 'lift'): Promise<void> => {
    const { code, stdout, stderr } = await bed.helper([token(aRequest(act))]);
    expect({ code, stderr, answer: JSON.parse(stdout) }).toMatchObject({
      code: 0,
      stderr: '',
      answer: { act, outcome: { kind: 'done', unchanged: false } },
    });
  };

  it.each(cases)('$name: $about', async ({ file }) => {
    // What iptables saved stands in nft's listing too, in words that nft itself can't read back.
    const isSaved = file('iptables-save.txt') !== null || file('ip6tables-save.txt') !== null;
    const texts = loaders.flatMap(([name, argv]) => {
      const text = isSaved && name === 'ruleset.nft' ? null : file(name);
      return text === null ? [] : [{ argv, text }];
    });
    expect(texts).not.toEqual([]);
    for (const { argv, text } of texts) {
      expect(await bed.run(argv, { input: text })).toMatchObject({ code: 0, stderr: '' });
    }
    const before = await listAll();
    // Whoever gets in does so at once here, so that a short silence is enough.
    const open = openOnes(await bed.connect(0.2));

    await ask('shield');
    expect(openOnes(await bed.connect(0.2))).toEqual(open.filter((name) => name.startsWith('loopback')));

    await ask('lift');
    expect(await listAll()).toBe(before);
  });
});
