// The text of a file, in the encodings that Windows' and other tools write.

/**
 * UTF-8 or UTF-16 of either byte order, with a mark at the start or without one: texts that are read here begin with a character of
 * ASCII, of which UTF-16 makes one byte of zero. What is none of them is read as UTF-8, with replacement characters.
 */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || (second === 0 && first !== 0 && first !== undefined)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined)) return 'utf-16be';
  return 'utf-8';
}
