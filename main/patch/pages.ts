// Where people read more about a hole.

export const cisaPage = (id: string): string =>
  `https://www.cisa.gov/known-exploited-vulnerabilities-catalog?field_cve=${id}`;

export const cvePage = (id: string): string => `https://www.cve.org/CVERecord?id=${id}`;
