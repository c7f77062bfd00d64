// The names that Samba's processes give themselves.

/**
 * The program behind a process name as the kernel keeps it (proc(5), /proc/pid/comm): Samba since 4.20 names the child that serves a
 * client by that client, cut to 15 characters ("smbd[10.77.1.20"). Other names are given back as they are.
 */
export const programOfTitle = (name: string): string =>
  /^((?:smbd|nmbd|winbindd|samba|rpcd_)[\w-]*)\[/.exec(name)?.[1] ?? name;
