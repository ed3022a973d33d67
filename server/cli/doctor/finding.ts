import type { Finding } from '../../../contract/doctor.ts';
import type { ExaminedPart } from '../../../contract/examined-parts.ts';
import { counted } from '../../platform/counted.ts';

export type { Finding };
export type Health = Finding['health'];

export const well = (about: ExaminedPart, says: string): Finding => ({ about, health: 'well', says });
export const notice = (about: ExaminedPart, says: string, next: string): Finding => ({
  about,
  health: 'notice',
  says,
  next,
});
export const wrong = (about: ExaminedPart, says: string, next: string): Finding => ({
  about,
  health: 'wrong',
  says,
  next,
});

/** A check that breaks is a finding itself: one broken part must not hide the others. */
export async function orWrong(about: ExaminedPart, next: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    return [wrong(about, error instanceof Error ? error.message : String(error), next)];
  }
}

export function formatBytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

export function formatAge(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 120) return counted(minutes, 'minute', 'minutes');
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1_440)} days`;
}
