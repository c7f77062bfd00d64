// The packages that are built from Samba's source, as Debian, Ubuntu and RPM distributions name them: all of them have its version.

const packages =
  /^(?:samba(?:-.*)?|lib(?:smb|wb)client\d*(?:-.*)?|libnetapi\d*(?:-.*)?|smbclient|winbind|ctdb(?:-.*)?|lib(?:nss|pam)-winbind|libpam-smbpass|python3?-samba(?:-.*)?|registry-tools)$/;
/** A second, newer source of Red Hat's beside "samba" in Enterprise Linux 6. */
const newer = /^samba4(?:-|$)/;

/** "samba" or "samba4"; null = built from something else. */
export const sambaSourceOf = (name: string): 'samba' | 'samba4' | null =>
  newer.test(name) ? 'samba4' : packages.test(name) ? 'samba' : null;
