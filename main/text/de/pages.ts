import type { PageMessages } from '../../model/messages/pages';
import { textsOf } from '../texts';

export const pages = textsOf<PageMessages>()({
  'page.rests-on': 'Grundlage: {because}',
  'page.finding': '{severity}  {title}',
});
