// The shape of a shield wherever it comes from outside: the helper's request, the journal.
import * as v from 'valibot';
import type { Cidr } from '../../model/address';
import type { Shield, ShieldWorkaround, Was } from '../../model/shield';
import { complement, isEmpty, parseNetwork, setOf } from '../../policy/address-sets';

/** More would not fit the command line of the permission prompt. */
export const mostExceptions = 64;
export const reasonPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Sorted. */
export const workaroundNames: readonly [ShieldWorkaround, ...ShieldWorkaround[]] = [
  'compression-off',
  'server-off',
  'smb1-off',
];

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
  // Journals written before there were any.
  rules: v.optional(v.boolean(), true),
  workarounds: v.optional(
    v.pipe(
      v.array(v.picklist(workaroundNames)),
      v.check((list) => list.every((one, at) => at === 0 || (list[at - 1] ?? '') < one), 'not sorted, or one twice'),
    ),
    [],
  ),
});

const service = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.-]{1,100}$/));

export const wasSchema: v.GenericSchema<unknown, Was> = v.record(
  v.picklist(workaroundNames),
  v.strictObject({
    values: v.record(
      v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{1,40}$/)),
      v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
    ),
    ran: v.array(service),
  }),
);
