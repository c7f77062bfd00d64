// Other tools on this PC that write firewall rules, and whether they are at work.
import type { FirewallManager } from '../../../model/facts';
import { type Message, message } from '../../../model/message';
import { messageOf } from '../../../model/message-error';
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
      return { name, title, state: 'unknown', because: error.said };
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
        ? message('linux.manager.nftables.off')
        : message('linux.manager.nftables.on', { link, rules }),
  };
};

const ufw: Judge = ({ files }) => {
  const path = '/etc/ufw/ufw.conf';
  const judged = (state: FirewallManager['state'], because: Message): FirewallManager => ({
    name: 'ufw',
    title: 'ufw (Uncomplicated Firewall)',
    state,
    because,
  });
  let text: string | null;
  try {
    text = files.readIfThere(path);
  } catch (error) {
    return judged('unknown', messageOf(error));
  }
  if (text === null)
    return files.exists('/usr/sbin/ufw') ? judged('unknown', message('linux.manager.ufw.no-file', { path })) : null;
  // The file is read by a shell: the last assignment counts.
  const value = [...text.matchAll(/^\s*ENABLED\s*=\s*["']?([^"'\s#]*)/gim)].at(-1)?.[1];
  if (value === undefined) return judged('unknown', message('linux.manager.ufw.not-told', { path }));
  return judged(
    /^yes$/i.test(value) ? 'active' : 'inactive',
    message('linux.manager.setting', { setting: `ENABLED=${value}`, path }),
  );
};

const firewalld: Judge = ({ files, running, unseen }) => {
  const judged = (state: FirewallManager['state'], because: Message): FirewallManager => ({
    name: 'firewalld',
    title: 'firewalld',
    state,
    because,
  });
  if (running(['firewalld'])) return judged('active', message('linux.manager.running', { name: 'firewalld' }));
  if (files.exists('/run/firewalld.pid'))
    return judged('unknown', message('linux.manager.only-file', { path: '/run/firewalld.pid', name: 'firewalld' }));
  return files.exists('/etc/firewalld') ? judged(unseen, message('linux.manager.unseen', { name: 'firewalld' })) : null;
};

const legacy: Judge = ({ files }) => {
  const judged = (state: FirewallManager['state'], because: Message): FirewallManager => ({
    name: 'iptables-legacy',
    title: 'iptables (old kernel interface)',
    state,
    because,
  });
  const tables = /^ip6?table_(filter|nat|mangle|raw|security) /gm;
  const modules = [...(files.readIfThere('/proc/modules') ?? '').matchAll(tables)].map((match) => match[0].trim());
  if (modules.length > 0) return judged('active', message('linux.manager.modules', { modules }));
  const paths = ['/proc/net/ip_tables_names', '/proc/net/ip6_tables_names'];
  let names: readonly string[] | null;
  try {
    names = paths.flatMap((path) => (files.readIfThere(path) ?? '').split('\n').filter((name) => name !== ''));
  } catch {
    names = null;
  }
  if (names !== null && names.length > 0)
    return judged('active', message('linux.manager.tables', { tables: [...new Set(names)] }));
  if (!files.exists('/usr/sbin/iptables-legacy')) return null;
  if (names !== null) return judged('inactive', message('linux.manager.no-tables'));
  // Where its tables are modules, none of them being loaded is an answer; a kernel may also have them built in.
  return files.exists('/proc/modules')
    ? judged('inactive', message('linux.manager.no-modules'))
    : judged('unknown', message('linux.manager.tables-forbidden'));
};

const docker: Judge = ({ files, running, unseen }) => {
  const judged = (state: FirewallManager['state'], because: Message): FirewallManager => ({
    name: 'docker',
    title: 'Docker',
    state,
    because,
  });
  if (running(['dockerd'])) return judged('active', message('linux.manager.running', { name: 'dockerd' }));
  if (files.isNamed('/run/docker.sock'))
    return judged('unknown', message('linux.manager.only-file', { path: '/run/docker.sock', name: 'dockerd' }));
  return files.exists('/usr/bin/dockerd') || files.exists('/usr/sbin/dockerd')
    ? judged(unseen, message('linux.manager.unseen', { name: 'dockerd' }))
    : null;
};

const libvirt: Judge = ({ files, running, unseen }) => {
  const judged = (state: FirewallManager['state'], because: Message): FirewallManager => ({
    name: 'libvirt',
    title: 'libvirt (virtual machines)',
    state,
    because,
  });
  const daemon = running(['libvirtd', 'virtnetworkd', 'virtqemud']);
  if (daemon) return judged('active', message('linux.manager.running', { name: daemon }));
  // Its daemons go to sleep; the rules of its networks stay.
  const bridge = readInterfaceNames(files).find((name) => /^virbr\d/.test(name));
  if (bridge !== undefined) return judged('active', message('linux.manager.libvirt.network', { name: bridge }));
  return ['/usr/sbin/libvirtd', '/usr/sbin/virtnetworkd', '/usr/sbin/virtqemud'].some((path) => files.exists(path))
    ? judged(unseen, message('linux.manager.libvirt.unseen'))
    : null;
};

const fail2ban: Judge = ({ files, running, unseen }) => {
  const judged = (state: FirewallManager['state'], because: Message): FirewallManager => ({
    name: 'other',
    title: 'fail2ban',
    state,
    because,
  });
  if (running(['fail2ban-server']))
    return judged('active', message('linux.manager.running', { name: 'fail2ban-server' }));
  return files.exists('/usr/bin/fail2ban-server')
    ? judged(unseen, message('linux.manager.unseen', { name: 'fail2ban-server' }))
    : null;
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
