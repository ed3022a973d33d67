/** The address that an invited person opens. */
export function inviteLink(token: string): string {
  return new URL(`/invite/${encodeURIComponent(token)}`, location.origin).href;
}
