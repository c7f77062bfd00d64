// Text that a stranger chose: a name in an answer, the path of a program.

/**
 * At most `longest` UTF-16 units of it, and what could steer a terminal, begin a line in a log, or hide (control, direction, half
 * characters, line ends) is replaced. Pure.
 */
export function strangerText(text: string, longest: number): string {
  return text.slice(0, longest).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
}
