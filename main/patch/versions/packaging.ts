// By which packaging an ecosystem of OSV orders its versions.
import { compareDpkg } from './dpkg';
import { compareRpm } from './rpm';

export type Packaging = 'dpkg' | 'rpm';
/** Below 0 where `a` is earlier. Throws a `NotAVersion` for text that is none. */
export type Compare = (a: string, b: string) => number;

export const compareBy: Readonly<Record<Packaging, Compare>> = { dpkg: compareDpkg, rpm: compareRpm };

/** Null for ecosystems whose PCs are not judged here. */
export function packagingOf(ecosystem: string): Packaging | null {
  if (/^(?:Debian|Ubuntu)\b/.test(ecosystem)) return 'dpkg';
  return /^(?:AlmaLinux|Rocky Linux|Red Hat)\b/.test(ecosystem) ? 'rpm' : null;
}
