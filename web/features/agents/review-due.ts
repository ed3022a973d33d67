import type { Agent } from '../../../contract/agents.ts';

/** Local, as the dates of reviews are. */
const today = (now: Date) => `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
const pad = (number: number) => String(number).padStart(2, '0');

export const isReviewDue = ({ reviewAt }: Pick<Agent, 'reviewAt'>, now = new Date()): boolean =>
  reviewAt !== null && reviewAt <= today(now);
