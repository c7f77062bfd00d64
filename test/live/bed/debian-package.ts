// Small real Debian packages, built on a machine of the bed with dpkg-deb(1).
import { readFileSync } from 'node:fs';
import { installed } from './bed';
import type { Machine } from './machine';

export interface PackageContents {
  readonly name: string;
  readonly version: string;
  /** Where a program lies that only sleeps, for as long as it is told. */
  readonly program?: string;
  /** Breakwater itself as it is to be packaged, with its own maintainer scripts. */
  readonly product?: boolean;
}

/** Gives the package's file on the machine. */
export async function buildPackage(pc: Machine, { name, version, program, product }: PackageContents): Promise<string> {
  const file = `/var/tmp/${name}_${version.replaceAll(/[^0-9a-z.]/g, '-')}.deb`;
  const control = [
    `Package: ${name}`,
    `Version: ${version}`,
    'Architecture: amd64',
    'Maintainer: Nobody <nobody@example.org>',
    `Description: ${name}, built for a test`,
    '',
  ].join('\n');
  const scripts = product
    ? Object.fromEntries(['prerm', 'postrm'].map((one) => [one, readFileSync(`packaging/deb/${one}`, 'utf8')]))
    : {};
  const script = `
import json, os, shutil, subprocess, sys, tempfile
given = json.load(sys.stdin)
tree = tempfile.mkdtemp(dir='/var/tmp')
def write(path, text, mode):
    os.makedirs(os.path.dirname(tree + path), exist_ok=True)
    with open(tree + path, 'w') as file: file.write(text)
    os.chmod(tree + path, mode)
write('/DEBIAN/control', given['control'], 0o644)
for name, text in given['scripts'].items(): write('/DEBIAN/' + name, text, 0o755)
if given['program']:
    os.makedirs(os.path.dirname(tree + given['program']))
    shutil.copy('/bin/sleep', tree + given['program'])
if given['product']:
    leave = shutil.ignore_patterns('*.map', 'renderer')
    shutil.copytree(given['product'] + '/out', tree + '/usr/lib/breakwater/out', ignore=leave)
    write('/usr/bin/breakwater', '#!/bin/sh\\nexec ' + given['node'] + ' /usr/lib/breakwater/out/cli.js "$@"\\n', 0o755)
os.chmod(tree, 0o755)
subprocess.run(['dpkg-deb', '-Zgzip', '-z1', '--root-owner-group', '--build', tree, given['file']], check=True, stdout=subprocess.DEVNULL)
shutil.rmtree(tree)
`;
  const given = {
    control,
    scripts,
    file,
    program: program ?? null,
    product: product ? installed.folder : null,
    node: installed.node,
  };
  await pc.must(['python3', '-c', script], { input: JSON.stringify(given) });
  return file;
}
