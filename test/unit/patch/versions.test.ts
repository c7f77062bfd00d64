// The order of versions, beside what dpkg and rpm themselves say of thousands of random pairs.
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { compareDpkg, NotAVersion } from '../../../main/patch/versions/dpkg';
import { compareRpm, compareRpmPart } from '../../../main/patch/versions/rpm';
import { parseWindows } from '../../../main/patch/versions/windows';

type Pair = readonly [string, string];

/** Repeatable: the same pairs on every run. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function textOf(next: (below: number) => number, alphabet: readonly string[], most: number): string {
  return Array.from({ length: 1 + next(most) }, () => alphabet[next(alphabet.length)]).join('');
}

/** Pairs that share most of their text: what differs late is what orders get wrong. */
function pairsOf(count: number, seed: number, make: (next: (below: number) => number) => string): readonly Pair[] {
  const next = chance(seed);
  return Array.from({ length: count }, () => {
    const a = make(next);
    const other = make(next);
    const cut = next(a.length + 1);
    return next(3) === 0 ? [a, other] : [a, a.slice(0, cut) + other.slice(Math.min(cut, other.length))];
  });
}

const debianParts = [
  '0',
  '1',
  '2',
  '9',
  '10',
  '00',
  '.',
  '+',
  '~',
  'a',
  'b',
  'Z',
  'dfsg',
  'deb12u',
  '~bpo',
  'ubuntu',
  'rc',
];

function debianVersion(next: (below: number) => number): string {
  const epoch = next(4) === 0 ? `${next(3)}:` : '';
  const revision = next(4) === 0 ? '' : `-${textOf(next, debianParts, 5)}`;
  const hyphen = revision !== '' && next(6) === 0 ? `-${next(4)}` : '';
  return `${epoch}${next(12)}${textOf(next, debianParts, 6)}${hyphen}${revision}`;
}

const isDebian = (version: string): boolean => /^(?:\d+:)?\d[A-Za-z0-9.+~-]*$/.test(version) && !/-$/.test(version);

const realDebian: readonly string[] = [
  '2:4.13.13+dfsg-1~deb11u3',
  '2:4.13.13+dfsg-1~deb11u5',
  '2:4.17.12+dfsg-0+deb12u1',
  '2:4.17.12+dfsg-0+deb12u2',
  '2:4.17.12+dfsg-0+deb12u1+b1',
  '2:4.17.9+dfsg-0+deb12u3',
  '2:4.13.17~dfsg-0ubuntu0.21.10.1',
  '2:4.13.14+dfsg-0ubuntu0.20.04.4',
  '2:4.3.11+dfsg-0ubuntu0.16.04.34+esm1',
  '4.17.12',
  '2:4.22.4+dfsg-1~deb13u1',
  '6.1.76-1',
  '6.1.76-1+b1',
  '5.15.0-91.101',
  '5.15.0-91.101~20.04.1',
];

describe('versions of Debian and Ubuntu', () => {
  it('order as dpkg itself orders them', () => {
    const pairs = realDebian.flatMap((a) => realDebian.map((b): Pair => [a, b]));
    for (const [a, b] of pairs) {
      const { status } = spawnSync('dpkg', ['--compare-versions', a, 'lt', b]);
      expect([a, b, compareDpkg(a, b) < 0]).toEqual([a, b, status === 0]);
    }
  });

  it("order as dpkg's own library does, on 20,000 random pairs", () => {
    const pairs = pairsOf(20_000, 7, debianVersion).filter((pair) => pair.every(isDebian));
    expect(pairs.length).toBeGreaterThan(15_000);
    const program = 'while (<>) { chomp; my ($a, $b) = split /\\t/; print version_compare($a, $b), "\\n" }';
    const input = pairs.map((pair) => `${pair.join('\t')}\n`).join('');
    const theirs = execFileSync('perl', ['-MDpkg::Version', '-e', program], { input, encoding: 'utf8' });
    const ours = pairs.map(([a, b]) => String(Math.sign(compareDpkg(a, b))));
    expect(disagreements(pairs, ours, theirs.trim().split('\n'))).toEqual([]);
  });

  it.each(['', 'abc', '1:', ':1', '1_2', '1.0-', 'x:1', '1 2', '-1'])(
    'refuses %j, which dpkg would not take',
    (text) => {
      expect(() => compareDpkg(text, '1')).toThrow(NotAVersion);
    },
  );
});

const rpmParts = ['0', '1', '2', '9', '10', '01', '.', '_', '~', '^', 'a', 'b', 'Z', 'el9', 'rc', 'git', '+'];

describe('versions of RPM', () => {
  it("order as rpm's own rpmvercmp does, on 20,000 random pairs", () => {
    const pairs = pairsOf(20_000, 11, (next) => textOf(next, rpmParts, 8));
    const lua = pairs.map(([a, b]) => `print(rpm.vercmp("${a}","${b}")," ")`);
    const theirs = inPieces(lua, 500).flatMap((piece) =>
      execFileSync('rpm', ['--eval', `%{lua:${piece.join(' ')}}`], { encoding: 'utf8' })
        .trim()
        .split(/\s+/),
    );
    const ours = pairs.map(([a, b]) => String(compareRpmPart(a, b)));
    expect(disagreements(pairs, ours, theirs)).toEqual([]);
  });

  it('puts the epoch first, then the version, then the release', () => {
    expect(compareRpm('1:1.0-1', '0:2.0-1')).toBeGreaterThan(0);
    expect(compareRpm('0:4.18.6-3.el9_3', '4.18.6-3.el9_3')).toBe(0);
    expect(compareRpm('0:4.18.6-3.el9', '0:4.18.6-3.el9_3')).toBeLessThan(0);
    expect(compareRpm('0:4.18.6', '0:4.18.6-3.el9')).toBe(0);
  });

  it.each(['', '1:', 'a b', '1-2-3', 'x:1-1'])('refuses %j', (text) => {
    expect(() => compareRpm(text, '1-1')).toThrow(NotAVersion);
  });
});

describe('versions of Windows', () => {
  it('have a build and, where it is told, a revision', () => {
    expect(parseWindows('10.0.19045.3086')).toEqual({ major: 10, minor: 0, build: 19045, ubr: 3086 });
    expect(parseWindows('6.1.7601')).toEqual({ major: 6, minor: 1, build: 7601, ubr: null });
  });

  it.each(['', '10', '10.0', '10.0.19045.', '10.0.19045.3086.1', 'Windows 10', '10.0.-1', '10.0.19045.99999999999'])(
    'refuse %j',
    (text) => {
      expect(() => parseWindows(text)).toThrow(NotAVersion);
    },
  );
});

const disagreements = (
  pairs: readonly Pair[],
  ours: readonly string[],
  theirs: readonly string[],
): readonly unknown[] =>
  pairs
    .flatMap((pair, at) => (ours[at] === theirs[at] ? [] : [{ pair, ours: ours[at], theirs: theirs[at] }]))
    .slice(0, 10);

function inPieces<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}
