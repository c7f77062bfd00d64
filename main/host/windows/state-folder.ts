// Where the record of shields lies on Windows.
import { systemFolder } from './system-folder';

/** Below Program Files, where only administrators may make or write anything, and everybody may read. */
export const administratorsFolder = (): string => `${systemFolder().drive}\\Program Files\\Common Files`;

/**
 * Theirs by where it lies: in ProgramData any user may make a folder first and stay its owner, and Node can't read who may write to
 * one. On the drive of Windows, whatever %ProgramFiles% says.
 */
export const stateFolder = (): string => `${administratorsFolder()}\\Breakwater`;
