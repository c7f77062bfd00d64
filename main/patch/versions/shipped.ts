// Which branches of upstream's each release of a distribution has shipped: a marker alone does not make a package that release's.

/** The first branch that a release came with, and later ones that its updates went to. */
type Branches = Readonly<Record<string, readonly string[]>>;

/**
 * As these releases are known, written down in 2026-12 and not looked up one by one. A branch that is missing here makes a package one
 * of another line, which is judged by upstream's fixes or not at all.
 */
const samba: Readonly<Record<'debian' | 'ubuntu', Branches>> = {
  debian: {
    '6': ['3.5'],
    '7': ['3.6'],
    '8': ['4.1', '4.2'],
    '9': ['4.5'],
    '10': ['4.9'],
    '11': ['4.13'],
    '12': ['4.17'],
    '13': ['4.22'],
  },
  ubuntu: {
    '12.04': ['3.6'],
    '14.04': ['4.1', '4.3'],
    '16.04': ['4.3'],
    '18.04': ['4.7'],
    '20.04': ['4.11', '4.13', '4.15'],
    '20.10': ['4.12'],
    '21.04': ['4.13'],
    '21.10': ['4.13'],
    '22.04': ['4.15'],
    '22.10': ['4.16'],
    '23.04': ['4.17'],
    '23.10': ['4.18'],
    '24.04': ['4.19'],
    '24.10': ['4.20'],
    '25.04': ['4.21'],
    '25.10': ['4.22'],
    '26.04': ['4.23'],
  },
};

/** Of the source "linux" and its flavours; a source that names its branch ("linux-hwe-6.5") is of that one. */
const kernel: typeof samba = {
  debian: {
    '6': ['2.6'],
    '7': ['3.2'],
    '8': ['3.16'],
    '9': ['4.9'],
    '10': ['4.19'],
    '11': ['5.10'],
    '12': ['6.1'],
    '13': ['6.12'],
  },
  ubuntu: {
    '12.04': ['3.2'],
    '14.04': ['3.13'],
    '16.04': ['4.4'],
    '18.04': ['4.15'],
    '20.04': ['5.4'],
    '20.10': ['5.8'],
    '21.04': ['5.11'],
    '21.10': ['5.13'],
    '22.04': ['5.15'],
    '22.10': ['5.19'],
    '23.04': ['6.2'],
    '23.10': ['6.5'],
    '24.04': ['6.8'],
    '24.10': ['6.11'],
    '25.04': ['6.14'],
    '25.10': ['6.17'],
  },
};

/** Red Hat goes to a later release of upstream's with each minor one: the whole release's number tells. */
const sambaOfRedHat: Branches = {
  '6': ['3.5.4', '3.5.6', '3.5.10', '3.6.9', '3.6.23', '4.0.0', '4.2.10'],
  '7': ['4.1.1', '4.1.12', '4.2.3', '4.2.10', '4.4.4', '4.6.2', '4.7.1', '4.8.3', '4.9.1', '4.10.4', '4.10.16'],
  '8': ['4.9.1', '4.10.4', '4.11.2', '4.12.3', '4.13.3', '4.14.5', '4.15.5', '4.16.4', '4.17.5', '4.18.6', '4.19.4'],
  '9': ['4.15.5', '4.16.4', '4.17.5', '4.18.6', '4.19.4', '4.20.2', '4.21.3', '4.22.4', '4.23.5'],
  '10': ['4.21.3', '4.22.4', '4.23.5'],
};
const kernelOfRedHat: Branches = {
  '6': ['2.6.32'],
  '7': ['3.10.0'],
  '8': ['4.18.0'],
  '9': ['5.14.0'],
  '10': ['6.12.0'],
};

/** Releases that came with a version of unstable's as it was: without a marker of their own. */
const asInUnstable: Readonly<Record<string, readonly string[]>> = { '12': ['2:4.17.8+dfsg-2'] };

export type ProductOfLine = 'samba' | 'kernel' | 'other';

/** Null = nothing is known here of that release, or of such a package. */
export function branchesOf(
  distribution: 'debian' | 'ubuntu',
  release: string,
  product: ProductOfLine,
): readonly string[] | null {
  if (product === 'other') return null;
  return (product === 'samba' ? samba : kernel)[distribution][release] ?? null;
}

/** Releases of Ubuntu that came with this branch. */
export const ubuntuWith = (branch: string, product: ProductOfLine): readonly string[] =>
  product === 'other'
    ? []
    : Object.entries((product === 'samba' ? samba : kernel).ubuntu)
        .filter(([, [first]]) => first === branch)
        .map(([release]) => release);

/** Upstream's releases that a major release of Enterprise Linux has shipped; null as above. */
export const releasesOfRedHat = (major: string, product: ProductOfLine): readonly string[] | null =>
  product === 'other' ? null : ((product === 'samba' ? sambaOfRedHat : kernelOfRedHat)[major] ?? null);

export const isShippedByDebian = (release: string, version: string, product: ProductOfLine): boolean =>
  product === 'samba' && (asInUnstable[release] ?? []).includes(version);
