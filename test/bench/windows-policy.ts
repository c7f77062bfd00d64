// Windows policies of any number of rules, made of the rules of a published one. Pure.

/**
 * `published`: what `reg query` printed of its rules. Fewer rules are spread over all of them; more are the same again under other ids and for
 * other addresses. shared: one rule lets everybody in at TCP 445, so that all that block have an effect.
 */
export function windowsPolicy(published: string, count: number, kind: 'shut' | 'shared'): string {
  const [head = '', ...lines] = published.split(/(?=\r\n {4})/);
  const rules = lines.map((line) => line.trimEnd());
  const chosen = Array.from({ length: count - 1 }, (_, i) => {
    const line = rules[count > rules.length ? i % rules.length : Math.floor((i * rules.length) / count)] ?? '';
    const round = Math.floor(i / rules.length);
    if (count <= rules.length || round === 0) return line;
    return line
      .replace(/^\r\n {4}/, `\r\n    again-${round}-`)
      .replace(/RA4=(\d+)\.(\d+)\./, (_all, a: string, b: string) => `RA4=${a}.${(Number(b) + 61 * round) % 256}.`);
  });
  const last = kind === 'shared' ? 'Active=TRUE' : 'Active=FALSE';
  const sharing = `\r\n    sharing    REG_SZ    v2.33|Action=Allow|${last}|Dir=In|Protocol=6|LPort=445|App=System|Name=sharing|`;
  return `${head}${chosen.join('')}${sharing}\r\n\r\n`;
}
