// How a script of ours is run by the program that runs this one.

/** Electron runs scripts only when told so; pkexec and systemd hand no environment on, so env(1) sets it behind them. */
export function nodeCommand(): readonly string[] {
  return process.versions.electron === undefined
    ? [process.execPath]
    : ['/usr/bin/env', 'ELECTRON_RUN_AS_NODE=1', process.execPath];
}
