// What is said of the catalogue of advisories and of its updates.
import type { None } from './none';

export interface CatalogueMessages {
  readonly 'catalogue.not-there': None;
}
