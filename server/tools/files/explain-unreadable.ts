import { AppError } from '../../platform/errors.ts';
import { ToolError } from '../tool.ts';
import { codeOfProblem } from './document-problem.ts';

/** What a person is told who opens a document that cannot be read: 404 with the reason. Throws whatever else it is. */
export function explainUnreadable(error: unknown): never {
  if (!(error instanceof ToolError)) throw error;
  if (error.cause instanceof AppError) throw error.cause;
  throw new AppError('not_found', error.message, {
    reason: codeOfProblem(error.message) ?? 'unreadable',
    cause: error,
  });
}
