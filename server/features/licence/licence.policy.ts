/** What the rules look at of a licence: its claims. */
export interface LicenceFacts {
  /** Seconds since 1970; missing in one that never ends. */
  exp?: number | undefined;
  /** 0 is as many as there are. */
  maxUsers: number;
}

export const isLive = (licence: LicenceFacts, now: number): boolean =>
  licence.exp === undefined || licence.exp * 1_000 > now;

/** The seats of a licence count also once it has expired. */
export const hasFreeSeat = (licence: LicenceFacts, seatsUsed: number): boolean =>
  licence.maxUsers === 0 || seatsUsed < licence.maxUsers;
