/** The parameters of a message that has none. */
export type None = Readonly<Record<never, never>>;
