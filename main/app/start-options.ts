// What the app was asked to be when it was started: its own arguments among Electron's.

export interface StartOptions {
  /** A simulated PC's name, or null for this one. */
  readonly simulate: string | null;
  /** Print one JSON line when the window has painted its first content. */
  readonly reportPaint: boolean;
}

/** Arguments that are not ours belong to Electron and are left to it. Throws an Error with a message for people. */
export function parseStartOptions(argv: readonly string[]): StartOptions {
  return { simulate: simulateName(argv), reportPaint: argv.includes('--report-paint') };
}

function simulateName(argv: readonly string[]): string | null {
  const at = argv.findIndex((argument) => argument === '--simulate' || argument.startsWith('--simulate='));
  if (at === -1) return null;
  const [flag, value] = (argv[at] ?? '').split('=', 2);
  const name = value ?? argv[at + 1] ?? '';
  if (!/^[a-z0-9-]{1,64}$/.test(name) || name.startsWith('-'))
    throw new Error(`${flag} needs the name of a simulated PC, for example: --simulate windows-public-wifi`);
  return name;
}
