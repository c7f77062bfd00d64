/** The absolute path of Windows' node.exe, fetched where needed. */
export function findWindowsNode(): Promise<string>;
