import type { HostMessages } from '../../model/messages/host';
import { textsOf } from '../texts';

export const host = textsOf<HostMessages>()({
  'host.not-asked': 'It was not asked.',
});
