// In which language this user has the system.

/** "de_DE.UTF-8", "de-DE"; undefined where it is not told. In the order of locale(7): LC_ALL, LC_MESSAGES, LANG. */
export function systemLocale(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG;
  // Windows has no such variables. Elsewhere none means none, and asking takes milliseconds.
  return named || (process.platform === 'win32' ? new Intl.NumberFormat().resolvedOptions().locale : undefined);
}
