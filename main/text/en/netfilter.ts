import type { NetfilterMessages } from '../../model/messages/netfilter';
import { textsOf } from '../texts';

export const netfilter = textsOf<NetfilterMessages>()({
  'netfilter.not-read': 'The rules were not read.',
});
