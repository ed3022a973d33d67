import { createContext } from 'react';
import type { Rating } from '../../../../contract/socket.ts';

/** Shows what an answer was rated as; undefined where answers are not rated. */
export const RatingsContext = createContext<((messageId: string, rating: Rating | undefined) => void) | undefined>(
  undefined,
);
