import { createHmac } from 'node:crypto';

export interface EmailReference {
  emailHash: string;
  emailPreview: string;
}

/** Shows as much of an address as it takes to recognise one's own: `a…@e….com`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  return `${first(email)}…@${first(domain)}…${dot > 0 ? domain.slice(dot) : ''}`;
}

const first = (text: string) => [...text].at(0) ?? '';

/** The hash is keyed, so that addresses cannot be guessed from it; equal addresses give equal hashes. */
export function referToEmail(redactionKey: string, email: string): EmailReference {
  const normal = email.trim().toLowerCase();
  return {
    emailHash: createHmac('sha256', redactionKey).update(normal).digest('hex'),
    emailPreview: maskEmail(normal),
  };
}
