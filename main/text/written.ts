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

function written(value: unknown, say: Say): unknown {
  if (isMessage(value)) return say(value);
  if (Array.isArray(value)) return value.map((item) => written(item, say));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const beside: Record<string, Message | readonly Message[]> = {};
  const out: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (isMessage(item) || (Array.isArray(item) && item.length > 0 && item.every(isMessage))) beside[key] = item;
    out[key] = written(item, say);
  }
  return Object.keys(beside).length === 0 ? out : { ...out, messages: beside };
}
