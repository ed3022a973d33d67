import { Compass } from 'lucide-react';
import { DeadEnd } from '../ui/dead-end.tsx';

/** For an address that leads nowhere: the whole page. */
export function NotFoundPage() {
  return (
    <main>
      <NotFound />
    </main>
  );
}

/** In the place of what is gone or not shared. */
export const NotFound = () => <DeadEnd picture={Compass} says="notFound" />;
