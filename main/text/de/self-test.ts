import type { SelfTestMessages } from '../../model/messages/self-test';
import { textsOf } from '../texts';

export const selfTest = textsOf<SelfTestMessages>()({
  'self-test.skipped': 'übersprungen',
});
