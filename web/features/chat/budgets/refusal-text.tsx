import { tellMomentsHere } from './local-moments.ts';

/** Why a budget lets an answer not go on, with its end by the person's clock. */
export default function RefusalText({ text }: { text: string }) {
  return tellMomentsHere(text);
}
