import { messageOf } from '../../../ui/notify.ts';

/** How one of several went: what came of it, or the reason why nothing did. */
export interface Outcome<Subject, Result> {
  subject: Subject;
  result?: Result;
  problem?: string;
}

/** Does one after the other, so that a refusal of one costs only that one. */
export async function doForEach<Subject, Result>(
  subjects: readonly Subject[],
  action: (subject: Subject) => Promise<Result>,
): Promise<Outcome<Subject, Result>[]> {
  const outcomes: Outcome<Subject, Result>[] = [];
  for (const subject of subjects) {
    try {
      outcomes.push({ subject, result: await action(subject) });
    } catch (error) {
      outcomes.push({ subject, problem: messageOf(error) });
    }
  }
  return outcomes;
}
