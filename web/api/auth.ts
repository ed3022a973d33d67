import { send, setLeaving } from './client.ts';

export interface Credentials {
  email: string;
  password: string;
}

/** Sets the session cookie. A wrong password is an `ApiError` with the server's sentence. */
export async function signIn(credentials: Credentials): Promise<void> {
  await send('/api/auth/sign-in/email', { method: 'POST', body: credentials, expectSignedOut: true });
}

/** A new document has to follow: the page is asked for nothing any more. */
export async function signOut(): Promise<void> {
  setLeaving(true);
  try {
    await send('/api/auth/sign-out', { method: 'POST', expectSignedOut: true });
  } catch (error) {
    setLeaving(false);
    throw error;
  }
}

/** Whether the browser's session cookie is still good. Asking is no failed request for somebody who is signed out. */
export async function hasSession(signal?: AbortSignal): Promise<boolean> {
  return (await send('/api/auth/get-session', { method: 'GET', signal })) !== null;
}
