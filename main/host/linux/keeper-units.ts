// The keeper's schedule as systemd.unit(5) text: what runs it at start-up, after a wipe, after package updates, and by the clock. Pure.
import { shieldTable } from '../../policy/netfilter/nftables/shield';

export const unitFolder = '/etc/systemd/system';
/** Puts the rules back; its reload is what the watch asks for, since a reload that is asked for during another one is done after it. */
export const restoring = 'breakwater-restore.service';
/** Notices that our table was taken away. */
export const watch = 'breakwater-watch.service';
/** Seconds between two looks, counted from the end of the first. */
const interval = 30;
export const rhythm = `every ${interval} seconds, when firewall tables are taken away, after package updates, and when the PC starts`;

const shieldName = `${shieldTable.family} ${shieldTable.name}`;

export interface Unit {
  readonly name: string;
  readonly text: string;
  /** Whose list of wants it joins: what systemctl(1) calls enabled. Null = something else starts it. */
  readonly wantedBy: string | null;
}

/** Databases of dpkg(1) and rpm(8), whichever is there: they change with every package that is installed. */
const packageDatabases = [
  '/var/lib/dpkg/status',
  '/var/lib/rpm/rpmdb.sqlite',
  '/usr/lib/sysimage/rpm/rpmdb.sqlite',
  '/var/lib/rpm/Packages',
];

/**
 * Waits in the kernel until a table goes, and asks only where ours is not there then: one that was replaced in one step, as a restore
 * does it, is no wipe. "# ERROR" is nft(8) saying that it lost events. nft's own domain under SELinux (iptables_t) may write to no file
 * of systemd's; the shell's pipe is one of the shell's own. Nothing but the kernel's words is read, and no part of them is run.
 */
const watching = [
  '/usr/sbin/nft monitor tables | while read -r event; do case "$$event" in',
  `("delete table ${shieldName}"|"destroy table ${shieldName}"|"# ERROR"*)`,
  `/usr/sbin/nft list table ${shieldName} >/dev/null 2>&1 ||`,
  `/usr/bin/systemctl --no-block reload-or-restart ${restoring};;`,
  'esac; done',
].join(' ');

/**
 * `command`: what runs the helper, up to its script. `restore` stands before network-pre.target, so that the door is shut before
 * there is a network; it follows nftables.service, whose start, reload and stop flush all rules. It never takes the schedule away,
 * so no unit ends itself. No setting is newer than systemd 239. Every path must be one that `fitsUnit`.
 */
export function keeperUnits(command: readonly string[], stateFolder: string): readonly Unit[] {
  const program = command.map(quoted).join(' ');
  const files = command.filter((part) => part.startsWith('/'));
  // The helper itself may lie in an archive (asar), which systemd can't look into.
  const runtime = files.at(-2) ?? files.at(-1) ?? '';
  const mark = '# Written by Breakwater, and removed when the shield is lifted. To do that: breakwater lift';
  const text = (...lines: readonly string[]): string => `${[mark, ...lines].join('\n')}\n`;
  return [
    {
      name: restoring,
      wantedBy: 'sysinit.target',
      text: text(
        '[Unit]',
        'Description=Breakwater: put the SMB shield back before there is a network',
        'DefaultDependencies=no',
        `RequiresMountsFor=${[...files, stateFolder].map(quoted).join(' ')}`,
        `ConditionPathExists=${runtime}`,
        'After=local-fs.target nftables.service ufw.service firewalld.service',
        'PartOf=nftables.service',
        'ReloadPropagatedFrom=nftables.service',
        'Wants=network-pre.target',
        'Before=network-pre.target shutdown.target',
        'Conflicts=shutdown.target',
        '',
        '[Service]',
        'Type=oneshot',
        'RemainAfterExit=yes',
        `ExecStart=${program} restore`,
        `ExecReload=${program} restore`,
        'TimeoutStartSec=60',
        ...narrowed,
        '',
        '[Install]',
        'WantedBy=sysinit.target',
      ),
    },
    {
      name: 'breakwater-keeper.service',
      wantedBy: null,
      text: text(
        '[Unit]',
        'Description=Breakwater: look after the SMB shield',
        `RequiresMountsFor=${[...files, stateFolder].map(quoted).join(' ')}`,
        `ConditionPathExists=${runtime}`,
        `After=${restoring}`,
        'StartLimitIntervalSec=0',
        '',
        '[Service]',
        'Type=oneshot',
        `ExecStart=${program} keep`,
        'TimeoutStartSec=120',
        // Not a line in the system's journal each time that nothing happened.
        'LogLevelMax=notice',
        ...narrowed,
      ),
    },
    {
      name: 'breakwater-keeper.timer',
      wantedBy: 'timers.target',
      text: text(
        '[Unit]',
        'Description=Breakwater: look after the SMB shield by the clock',
        '',
        '[Timer]',
        'OnActiveSec=5',
        `OnUnitInactiveSec=${interval}`,
        'AccuracySec=1',
        '',
        '[Install]',
        'WantedBy=timers.target',
      ),
    },
    {
      name: 'breakwater-keeper.path',
      wantedBy: 'paths.target',
      text: text(
        '[Unit]',
        'Description=Breakwater: look after the SMB shield when packages changed',
        '',
        '[Path]',
        ...packageDatabases.map((path) => `PathChanged=${path}`),
        '',
        '[Install]',
        'WantedBy=paths.target',
      ),
    },
    {
      name: watch,
      wantedBy: 'multi-user.target',
      text: text(
        '[Unit]',
        'Description=Breakwater: notice when firewall tables are taken away',
        'StartLimitIntervalSec=0',
        '',
        '[Service]',
        `ExecStart=/bin/sh -c '${watching}'`,
        'Restart=always',
        'RestartSec=5',
        'LimitCORE=0',
        'LogLevelMax=warning',
        ...narrowed,
        '',
        '[Install]',
        'WantedBy=multi-user.target',
      ),
    },
  ];
}

/** The keeper speaks to the kernel's packet filter and to systemd, and to no network. */
const narrowed = ['SyslogIdentifier=breakwater', 'NoNewPrivileges=yes', 'RestrictAddressFamilies=AF_UNIX AF_NETLINK'];

/**
 * Whether a path can stand in a unit as it is: systemd takes no quotes, backslashes or control characters in a program's name, and
 * means something by "%" and, in some places, by "$" (systemd.unit(5), systemd.service(5)).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for.
export const fitsUnit = (path: string): boolean => !/["'\\%$\u0000-\u001f\u007f]/.test(path);

/** As one word of a command line. */
const quoted = (word: string): string => (/\s/.test(word) ? `"${word}"` : word);
