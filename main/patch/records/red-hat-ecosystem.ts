// Red Hat's ecosystems in OSV carry the product's CPE: "Red Hat:enterprise_linux:9::baseos", "Red Hat:rhel_eus:9.4::appstream".

const release = /^Red Hat:enterprise_linux:(\d+)(?:\.\d+)?(?:$|:)/;
const keptLonger = /^Red Hat:(?:rhel|enterprise_linux)_(?:eus|aus|tus|e4s|eus_long_life|long_life):(\d+\.\d+)(?:$|:)/;

/**
 * As CVE records have it: "Red Hat:9" for the release, "Red Hat:9.4" for one that is kept longer (EUS, AUS, TUS, E4S). Every other
 * ecosystem as it is: what other products of Red Hat's (OpenShift, Satellite) bring is not what a PC gets.
 */
export function ecosystemOf(named: string): string {
  const own = keptLonger.exec(named)?.[1] ?? release.exec(named)?.[1];
  return own === undefined ? named : `Red Hat:${own}`;
}
