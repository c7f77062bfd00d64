// The records that the product brings, as the build takes them in, and PCs to hold against them.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Catalogue, PcForPatch } from '../../../main/model/advisory';
import { MessageError } from '../../../main/model/message-error';
import { assemble } from '../../../main/patch/assemble';
import { readDescribedPc } from '../../../main/patch/described-pc';
import { readRecords } from '../../../main/patch/records/read';
import type { CatalogueRecord, Refused } from '../../../main/patch/records/record';

const catalogueFolder = join(dirname(fileURLToPath(import.meta.url)), '../../../main/patch/catalogue');

export function bundledRecords(): {
  readonly records: readonly CatalogueRecord[];
  readonly refused: readonly Refused[];
} {
  const names = (readdirSync(catalogueFolder, { recursive: true }) as string[]).filter((name) =>
    name.endsWith('.json'),
  );
  const read = names
    .sort()
    .map((name) => readRecords(readFileSync(join(catalogueFolder, name), 'utf8'), name, 'breakwater'));
  return { records: read.flatMap(({ records }) => records), refused: read.flatMap(({ refused }) => refused) };
}

export const bundledCatalogue = (): Catalogue => assemble(bundledRecords().records, { updates: [], problems: [] });

/** A PC as `--host FILE` describes it. */
export function pcLike(description: object): PcForPatch {
  const read = readDescribedPc(JSON.stringify(description));
  if (read.kind === 'bad') throw new MessageError(read.why);
  return read.pc;
}

export const windows = (build: string, more: object = {}): PcForPatch =>
  pcLike({
    os: 'windows',
    build: `10.0.${build}`,
    installationType: 'Client',
    arch: 'x64',
    edition: 'Professional',
    ...more,
  });
export const server = (build: string, more: object = {}): PcForPatch =>
  windows(build, { installationType: 'Server', edition: 'ServerStandard', ...more });
export const debian = (release: string, samba: string, more: object = {}): PcForPatch =>
  pcLike({ os: 'linux', distro: 'debian', release, packages: { samba }, ...more });
export const linux = (
  distro: string,
  release: string,
  packages: Readonly<Record<string, string | null>>,
  more: object = {},
): PcForPatch => pcLike({ os: 'linux', distro, release, packages, ...more });

/** Builds of Enterprise Linux in their order, for tests that only count: "3-1" of release 9 is its 4.18.6-1.el9. */
export const elBuild = (short: string, major = '9'): string =>
  short.replace(/(\d)-(\d+)$/, (_, number: string, release: string) => {
    const releases =
      major === '10' ? ['4.21.3', '4.22.4', '4.23.5'] : ['4.16.4', '4.17.5', '4.18.6', '4.19.4', '4.20.2'];
    return `${releases[Number(number) - (major === '10' ? 2 : 1)]}-${release}.el${major}`;
  });
