// The shape of a shield wherever it comes from outside: the helper's request, the journal.
import * as v from 'valibot';
import type { Cidr } from '../model/address';
import type { Shield } from '../model/shield';
import { complement, isEmpty, parseNetwork, setOf } from '../policy/address-sets';

/** More would not fit the command line of the permission prompt. */
export const mostExceptions = 64;
export const reasonPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const time = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/), v.isoTimestamp());

const networks = (family: 'ipv4' | 'ipv6') =>
  v.pipe(
    v.array(
      v.custom<Cidr>((value) => {
        const parsed = typeof value === 'string' && value.length < 64 ? parseNetwork(value) : null;
        return parsed?.kind === 'network' && parsed.family === family && parsed.network === value;
      }, `not a network of ${family} in canonical form`),
    ),
    v.maxLength(mostExceptions),
    v.check((list) => !isEmpty(complement(setOf(family, list))), 'exceptions for every address leave no shield'),
  );

/** Exactly these fields; canonical networks; times in UTC with milliseconds. */
export const shieldSchema: v.GenericSchema<unknown, Shield> = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{8}$/)),
  since: time,
  until: v.nullable(time),
  // Journals written before there was a choice: at that time every date was a lease.
  atEnd: v.optional(v.picklist(['lift', 'extend']), 'lift'),
  allow: v.strictObject({ ipv4: networks('ipv4'), ipv6: networks('ipv6') }),
  outbound: v.boolean(),
  reason: v.nullable(v.pipe(v.string(), v.regex(reasonPattern))),
});
