// Reads the description of another PC, as `advisories check --host FILE` takes it: JSON, or what Windows says of itself. Pure.
import * as v from 'valibot';
import type { FeatureStates, PcForPatch } from '../model/advisory';
import type { InstalledPackage, Known, PackagesFound, PatchFact, RestartState, RunningKernel } from '../model/facts';
import { type Message, message } from '../model/message';
import { sambaSourceOf } from './samba-packages';
import { NotAVersion } from './versions/dpkg';
import { buildOf, parseWindows } from './versions/windows';
import { readWindowsText } from './windows-text';

export type DescribedPc =
  /** `unused`: fields that mean nothing here, to be told of. */
  | { readonly kind: 'pc'; readonly pc: PcForPatch; readonly unused: readonly string[] }
  | { readonly kind: 'bad'; readonly why: Message };

const word = v.pipe(v.string(), v.maxLength(200));
const flag = v.optional(v.boolean());
const windowsSchema = v.looseObject({
  os: v.literal('windows'),
  build: word,
  installationType: v.optional(v.picklist(['Client', 'Server', 'Server Core'])),
  edition: v.optional(word),
  arch: v.optional(v.pipe(word, v.rawTransform(architecture))),
  smb1: flag,
  smbServer: flag,
  compression: flag,
  hotpatch: flag,
  preview: flag,
  restartPending: flag,
  updates: v.optional(
    v.pipe(v.array(v.pipe(v.string(), v.regex(/^KB\d{5,8}$/, 'not an update such as KB4012212'))), v.maxLength(5_000)),
  ),
});
const linuxSchema = v.looseObject({
  os: v.literal('linux'),
  distro: word,
  release: v.optional(word),
  kernel: v.optional(word),
  packages: v.optional(
    v.pipe(
      v.unknown(),
      v.check((given) => !Array.isArray(given), 'must name each package with its version: {"samba": "..."}'),
      v.record(word, v.nullable(word)),
    ),
  ),
  smbServer: flag,
  restartPending: flag,
});

/** Total: what is no description is bad, with what would be one. */
export function readDescribedPc(text: string): DescribedPc {
  const said = /^\s*[{[]/.test(text) ? null : readWindowsText(text);
  if (said !== null) return { kind: 'pc', pc: windowsPc({ os: 'windows', ...said }), unused: [] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: 'bad', why: message('patch.described.no-json', { why: (error as Error).message.slice(0, 120) }) };
  }
  const os = typeof value === 'object' && value !== null && 'os' in value ? value.os : undefined;
  try {
    if (os === 'windows')
      return described(v.safeParse(windowsSchema, value), Object.keys(windowsSchema.entries), windowsPc);
    if (os === 'linux') return described(v.safeParse(linuxSchema, value), Object.keys(linuxSchema.entries), linuxPc);
  } catch (error) {
    if (error instanceof NotAVersion) return { kind: 'bad', why: error.said };
    throw error;
  }
  return { kind: 'bad', why: message('patch.described.os') };
}

const architectures: Readonly<Record<string, 'x64' | 'x86' | 'arm64'>> = {
  x64: 'x64',
  amd64: 'x64',
  x86_64: 'x64',
  x86: 'x86',
  i386: 'x86',
  arm64: 'arm64',
  aarch64: 'arm64',
};

/** By Windows' own names (PROCESSOR_ARCHITECTURE) and those of others, in any case. */
function architecture({ dataset, addIssue, NEVER }: v.RawTransformContext<string>): 'x64' | 'x86' | 'arm64' {
  const known = architectures[dataset.value.toLowerCase()];
  if (known !== undefined) return known;
  addIssue({ message: 'must be x64 (AMD64), x86 or arm64' });
  return NEVER;
}

function described<T extends object>(
  parsed: v.SafeParseResult<v.GenericSchema<unknown, T>>,
  names: readonly string[],
  make: (output: T) => PcForPatch,
): DescribedPc {
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return {
      kind: 'bad',
      why: message('patch.described.field', { field: v.getDotPath(issue) ?? '', why: issue.message }),
    };
  }
  return {
    kind: 'pc',
    pc: make(parsed.output),
    unused: Object.keys(parsed.output).filter((name) => !names.includes(name)),
  };
}

function restartOf(pending: boolean | undefined): RestartState {
  if (pending === undefined) return { state: 'unknown', because: message('patch.described.not-told') };
  return { state: pending ? 'pending' : 'none', because: message('patch.described.says-so') };
}

type Described = 'smb1' | 'smb-server' | 'smb-compression';

const switched = (name: Described, on: boolean | undefined): FeatureStates =>
  on === undefined ? {} : { [name]: { on, because: message(`patch.feature.described.${name}-${on ? 'on' : 'off'}`) } };

function windowsPc(host: v.InferOutput<typeof windowsSchema>): PcForPatch {
  const version = parseWindows(host.build);
  const software: PatchFact = {
    kind: 'windows',
    build: buildOf(version),
    ubr: version.ubr,
    installationType: host.installationType ?? null,
    edition: host.edition ?? null,
    architecture: host.arch ?? null,
    hotpatch: host.hotpatch ?? null,
    preview: host.preview ?? null,
    updates: host.updates ?? null,
    restart: restartOf(host.restartPending),
  };
  const features = {
    ...switched('smb1', host.smb1),
    ...switched('smb-server', host.smbServer),
    ...switched('smb-compression', host.compression),
  };
  return { software, why: null, features };
}

function linuxPc(host: v.InferOutput<typeof linuxSchema>): PcForPatch {
  const distribution = host.distro.toLowerCase();
  const software: PatchFact = {
    kind: 'linux',
    distribution,
    release: host.release ?? '',
    packaging: null,
    packages: packagesOf(host.packages),
    kernel: kernelOf(host, distribution),
    restart: restartOf(host.restartPending),
  };
  return { software, why: null, features: switched('smb-server', host.smbServer) };
}

function packagesOf(given: Readonly<Record<string, string | null>> | undefined): Known<PackagesFound> {
  if (given === undefined) return { state: 'unknown', why: message('patch.described.no-packages') };
  const installed = Object.entries(given).flatMap(([name, version]): readonly InstalledPackage[] => {
    if (version === null) return [];
    const sourceVersion = binary(version);
    return [{ name, version, source: sambaSourceOf(name) ?? name, sourceVersion, architecture: '' }];
  });
  const lookedFor = [...new Set(Object.keys(given).map((name) => sambaSourceOf(name) ?? name))];
  return { state: 'known', value: { installed, lookedFor } };
}

/** Sources of kernels, "linux" or "linux-hwe-6.8", but not what else is called so in Debian and Ubuntu. */
const kernelSource =
  /^(?:linux(?:-(?!(?:image|headers|libc|base|firmware|tools|modules|doc|source|perf|config|compiler|kbuild|cpupower|cloud-tools|buildinfo|sysctl-defaults|sound-base)(?:-|$)).*)?|kernel)$/;

/** Ubuntu's packages without files, "linux-generic", which only ask for the newest kernel: one number more than that has. */
const isMeta = (version: string): boolean => /^\d+(?:\.\d+){4}$/.test(version);

/** The kernel that runs, told by its package: "linux" in Debian and Ubuntu, "kernel" in RPM distributions. */
function kernelOf(
  { kernel: release, packages = {}, restartPending }: v.InferOutput<typeof linuxSchema>,
  distribution: string,
): Known<RunningKernel> {
  const named = Object.entries(packages).flatMap(([source, version]) =>
    version !== null && kernelSource.test(source) && !isMeta(version) ? [{ source, version: binary(version) }] : [],
  );
  const [only] = named;
  if (only === undefined || named.length > 1)
    return release === undefined
      ? { state: 'unknown', why: message(only ? 'patch.described.several' : 'patch.described.not-told') }
      : { state: 'known', value: { release, packageVersion: null, source: null } };
  if (release === undefined)
    return restartPending === true
      ? { state: 'unknown', why: message('patch.described.older-may-run') }
      : { state: 'known', value: { release: only.version, packageVersion: only.version, source: only.source } };
  const image = packages[`linux-image-${release}`];
  const packageVersion = image ? binary(image) : only.version;
  const isIt = image ? true : isBuiltFrom(release, packageVersion, distribution);
  return {
    state: 'known',
    value: { release, packageVersion: isIt ? packageVersion : null, source: isIt ? only.source : null },
  };
}

/** A rebuild without changes adds +bN (deb-version(7), binNMU). */
const binary = (version: string): string => version.replace(/\+b\d+$/, '');

/**
 * Whether a kernel that calls itself `release` can be of a package of this version: "5.15.0-91-generic" of Ubuntu's 5.15.0-91.101,
 * "5.14.0-427.13.1.el9_4.x86_64" of RPM's 5.14.0-427.13.1.el9_4; Debian's "6.1.0-18-amd64" tells the branch only.
 */
function isBuiltFrom(release: string, packageVersion: string, distribution: string): boolean {
  const version = packageVersion.replace(/^\d+:/, '');
  const ubuntu = distribution === 'ubuntu' ? /^\d+\.\d+\.\d+-\d+(?=-)/.exec(release)?.[0] : undefined;
  if (ubuntu !== undefined) return version === ubuntu || version.startsWith(`${ubuntu}.`);
  if (/\.(?:el|fc)\d/.test(version)) return release === version || release.startsWith(`${version}.`);
  const branch = (text: string): string | undefined => /^\d+\.\d+(?!\d)/.exec(text)?.[0];
  return branch(release) !== undefined && branch(release) === branch(version);
}
