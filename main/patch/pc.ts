// A PC as far as its patches go, put together from the facts that were read. Pure.
import type { FeatureStates, PcForPatch } from '../model/advisory';
import type { Facts, Known, Listener, PatchFact, ServerSetting, Serving, SmbServer } from '../model/facts';
import { type Message, message } from '../model/message';
import { strangerText } from '../model/untrusted-text';

type PatchFacts = Pick<Facts, 'patch' | 'servers' | 'listeners'>;

/** What was not read is not known: it never makes a PC patched, nor a door closed. */
export function pcOf(facts: PatchFacts): PcForPatch {
  const { patch } = facts;
  if (patch.state !== 'known') return { software: null, why: patch.why, features: {} };
  return { software: softwareOf(facts, patch.value), why: null, features: featuresOf(facts, patch.value) };
}

function softwareOf(facts: PatchFacts, software: PatchFact): PatchFact {
  if (software.kind !== 'linux' || software.packages.state !== 'known') return software;
  const why = serverOfNoPackage(facts) ?? unreadServer(facts, software.packages.value.installed);
  if (why !== null) return { ...software, packages: { state: 'unknown', why } };
  const { serving } = software;
  return serving === undefined ? software : { ...software, serving: withHolders(serving, facts) };
}

/** Names of Samba's server, and of what passes a port on into a container: docker, podman, rootless ones. */
const serversByName = /^(?:smbd|samba|docker-proxy|rootlessport|rootlesskit|slirp4netns|pasta|passt|conmon)/;

/** Whoever else holds the door: a Samba that was not looked at, as an ordinary user runs it, or one in a container. */
function withHolders(serving: Known<Serving>, { servers, listeners }: PatchFacts): Known<Serving> {
  if (serving.state === 'unknown' || listeners.state !== 'known') return serving;
  const { pids, elsewhere, unsure } = serving.value;
  const door = listeners.value.filter(isAtTheDoor);
  const others = door.flatMap(({ owner, port }) =>
    owner === null || owner.pid === null || pids.includes(owner.pid) || !serversByName.test(owner.name)
      ? []
      : [`${strangerText(owner.name, 20)} (process ${owner.pid}), which holds TCP port ${port},`],
  );
  const isKernels = servers.state === 'known' && servers.value.some(({ product }) => product === 'ksmbd');
  const isUnseen = pids.length === 0 && !isKernels && door.some(({ owner }) => owner === null);
  return {
    state: 'known',
    value: {
      ...serving.value,
      elsewhere: [...elsewhere, ...new Set(others)],
      unsure: isUnseen ? [...unsure, 'the program that holds the port, which could not be seen,'] : unsure,
    },
  };
}

/** What packages there are says nothing of a server that no package brought: one built here, or one in a container. Null = none is here. */
export function serverOfNoPackage({ patch, servers, listeners }: PatchFacts): Message | null {
  if (patch.state !== 'known' || patch.value.kind !== 'linux' || patch.value.packages.state !== 'known') return null;
  if (patch.value.packages.value.installed.some(isSamba)) return null;
  const products = servers.state === 'known' ? servers.value.map(({ product }) => product) : [];
  const isServed = listeners.state === 'known' && listeners.value.some(isAtTheDoor) && !products.includes('ksmbd');
  return isServed || products.includes('samba') ? message('patch.server-of-no-package') : null;
}

const isSamba = ({ name }: { readonly name: string }): boolean => name === 'samba';

/** Where reading failed nobody can say that there is no server. Null = it did not, or the packages' own server is here. */
function unreadServer(
  { servers, listeners }: PatchFacts,
  installed: readonly { readonly name: string }[],
): Message | null {
  if (installed.some(isSamba)) return null;
  for (const fact of [servers, listeners])
    if (fact.state === 'failed' || fact.state === 'not-permitted')
      return message('patch.server-unread', { why: fact.why });
  return null;
}

function featuresOf({ servers, listeners }: PatchFacts, { kind }: PatchFact): FeatureStates {
  const waiting = listeners.state === 'known' ? listeners.value.filter(isAtTheDoor) : null;
  const products = servers.state === 'known' ? servers.value : null;
  const settings = products?.flatMap((server) => (server.product === 'windows' ? server.settings : [])) ?? [];
  return {
    ...(waiting?.length === 0 ? { 'smb-server': off(message('patch.feature.nobody-waits')) } : {}),
    ...(kind === 'windows' ? windowsFeatures(settings) : {}),
    ...(kind === 'linux' && products !== null && products.every(({ product }) => product !== 'ksmbd')
      ? { ksmbd: off(message('patch.feature.no-ksmbd')) }
      : {}),
    ...(kind === 'linux' && products !== null ? sambaFeatures(products) : {}),
  };
}

const off = (because: Message): { readonly on: false; readonly because: Message } => ({ on: false, because });

const isAtTheDoor = ({ protocol, port, address }: Listener): boolean =>
  protocol === 'tcp' && (port === 445 || port === 139) && !/^(?:127\.|::1$)/.test(address);

/** Of every Samba here; a setting that is not listed is not known. */
function sambaFeatures(products: readonly SmbServer[]): FeatureStates {
  const sambas = products.filter(({ product }) => product === 'samba');
  const all = (name: string, isOff: (value: string) => boolean): ServerSetting | undefined => {
    const found = sambas.map(({ settings }) => settings.find((one) => one.name === name));
    return found.every((one) => one !== undefined && isOff(one.value)) ? found[0] : undefined;
  };
  const fruit = all(
    anyVfsObjects,
    (value) =>
      !value
        .toLowerCase()
        .split(/[\s,]+/)
        .includes('fruit'),
  );
  const role = all('server role', (value) =>
    /^(?:auto|standalone(?: server)?|member(?: server)?)$/i.test(value.trim()),
  );
  const logons = all('domain logons', (value) => /^(?:no|false|0|off)$/i.test(value.trim()));
  return {
    ...(fruit ? { 'vfs-fruit': off(message('patch.feature.no-fruit', { from: fruit.from })) } : {}),
    ...(role && logons
      ? { 'domain-controller': off(message('patch.feature.samba-no-controller', { from: role.from })) }
      : {}),
  };
}

/** The modules of all shares together, as the reading of Samba's configuration lists them. */
export const anyVfsObjects = 'vfs objects (of any share)';

/** By the values that switch something off; anything else leaves it open whether it is on. Some count from the next start on only. */
function windowsFeatures(settings: readonly ServerSetting[]): FeatureStates {
  const find = (names: readonly string[], values: readonly string[]): ServerSetting | undefined =>
    settings.find(({ name, value }) => names.includes(name) && values.includes(value));
  const smb1 = find(['SMB1 server', 'SMB1'], ['0', 'off', 'not installed']);
  const smb2 = find(['SMB2'], ['0']);
  const spooler = find(['Print Spooler service'], ['disabled']);
  const plain = find(['ProductType'], ['WinNT', 'ServerNT']);
  const compression = find(['DisableCompression'], ['1']);
  return {
    ...(smb1
      ? {
          smb1: off(
            message(smb1.value === 'not installed' ? 'patch.feature.smb1-not-installed' : 'patch.feature.smb1-off', {
              from: smb1.from,
            }),
          ),
        }
      : {}),
    ...(smb2 ? { smb2: off(message('patch.feature.smb2-off', { from: smb2.from })) } : {}),
    ...(spooler
      ? {
          'print-spooler': off(message('patch.feature.spooler-off', { from: spooler.from })),
        }
      : {}),
    ...(plain ? { 'domain-controller': off(message('patch.feature.no-controller', { from: plain.from })) } : {}),
    ...(compression
      ? { 'smb-compression': off(message('patch.feature.compression-off', { from: compression.from })) }
      : {}),
  };
}
