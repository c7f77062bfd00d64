// Saved policies that are no whole ones: each with its right answer, and real ones cut short at every place.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { run } from '../../../../main/cli/run';
import type { Review } from '../../../../main/model/review';
import { reviewWindows } from '../../../../main/policy/windows/review';
import { bench, engine } from '../../cli/fakes';
import { treeOf } from './policies';
import { exportText, groupPolicy, queryText } from './registry-writing';

const folder = 'test/fixtures/windows-parts';

interface Case {
  readonly case: string;
  readonly title: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly verdict: string;
  readonly never: readonly string[];
  readonly alsoAccept: readonly string[];
}

const { cases } = JSON.parse(readFileSync(join(folder, 'expectations.json'), 'utf8')) as {
  readonly cases: readonly Case[];
};
const exits = { open: 1, partly: 1, closed: 0, unknown: 6 } as const;

describe('a saved part', () => {
  it('comes in twelve kinds', () => expect(cases.length).toBe(12));

  test.each(cases)('$case, $title', async ({ file, args, verdict, never, alsoAccept }) => {
    const { surroundings, stdout } = bench({ engine: engine({}) });
    const code = await run(['review', '--json', '--from', join(folder, file), ...args], surroundings);
    const said = JSON.parse(stdout()).verdict as keyof typeof exits;
    expect(never).not.toContain(said);
    expect([verdict, ...alsoAccept]).toContain(said);
    expect(code).toBe(exits[said]);
  });
});

describe('a policy that lets somebody in, cut short', () => {
  const of = (text: string, complete: boolean): Review =>
    reviewWindows({ registry: [{ name: 'policy', text }], host: null, complete }, { proto: 'tcp', port: 445 });
  const allow = (name: string) => `v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|App=System|Name=${name}|`;
  const on = { EnableFirewall: 1 };
  const services = { mpssvc: 2, BFE: 2 };
  /** What lets in stands in each place where it can. */
  const drafts = {
    'a local rule': treeOf({
      local: { rules: { a: allow('a'), b: 'v2.30|Action=Block|Active=FALSE|Dir=In|Name=b|' } },
      services,
    }),
    'a switch': treeOf({ local: { keys: { StandardProfile: { EnableFirewall: 0 } } }, services }),
    'the default': treeOf({ local: { keys: { PublicProfile: { ...on, DefaultInboundAction: 0 } } }, services }),
    'a rule of MDM': treeOf({ mdm: { rules: { m: allow('m') } }, services }),
    'a rule of group policy': treeOf({ group: { rules: { g: allow('g') } }, services }),
    'a service': treeOf({ services: { mpssvc: 4, BFE: 2 } }),
    'a block that an owner narrows': treeOf({
      local: {
        rules: {
          a: allow('a'),
          b: 'v2.30|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=445|Name=b|LUOwn=S-1-5-21-1|',
        },
      },
      services,
    }),
  };

  for (const [what, tree] of Object.entries(drafts))
    for (const [shape, text] of [
      ['reg query', queryText(tree)],
      ['reg export', exportText(tree)],
    ] as const)
      it(`${what}, by ${shape}: never closed, at any byte`, () => {
        expect(of(text, true).verdict).toBe('open');
        for (let length = 0; length < text.length; length++)
          expect([length, of(text.slice(0, length), false).verdict]).not.toEqual([length, 'closed']);
      });

  test.each(['win7sp1-x86', 'win10-1903-x64'])('%s, at any byte of what is not a rule', (pc) => {
    const text = readFileSync(`test/fixtures/windows/${pc}/firewallpolicy.txt`, 'utf8');
    // The rules are thousands of bytes of one kind: of each its ends, of every kind of line its every byte.
    const lengths = new Set<number>();
    const kinds = new Set<string>();
    for (const { index, 0: line } of text.matchAll(/[^\n]*\n?/g)) {
      const kind = line.replace(/[\w{}.,:%@$()\\/-]{3,}/g, 'x');
      const isNew = kinds.size < 200 && !kinds.has(kind);
      kinds.add(kind);
      const end = index + line.length;
      const ends = [index, index + 1, end - 2, end - 1, end];
      for (const length of isNew ? Array.from({ length: line.length + 1 }, (_, at) => index + at) : ends)
        lengths.add(length);
    }
    expect(lengths.size).toBeGreaterThan(2000);
    for (const length of lengths)
      expect([length, of(text.slice(0, length), false).verdict]).not.toEqual([length, 'closed']);
  });

  it('with group policy elsewhere known, its last files decide', () => {
    const text = exportText(treeOf({ services }));
    const host = { interfaces: {}, absentKeys: [groupPolicy], otherFirewalls: [] };
    const judge = (part: string) =>
      reviewWindows({ registry: [{ name: 'policy', text: part }], host }, { proto: 'tcp', port: 445 }).verdict;
    expect(judge(text)).toBe('closed');
    for (let length = 0; length < text.length - '\r\n\r\n'.length; length++)
      expect([length, judge(text.slice(0, length))]).not.toEqual([length, 'closed']);
  });
});
