/** Milliseconds. Each server process on a database says so often that it lives. */
export const heartbeatMs = 2_000;
/** One that was not heard of for so long is dead. */
export const deadAfterMs = 20_000;
/** Sooner, when the connection that it holds is gone as well. */
export const goneAfterMs = 4_000;
