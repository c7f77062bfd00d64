// Reads what Windows says of itself in text: `ver` and `systeminfo`, in any language, by what no translation changes. Pure.

export interface WindowsText {
  /** "10.0.19045", or with the update's number, which only `ver` tells: "10.0.19045.3086". */
  readonly build: string;
  readonly installationType?: 'Client' | 'Server';
  readonly arch?: 'x64' | 'x86' | 'arm64';
  /** "KB5031988"; absent = none is listed. */
  readonly updates?: string[];
}

/** "Microsoft Windows [Version 10.0.19045.3086]": the word before the number is translated, the brackets are not. */
const ofVer = /^Microsoft Windows[^[\r\n]*\[[^\]\d\r\n]*(\d{1,2}\.\d{1,2}\.\d{3,6}(?:\.\d{1,6})?)\]/m;
/** "10.0.19045 N/A Build 19045" at the end of a line or of a field: the last number of the version comes again. */
const ofSystemInfo = /(?<![\d.])(\d{1,2}\.\d{1,2}\.(\d{3,6}))(?![\d.])[^\r\n",]*(?<!\d)\2(?="|\s*$)/m;

/** Null where the text is neither. Of both in one file, `ver` adds the update's number. */
export function readWindowsText(text: string): WindowsText | null {
  const ver = ofVer.exec(text)?.[1];
  const info = ofSystemInfo.exec(text)?.[1];
  if (ver === undefined && info === undefined) return null;
  // Two of them that disagree are of two PCs.
  if (ver !== undefined && info !== undefined && ver !== info && !ver.startsWith(`${info}.`)) return null;
  const build = ver ?? info ?? '';
  if (info === undefined) return { build };
  const updates = [...new Set([...text.matchAll(/\[\d+\]\s*:\s*(KB\d{5,8})\b/g)].map(([, update = '']) => update))];
  const installationType = kindOf(text);
  const arch = architectureOf(text);
  return {
    build,
    ...(installationType === null ? {} : { installationType }),
    ...(arch === null ? {} : { arch }),
    ...(updates.length === 0 ? {} : { updates }),
  };
}

/** The product's name is not translated: "Microsoft Windows Server 2019 Standard", "Microsoft Windows 11 Pro". */
function kindOf(text: string): 'Client' | 'Server' | null {
  const name = /\bMicrosoft\b.{0,3}\bWindows\b.{0,3}\b(Server|XP|Vista|7|8|8\.1|10|11)\b/i.exec(text)?.[1];
  if (name === undefined) return null;
  return name.toLowerCase() === 'server' ? 'Server' : 'Client';
}

/** "x64-based PC", "x64-basierter PC", "PC à base de x64": the first of the names, before any processor's. */
function architectureOf(text: string): 'x64' | 'x86' | 'arm64' | null {
  const name = /(?<![A-Za-z0-9])(x64|x86|ARM64)(?=-|\s*(?:PC)?["\s]*$|\s+PC)/im.exec(text)?.[1]?.toLowerCase();
  return name === 'x64' || name === 'x86' || name === 'arm64' ? name : null;
}
