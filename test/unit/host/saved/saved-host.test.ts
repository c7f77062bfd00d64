// A saved PC can be judged, and nothing of this PC can be reached or changed through it.
import { describe, expect, it } from 'vitest';
import { type SavedPc, savedHost } from '../../../../main/host/saved/saved-host';

const place = { path: '/saved/pc', at: '2026-11-24T12:00:00.000Z' };
const linux: SavedPc = {
  platform: 'linux',
  place,
  policy: {
    rulesetJson: '{"nftables": []}',
    rulesetText: null,
    rulesetBytecode: null,
    iptablesSave: null,
    ip6tablesSave: null,
    iptablesLegacy: null,
    ip6tablesLegacy: null,
    ipset: null,
    host: null,
  },
};

describe('a saved PC', () => {
  it('offers what judges it, and no way to this PC', async () => {
    const host = await savedHost(linux);
    expect(Object.keys(host).sort()).toEqual([
      'findShield',
      'now',
      'passesOn',
      'platform',
      'readFacts',
      'review',
      'rulesExpire',
      'saved',
      'simulated',
    ]);
    expect(host.saved).toEqual(place);
  });

  it('tells of facts that were not saved that they were not', async () => {
    const host = await savedHost(linux);
    const { system, ruleset, patch } = await host.readFacts(new Set(['system', 'ruleset']), () => undefined);
    expect(system.state).toBe('failed');
    expect(ruleset).toMatchObject({ state: 'known', source: { kind: 'file', name: 'ruleset.json' } });
    expect(patch.state).toBe('not-asked');
  });
});
