// Whether somebody can be asked for an administrator's password is told by what is there and by exit codes, never by words.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { obstacleToAsking, type PolkitSurroundings, refusedByPolkit } from '../../../../main/host/linux/polkit';
import type { Ran } from '../../../../main/host/run-program';

const ended = (code: number): Ran => ({
  kind: 'ended',
  code,
  signal: null,
  stdout: '',
  complaint: 'whatever it says',
  tooMuch: false,
});
const usual: PolkitSurroundings = {
  isThere: () => false,
  owner: () => ({ uid: 0, mode: 0o104755 }),
  self: (name) => (name === 'status' ? 'NoNewPrivs:\t0\n' : '1 0 8:1 / / rw,relatime - ext4 /dev/sda rw\n'),
  check: async () => ended(2),
};

describe('asking for a password', () => {
  it('is possible on a usual PC', () => {
    expect(obstacleToAsking(usual)).toBeNull();
  });

  it.each([
    ['no_new_privs', { self: (name: string) => (name === 'status' ? 'NoNewPrivs:\t1\n' : '') }, /no_new_privs/],
    ['no pkexec', { owner: () => null }, /not installed/],
    ['a pkexec that is not setuid', { owner: () => ({ uid: 0, mode: 0o100755 }) }, /mode 4755/],
    ["a pkexec that is not root's", { owner: () => ({ uid: 1000, mode: 0o104755 }) }, /belong to root/],
    [
      'a file system without setuid',
      { self: (name: string) => (name === 'status' ? '' : '1 0 8:1 / / rw - x\n2 1 8:2 / /usr rw,nosuid - x\n') },
      /nosuid/,
    ],
  ])('is not with %s', (_, more: Partial<PolkitSurroundings>, says) => {
    expect(obstacleToAsking({ ...usual, ...more })).toMatch(says);
  });

  it.each([
    [126, ended(2), 'denied', /dismissed/],
    [127, ended(1), 'denied', /rules of polkit/],
    [127, ended(2), 'denied', /password was not right, or no program/],
    [127, ended(0), 'denied', /password was not right, or no program/],
    [127, ended(127), 'no-agent', /polkit, which would ask, does not answer/],
    [127, { kind: 'not-run', why: 'x' } as Ran, 'no-agent', /does not answer/],
    [127, { kind: 'not-there' } as Ran, 'denied', /or nobody could be asked/],
  ])('that ended with %i, where pkcheck then ends with %j, is %s', async (code, check, reason, says) => {
    const refusal = await refusedByPolkit({ code, says: '' }, { ...usual, check: async () => check });
    expect(refusal).toMatchObject({ reason, what: expect.stringMatching(says) });
  });

  it('goes by no word of what the programs say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0, 1, 2, 5, 126, 127, null), fc.string(), async (code, says) => {
        const silent = await refusedByPolkit({ code, says: '' }, usual);
        expect((await refusedByPolkit({ code, says }, usual))?.reason).toBe(silent?.reason);
        expect(silent === null).toBe(code !== 126 && code !== 127);
      }),
    );
  });
});
