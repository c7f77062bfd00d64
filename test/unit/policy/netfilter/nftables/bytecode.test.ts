// Conditions that nft leaves out of its listings, read from a real `nft --debug=netlink list ruleset`.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hiddenConditions, readDebugListing } from '../../../../../main/policy/netfilter/nftables/bytecode';
import { spoken } from '../../../in-english';

const printed = readFileSync('test/fixtures/nft/hidden-conditions.debug', 'utf8');
const entry = { kind: 'state', states: ['invalid', 'untracked'], negated: true };

describe('a listing with bytecode', () => {
  it('is parted into the listing and the rules that hide something', () => {
    const { listing, bytecode } = readDebugListing(printed);
    expect(listing.startsWith('table inet t {\n')).toBe(true);
    expect(listing.endsWith('}\n')).toBe(true);
    expect(bytecode.match(/^inet t c \d+/gm)).toEqual([
      'inet t c 3',
      'inet t c 4',
      'inet t c 5',
      'inet t c 6',
      'inet t c 7',
      'inet t c 14',
    ]);
  });

  it('without any rule is all listing, and without any listing is all bytecode', () => {
    expect(readDebugListing('table ip a {\n}\n')).toEqual({ listing: 'table ip a {\n}\n', bytecode: '' });
    const { listing, bytecode } = readDebugListing(printed.slice(0, printed.indexOf('table inet')));
    expect(listing).toBe('');
    expect(bytecode).toBe(readDebugListing(printed).bytecode);
  });
});

describe('hidden conditions', () => {
  it('are told by rule, from all that nft printed or from what was kept of it', () => {
    const found = hiddenConditions(printed);
    expect(spoken(Object.fromEntries(found))).toEqual({
      'inet t c handle 3': [{ kind: 'family', families: ['ipv6'] }],
      'inet t c handle 5': [{ kind: 'unsure', why: 'depends on the kind of network interface (iiftype)' }],
      'inet t c handle 6': [entry, { kind: 'family', families: ['ipv4'] }],
      'inet t c handle 7': [entry, { kind: 'protocol', protocols: [6], negated: false }],
      'inet t c handle 14': [{ kind: 'family', families: ['ipv4'] }],
    });
    expect(hiddenConditions(readDebugListing(printed).bytecode)).toEqual(found);
  });

  it('are not taken from a comment that looks like one', () => {
    expect(printed).toContain('[ meta load iiftype => reg 1 ]');
    expect(printed).toContain('comment "hi [ meta load iiftype');
    expect(hiddenConditions(printed).has('inet t c handle 13')).toBe(false);
  });

  it('that are compared with something else than one value may hold or not', () => {
    const odd = 'inet t c 3\n  [ ct load l3protocol => reg 1 ]\n  [ lookup reg 1 set __set0 0x0 ]\n\n';
    expect(spoken(hiddenConditions(odd).get('inet t c handle 3'))).toEqual([
      entry,
      { kind: 'unsure', why: 'it has a condition that nft does not list' },
    ]);
  });

  it('of a text cut short are those before its end', () => {
    for (let length = 0; length <= printed.length; length += 7)
      for (const where of hiddenConditions(printed.slice(0, length)).keys())
        expect(hiddenConditions(printed).has(where)).toBe(true);
  });
});
