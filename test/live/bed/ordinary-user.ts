// The person without administrator rights whom only the PC of a bed knows.

/** Name, number, password and home of the ordinary user. */
export const ordinaryUser = { name: 'harbour', uid: 4777, password: 'harbour wall 7', home: '/run/home' } as const;

/** `openssl passwd -6` of that password. */
export const ordinaryUserHash =
  '$6$breakwaterbed$l/w0ZeLNatW6k32OwExc2eBrHRC53RtRIjSjGAi7/m.28LP9cW958bQvd4MN62G1bkOf8Zrkoxn3aU6X.JnGO1';
