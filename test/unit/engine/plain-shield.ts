// The shield that tests of acts begin with: no end, no exception, no reason.
import type { Shield } from '../../../main/model/shield';

export const plainShield: Shield = {
  id: '0123abcd',
  since: '2026-11-24T12:00:00.000Z',
  until: null,
  atEnd: 'extend',
  allow: { ipv4: [], ipv6: [] },
  outbound: false,
  rules: true,
  workarounds: [],
  reason: null,
};
