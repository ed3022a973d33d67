import { Lock } from 'lucide-react';
import { DeadEnd } from './dead-end.tsx';

/** In the place of a page for admins. */
export const NotAllowed = () => <DeadEnd picture={Lock} says="notAllowed" />;
