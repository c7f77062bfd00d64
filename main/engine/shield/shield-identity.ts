// Who a new shield is. A file of its own because the cryptographic library takes milliseconds to load.
import { randomBytes } from 'node:crypto';

/** Eight hexadecimal digits that no other shield or policy has, as far as chance goes. */
export const newShieldId = (): string => randomBytes(4).toString('hex');
