/** Builds out/ unless it is up to date. */
export function ensureBuilt(): Promise<void>;
