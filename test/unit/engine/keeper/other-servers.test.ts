// Servers that no package brought, over the looks of a keeper: gone for good only after a while in one start of the PC.
import { expect, it } from 'vitest';
import { forgotten, remember, withoutOthers } from '../../../../main/engine/keeper/other-servers';
import type { OtherServers, ReasonPatch } from '../../../../main/model/kept';

const smbd = 'smbd (process 812, /opt/samba/sbin/smbd)';
const patched: ReasonPatch = { state: 'patched', because: ['It is fixed.'] };
/** The clock is set anew at each look: only the time since the start counts. */
const at = (minute: number, boot: string) => ({
  now: new Date(Date.UTC(2026, 10, 24, 12 + 7 * minute)),
  uptime: 60 * minute,
  boot,
});

/** What each look makes of "patched": minute, start of the PC, who runs (null = could not be told). */
function over(looks: readonly (readonly [minute: number, boot: string, seen: readonly string[] | null])[]) {
  let last: OtherServers | null = null;
  return looks.map(([minute, boot, seen]) => {
    last = remember(last, seen, at(minute, boot));
    return withoutOthers(patched, last, at(minute, boot)).state;
  });
}

it('nobody was ever seen: what the packages say counts at once', () => {
  expect(over([[0, 'a', []]])).toEqual(['patched']);
  expect(over([[0, 'a', null]])).toEqual(['patched']);
});

it('counts ten minutes after they were seen last', () => {
  expect(
    over([
      [0, 'a', [smbd]],
      [1, 'a', []],
      [10, 'a', []],
      [11, 'a', []],
    ]),
  ).toEqual([...['unknown', 'unknown', 'unknown'], 'patched']);
});

it('begins anew with each start of the PC, where they come back, and where it could not be told', () => {
  expect(
    over([
      [0, 'a', [smbd]],
      [1, 'a', []],
      [40, 'b', []],
      [49, 'b', []],
      [50, 'b', []],
    ]),
  ).toEqual([...['unknown', 'unknown', 'unknown', 'unknown'], 'patched']);
  for (const between of [[smbd], null])
    expect(
      over([
        [0, 'a', [smbd]],
        [1, 'a', []],
        [9, 'a', between],
        [12, 'a', []],
        [21, 'a', []],
        [22, 'a', []],
      ]),
    ).toEqual([...['unknown', 'unknown', 'unknown', 'unknown', 'unknown'], 'patched']);
});

it('says who it was, when, and what the packages say', () => {
  const last = remember(remember(null, [smbd], at(0, 'a')), [], at(1, 'a'));
  const { because } = withoutOthers(patched, last, at(2, 'a'));
  expect(because.join(' ')).toMatch(/It is fixed.*smbd \(process 812.*was here at 2026-11-24 12:00 UTC.*ten minutes/);
  expect(withoutOthers({ state: 'vulnerable', because: [] }, last, at(2, 'a')).state).toBe('vulnerable');
  expect(withoutOthers({ state: 'not-affected', because: [] }, last, at(2, 'a')).state).toBe('unknown');
});

it('a note that was lost may have told of some: ten minutes are waited for', () => {
  const last = remember(forgotten(at(0, 'a')), [], at(0, 'a'));
  expect(withoutOthers(patched, last, at(9, 'a')).state).toBe('unknown');
  expect(withoutOthers(patched, last, at(10, 'a')).state).toBe('patched');
});
