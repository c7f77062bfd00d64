// Why asking for administrator rights did not work out.

/** Asking did not work out. `unknown` = no answer came back: look before believing anything. */
export class ElevationFailed extends Error {
  constructor(
    readonly reason: 'denied' | 'no-agent' | 'cancelled' | 'timed-out' | 'impossible' | 'busy' | 'unknown',
    /** Plain words: what happened. */
    message: string,
    /** Plain words: what to do. */
    readonly todo: string,
  ) {
    super(message);
  }
}

/** Milliseconds that the password question may stand. A request carries the same end, so that a later "yes" does nothing. */
export const patience = 120_000;
