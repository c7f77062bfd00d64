// What each call through the doorway may carry: everything else is refused before it reaches the app.
import * as v from 'valibot';
import type { AdvisoryQuery, CallName, Calls, RuleQuery, WishForm } from '../../../preload/contract';

/** Generous for people, small for a page that has gone wrong. */
const shortText = v.pipe(v.string(), v.maxLength(256));

const wishForm: v.GenericSchema<unknown, WishForm> = v.strictObject({
  allow: v.pipe(v.array(shortText), v.maxLength(256)),
  outbound: v.boolean(),
  until: shortText,
  atEnd: v.nullable(v.picklist(['lift', 'extend'])),
  workarounds: v.pipe(v.array(v.picklist(['compression-off', 'server-off', 'smb1-off'])), v.maxLength(3)),
  reason: v.nullable(shortText),
});

const place = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const ruleQuery: v.GenericSchema<unknown, RuleQuery> = v.strictObject({
  review: place,
  text: shortText,
  first: v.strictObject({ deciding: place, unsure: place, shadowed: place, listed: place }),
});

const advisoryQuery: v.GenericSchema<unknown, AdvisoryQuery> = v.strictObject({
  patch: place,
  text: shortText,
  first: place,
});

const nothing = v.strictTuple([]);

export const argumentSchemas: { readonly [C in CallName]: v.GenericSchema<unknown, Calls[C][0]> } = {
  'app:about': nothing,
  'app:open-reference': v.strictTuple([v.pipe(v.string(), v.maxLength(2048), v.startsWith('https://'), v.url())]),
  'pc:inspect': nothing,
  'pc:stop': nothing,
  'pc:look': nothing,
  'firewall:rules': v.strictTuple([ruleQuery]),
  'patch:check': nothing,
  'advisories:find': v.strictTuple([advisoryQuery]),
  'advisories:show': v.strictTuple([place, shortText]),
  'advisories:update': nothing,
  'app:open-updates': nothing,
  'shield:plan': v.strictTuple([wishForm]),
  'shield:plan-lift': nothing,
  'shield:carry-out': v.strictTuple([v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))]),
  'shield:settle': nothing,
  'shield:cancel': nothing,
};
