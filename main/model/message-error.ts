// Failures that people are told of: what is said travels as a message.
import { type Message, verbatim } from './message';

export class MessageError extends Error {
  readonly said: Message;

  constructor(said: Message) {
    super(`${said.code} ${JSON.stringify(said.params)}`);
    this.said = said;
  }
}

/** What is said of whatever was thrown; the system's own words stay as they are. */
export function messageOf(thrown: unknown): Message {
  if (thrown instanceof MessageError) return thrown.said;
  return verbatim(thrown instanceof Error ? thrown.message : String(thrown));
}
