import type { LinuxMessages } from '../../model/messages/linux';
import { textsOf } from '../texts';

export const linux = textsOf<LinuxMessages>()({
  'linux.no-nft': 'nft is not installed.',
});
