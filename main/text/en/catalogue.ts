import type { CatalogueMessages } from '../../model/messages/catalogue';
import { textsOf } from '../texts';

export const catalogue = textsOf<CatalogueMessages>()({
  'catalogue.not-there': 'There is no catalogue.',
});
