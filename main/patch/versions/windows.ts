// Windows versions, "10.0.19045.3086": parsed and ordered within one build.
import { message } from '../../model/message';
import { NotAVersion } from './dpkg';

export interface WindowsVersion {
  readonly major: number;
  readonly minor: number;
  readonly build: number;
  /** The update build revision; null = not told. */
  readonly ubr: number | null;
}

/** Takes "10.0.19045" and "10.0.19045.3086". Throws a `NotAVersion` for anything else. */
export function parseWindows(text: string): WindowsVersion {
  const version = windowsVersionOf(text);
  if (version === null)
    throw new NotAVersion(message('judged.why.no-windows-version', { text: JSON.stringify(text.slice(0, 60)) }));
  return version;
}

/** The same; null for anything else, of which records are full. */
export function windowsVersionOf(text: string): WindowsVersion | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,6})(?:\.(\d{1,9}))?$/.exec(text);
  if (!parts) return null;
  return {
    major: Number(parts[1]),
    minor: Number(parts[2]),
    build: Number(parts[3]),
    ubr: parts[4] === undefined ? null : Number(parts[4]),
  };
}

/** "10.0.19045": what ranges must share to be compared. */
export const buildOf = ({ major, minor, build }: WindowsVersion): string => `${major}.${minor}.${build}`;
