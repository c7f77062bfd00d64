// Other tools on this PC that write firewall rules, and whether they are at work.
import type { FirewallManager } from '../../../model/facts';
import { type SystemFiles, Unreadable } from './files';
import { readInterfaceNames } from './network';
import { type Processes, userOf } from './processes';

/** Tools that are neither installed nor at work are left out. */
export function readManagers(files: SystemFiles, processes: Processes): readonly FirewallManager[] {
  const look: Look = {
    files,
    // Anybody may give their program such a name.
    running: (names) =>
      processes.list.find(({ name, pid }) => names.includes(name) && userOf(files, pid) === 0)?.name ?? null,
    unseen: processes.complete ? 'inactive' : 'unknown',
  };
  return managers.flatMap(({ name, title, judge }) => {
    try {
      return judge(look) ?? [];
    } catch (error) {
      // What tells of one tool may be kept from this user: the others are told all the same.
      if (!(error instanceof Unreadable)) throw error;
      return { name, title, state: 'unknown', because: error.message };
    }
  });
}

interface Look {
  readonly files: SystemFiles;
  /** The first of these that an administrator runs. */
  running(names: readonly string[]): string | null;
  /** What it means that no process of a tool is seen. */
  readonly unseen: 'inactive' | 'unknown';
}

type Judge = (look: Look) => FirewallManager | null;

const nftables: Judge = ({ files }) => {
  const rules = '/etc/nftables.conf';
  if (!files.exists('/usr/sbin/nft') && !files.exists(rules)) return null;
  const link = ['sysinit', 'multi-user', 'basic']
    .map((target) => `/etc/systemd/system/${target}.target.wants/nftables.service`)
    .find((path) => files.isNamed(path));
  return {
    name: 'nftables',
    title: 'nftables',
    state: link === undefined ? 'inactive' : 'active',
    because:
      link === undefined
        ? 'nftables.service is not enabled'
        : `nftables.service is enabled (${link}): it loads ${rules}`,
  };
};

const ufw: Judge = ({ files }) => {
  const path = '/etc/ufw/ufw.conf';
  const judged = (state: FirewallManager['state'], because: string): FirewallManager => ({
    name: 'ufw',
    title: 'ufw (Uncomplicated Firewall)',
    state,
    because,
  });
  let text: string | null;
  try {
    text = files.readIfThere(path);
  } catch (error) {
    return judged('unknown', error instanceof Error ? error.message : String(error));
  }
  if (text === null)
    return files.exists('/usr/sbin/ufw') ? judged('unknown', `ufw is installed, but ${path} does not exist`) : null;
  // The file is read by a shell: the last assignment counts.
  const value = [...text.matchAll(/^\s*ENABLED\s*=\s*["']?([^"'\s#]*)/gim)].at(-1)?.[1];
  if (value === undefined) return judged('unknown', `${path} does not say whether ufw is on`);
  return judged(/^yes$/i.test(value) ? 'active' : 'inactive', `ENABLED=${value} in ${path}`);
};

const firewalld: Judge = ({ files, running, unseen }) => {
  const judged = (state: FirewallManager['state'], because: string): FirewallManager => ({
    name: 'firewalld',
    title: 'firewalld',
    state,
    because,
  });
  if (running(['firewalld'])) return judged('active', 'firewalld is running');
  if (files.exists('/run/firewalld.pid'))
    return judged('unknown', '/run/firewalld.pid exists, but no process firewalld is seen');
  return files.exists('/etc/firewalld') ? judged(unseen, 'no process firewalld is seen') : null;
};

const legacy: Judge = ({ files }) => {
  const judged = (state: FirewallManager['state'], because: string): FirewallManager => ({
    name: 'iptables-legacy',
    title: 'iptables (old kernel interface)',
    state,
    because,
  });
  const tables = /^ip6?table_(filter|nat|mangle|raw|security) /gm;
  const modules = [...(files.readIfThere('/proc/modules') ?? '').matchAll(tables)].map((match) => match[0].trim());
  if (modules.length > 0) return judged('active', `kernel modules ${modules.join(', ')} are loaded`);
  const paths = ['/proc/net/ip_tables_names', '/proc/net/ip6_tables_names'];
  let names: readonly string[] | null;
  try {
    names = paths.flatMap((path) => (files.readIfThere(path) ?? '').split('\n').filter((name) => name !== ''));
  } catch {
    names = null;
  }
  if (names !== null && names.length > 0)
    return judged('active', `the kernel lists its tables ${[...new Set(names)].join(', ')}`);
  if (!files.exists('/usr/sbin/iptables-legacy')) return null;
  if (names !== null) return judged('inactive', 'installed, but the kernel lists no tables of it');
  // Where its tables are modules, none of them being loaded is an answer; a kernel may also have them built in.
  return files.exists('/proc/modules')
    ? judged('inactive', 'installed, but none of its kernel modules is loaded')
    : judged('unknown', 'only an administrator may read which tables are in use');
};

const docker: Judge = ({ files, running, unseen }) => {
  const judged = (state: FirewallManager['state'], because: string): FirewallManager => ({
    name: 'docker',
    title: 'Docker',
    state,
    because,
  });
  if (running(['dockerd'])) return judged('active', 'dockerd is running');
  if (files.isNamed('/run/docker.sock'))
    return judged('unknown', '/run/docker.sock exists, but no process dockerd is seen');
  return files.exists('/usr/bin/dockerd') || files.exists('/usr/sbin/dockerd')
    ? judged(unseen, 'no process dockerd is seen')
    : null;
};

const libvirt: Judge = ({ files, running, unseen }) => {
  const judged = (state: FirewallManager['state'], because: string): FirewallManager => ({
    name: 'libvirt',
    title: 'libvirt (virtual machines)',
    state,
    because,
  });
  const daemon = running(['libvirtd', 'virtnetworkd', 'virtqemud']);
  if (daemon) return judged('active', `${daemon} is running`);
  // Its daemons go to sleep; the rules of its networks stay.
  const bridge = readInterfaceNames(files).find((name) => /^virbr\d/.test(name));
  if (bridge !== undefined) return judged('active', `its network ${bridge} is there`);
  return ['/usr/sbin/libvirtd', '/usr/sbin/virtnetworkd', '/usr/sbin/virtqemud'].some((path) => files.exists(path))
    ? judged(unseen, 'none of its daemons and none of its networks is seen')
    : null;
};

const fail2ban: Judge = ({ files, running, unseen }) => {
  const judged = (state: FirewallManager['state'], because: string): FirewallManager => ({
    name: 'other',
    title: 'fail2ban',
    state,
    because,
  });
  if (running(['fail2ban-server'])) return judged('active', 'fail2ban-server is running');
  return files.exists('/usr/bin/fail2ban-server') ? judged(unseen, 'no process fail2ban-server is seen') : null;
};

const managers: readonly (Pick<FirewallManager, 'name' | 'title'> & { readonly judge: Judge })[] = [
  { name: 'nftables', title: 'nftables', judge: nftables },
  { name: 'ufw', title: 'ufw (Uncomplicated Firewall)', judge: ufw },
  { name: 'firewalld', title: 'firewalld', judge: firewalld },
  { name: 'iptables-legacy', title: 'iptables (old kernel interface)', judge: legacy },
  { name: 'docker', title: 'Docker', judge: docker },
  { name: 'libvirt', title: 'libvirt (virtual machines)', judge: libvirt },
  { name: 'other', title: 'fail2ban', judge: fail2ban },
];
