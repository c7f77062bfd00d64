// Messages in a value of plain objects and lists, written out in one language: what documents are made of. Pure.
import { isMessage, type Message } from '../model/message';
import type { Say } from './render';

/**
 * The value with every message in it written out. An object with messages gets `messages` beside its own keys: the codes and parameters
 * by key, which are the contract of documents; the words may change.
 */
export function writtenOut(value: object, say: Say): object {
  return written(value, say) as object;
}

/** What has no message in it is the same object. */
function written(value: unknown, say: Say): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isMessage(value)) return say(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => written(item, say));
    return items.some((item, at) => item !== value[at]) ? items : value;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  let out: Record<string, unknown> | null = null;
  let beside: Record<string, Message | readonly Message[]> | null = null;
  for (const key of Object.keys(value)) {
    const item = (value as Readonly<Record<string, unknown>>)[key];
    const text = written(item, say);
    if (text === item) continue;
    out ??= { ...value };
    out[key] = text;
    if (isMessage(item) || (Array.isArray(item) && item.every(isMessage))) beside = { ...(beside ?? {}), [key]: item };
  }
  return out === null ? value : beside === null ? out : { ...out, messages: beside };
}
