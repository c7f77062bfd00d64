// A text line by line, with a way to go on where a value runs over several. Pure.

export interface TextLine {
  /** Without its line end. */
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Where it begins in the text. */
  readonly start: number;
  /** Whether it has a line end. */
  readonly ended: boolean;
}

export class TextLines {
  readonly text: string;
  /** Whether the last line read has no line end. */
  isTorn = false;
  #at = 0;
  #number = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** null at the end. Lines end in LF, CR LF or (a file redirected twice) CR CR LF. */
  next(): TextLine | null {
    const start = this.#at;
    if (start >= this.text.length) return null;
    const feed = this.text.indexOf('\n', start);
    let end = feed < 0 ? this.text.length : feed;
    this.#at = feed < 0 ? end : feed + 1;
    const whole = end;
    while (end > start && this.text.charCodeAt(end - 1) === 13) end--;
    const ended = feed >= 0 || end < whole;
    this.isTorn = !ended;
    this.#number++;
    return { text: this.text.slice(start, end), number: this.#number, start, ended };
  }

  /** Goes on with the line that holds this place of the text: its rest from there. */
  continueAt(place: number): TextLine {
    for (let at = this.#at; at <= place && at < this.text.length; ) {
      const feed = this.text.indexOf('\n', at);
      this.#number++;
      at = feed < 0 ? this.text.length : feed + 1;
      this.#at = at;
    }
    let end = this.#at;
    const hasFeed = end > place && this.text.charCodeAt(end - 1) === 10;
    if (hasFeed) end--;
    const whole = end;
    while (end > place && this.text.charCodeAt(end - 1) === 13) end--;
    const ended = hasFeed || end < whole;
    this.isTorn = !ended;
    return { text: this.text.slice(place, end), number: this.#number, start: place, ended };
  }
}
