/** The absolute path of an Electron program, fetched where needed. */
export function findRuntime(): Promise<string>;
