/** The current time; injected, so that a test decides when a session expires. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
