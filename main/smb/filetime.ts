// Windows' time: 100-nanosecond steps since the year 1601, UTC ([MS-DTYP] 2.3.3).

/** ISO 8601 UTC to the millisecond, or null for 0 ("not told") and for times after the year 9999. `at` + 8 lies inside `bytes`. */
export function readFiletime(bytes: Buffer, at: number): string | null {
  const steps = bytes.readBigUInt64LE(at);
  if (steps === 0n || steps >= tooLate) return null;
  return new Date(Number(steps / 10_000n) - epochGap).toISOString();
}

/** Milliseconds from 1601 to 1970. */
const epochGap = 11_644_473_600_000;
/** The year 10000: from there on ISO 8601 needs agreement between the parties. */
const tooLate = BigInt(Date.UTC(10_000, 0) + epochGap) * 10_000n;
