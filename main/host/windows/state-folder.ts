// Where the record of shields lies on Windows.

/**
 * Below Program Files, where only administrators may make or write anything, and everybody may read: so it is theirs by where it lies.
 * In ProgramData any user may make a folder first and stay its owner, and Node can't read who may write to one. On the drive of
 * Windows, whatever %ProgramFiles% says.
 */
export const stateFolder = `${(process.env.SystemRoot ?? 'C:').slice(0, 2)}\\Program Files\\Common Files\\Breakwater`;
