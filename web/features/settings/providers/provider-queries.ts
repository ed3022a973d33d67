/** Names of what the server was asked for. */
export const providersKey = ['providers'];
export const modelLimitsKey = ['model-limits'];
