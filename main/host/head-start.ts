// Asks this PC's usual SMB server before anything else is loaded: its answer takes longer than all the rest of an inspection.
import { askEarly } from './linux/read/early-answer';

/** Harmless where nothing waits there, and where nobody takes the answer. */
export function headStart(): void {
  if (process.platform === 'linux') askEarly();
}
