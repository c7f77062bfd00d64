// How a run of nft is understood: by its end and by a listing of tables, whatever it says and in whatever words.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasTable, NftFailed, readNft, unlessAbsent } from '../../../../main/host/linux/nft';
import type { Ran } from '../../../../main/host/run-program';

const ended = (over: Partial<Extract<Ran, { kind: 'ended' }>>): Ran => ({
  ...{ kind: 'ended', code: 1, signal: null, stdout: '', complaint: '', tooMuch: false },
  ...over,
});
const reasonOf = (run: () => unknown): string => {
  try {
    run();
    return 'none';
  } catch (error) {
    return error instanceof NftFailed ? error.reason : String(error);
  }
};

const misleading = fc.constantFrom(
  'nft: error while loading shared libraries: libnftables.so.1: cannot open shared object file: No such file or directory',
  'Error: No such file or directory',
  'Operation not permitted (you must be root)',
  'netlink: Error: cache initialization failed: Operation not permitted',
  '',
);

describe('a run of nft', () => {
  test('is told by how it ended, never by its words', () => {
    fc.assert(
      fc.property(misleading, (complaint) => {
        const reason = (ran: Ran, isAllowed = true) => reasonOf(() => readNft(ran, () => isAllowed));
        expect(reason({ kind: 'not-there' })).toBe('missing-tool');
        expect(reason({ kind: 'not-run', why: complaint })).toBe('not-started');
        expect(reason(ended({ code: 127, complaint }))).toBe('not-started');
        expect(reason(ended({ code: 126, complaint }))).toBe('not-started');
        expect(reason(ended({ code: null, signal: 'SIGKILL', complaint }))).toBe('not-started');
        expect(reason(ended({ code: null, signal: 'SIGKILL', complaint, tooMuch: true }))).toBe('failed');
        expect(reason(ended({ code: 1, complaint }))).toBe('failed');
        expect(reason(ended({ code: 1, complaint }), false)).toBe('not-permitted');
        expect(reason(ended({ code: 0, complaint }))).toBe('none');
      }),
    );
  });
});

const ours = { family: 'inet', name: 'breakwater' };
const metainfo = { metainfo: { version: '1.1.3', json_schema_version: 1 } };
const listing = (...tables: readonly object[]): string =>
  JSON.stringify({ nftables: [metainfo, ...tables.map((table) => ({ table }))] });

describe('a table', () => {
  test('is there where the listing names it with its family', () => {
    expect(hasTable(listing({ ...ours, handle: 3 }), ours)).toBe(true);
    expect(hasTable(listing({ family: 'ip', name: 'breakwater' }, { family: 'inet', name: 'other' }), ours)).toBe(
      false,
    );
    expect(hasTable(listing(), ours)).toBe(false);
  });

  test.each([
    '',
    'table inet breakwater',
    '{}',
    '{"nftables":[]}',
    '{"nftables":{}}',
    '[]',
    'null',
    '{"nftables":[{"table":{}}]}',
  ])('is not said to be away by %j, which is no listing', (text) => {
    expect(reasonOf(() => hasTable(text, ours))).toBe('failed');
  });

  const failing = (reason: NftFailed['reason']) => async (): Promise<string> => {
    throw new NftFailed(reason, reason);
  };

  test('is absent only where nft has run, failed, and listed all others', async () => {
    expect(await unlessAbsent(ours, failing('failed'), async () => listing())).toBeNull();
    for (const reason of ['not-started', 'missing-tool', 'not-permitted'] as const)
      await expect(unlessAbsent(ours, failing(reason), async () => listing())).rejects.toMatchObject({ reason });
    for (const reason of ['not-started', 'failed'] as const)
      await expect(unlessAbsent(ours, failing('failed'), failing(reason))).rejects.toMatchObject({ reason });
    await expect(unlessAbsent(ours, failing('failed'), async () => '')).rejects.toMatchObject({ reason: 'failed' });
  });

  test('that is there and could not be read is tried once more, and is never absent', async () => {
    await expect(unlessAbsent(ours, failing('failed'), async () => listing(ours))).rejects.toMatchObject({
      reason: 'failed',
    });
    let tries = 0;
    const second = async (): Promise<string> => {
      if (tries++ === 0) throw new NftFailed('failed', 'changed meanwhile');
      return 'read';
    };
    expect(await unlessAbsent(ours, second, async () => listing(ours))).toBe('read');
  });
});
