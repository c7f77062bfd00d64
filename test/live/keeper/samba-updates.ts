// An update of Samba that closes a hole, in versions of the Debian release that runs.
import { readFileSync } from 'node:fs';
import * as v from 'valibot';

const record = v.object({
  affected: v.array(
    v.object({
      package: v.object({ ecosystem: v.string(), name: v.string() }),
      ranges: v.array(v.object({ events: v.array(v.object({ fixed: v.optional(v.string()) })) })),
    }),
  ),
});

export interface SambaUpdate {
  /** The hole, as `--reason` takes it. */
  readonly reason: string;
  /** The version before the one that closes it, of the same line: "...+deb12u3" before "...+deb12u4". */
  readonly old: string;
  /** The first version in which it is closed, as the bundled record of this release has it. */
  readonly fixed: string;
}

/** Throws where the record knows nothing of this release, or its version is not an update within the release. */
export function sambaUpdate(): SambaUpdate {
  const reason = 'CVE-2026-4480';
  const release = /^VERSION_ID="?(\d+)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
  const text = readFileSync(`main/patch/catalogue/osv/DEBIAN-${reason}.json`, 'utf8');
  const affected = v
    .parse(record, JSON.parse(text))
    .affected.find((one) => one.package.ecosystem === `Debian:${release}` && one.package.name === 'samba');
  const fixed = affected?.ranges.flatMap(({ events }) => events).find((event) => event.fixed !== undefined)?.fixed;
  const parts = /^(.+\+deb\d+u)(\d+)$/.exec(fixed ?? '');
  if (fixed === undefined || parts === null || Number(parts[2]) < 2)
    throw new Error(`${reason} names no update of Samba within Debian ${release}: ${fixed ?? 'no version at all'}.`);
  return { reason, old: `${parts[1]}${Number(parts[2]) - 1}`, fixed };
}
