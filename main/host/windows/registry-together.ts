// The answers of reg.exe as one registry.
import { message } from '../../model/message';
import { MessageError } from '../../model/message-error';
import { mergeRegistries, type Registry } from '../../policy/windows/registry';
import { readRegistryText } from '../../policy/windows/registry-text';
import type { KeyAnswer } from './registry-reads';

/** Throws an Error with a message for people where a text can't be understood, or two say different things of the same value. */
export function readTogether(answers: readonly KeyAnswer[]): Registry {
  const parts = answers.flatMap(({ key, text }): readonly Registry[] => {
    if (text === null) return [];
    const { registry, problems } = readRegistryText(text);
    const [first] = problems;
    if (first !== undefined)
      throw new MessageError(message('windows.reg-said', { key, line: first.line, why: first.why }));
    return [registry];
  });
  const merged = mergeRegistries(parts);
  if (merged.kind === 'registry') return merged.registry;
  throw new MessageError(message('windows.reg-changed', { path: merged.path }));
}
