import './ui/theme/typeface.css';
import './ui/theme/mantine.ts';
import './ui/theme/variables.css';
import './ui/theme/global.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { onSignedOut } from './api/client.ts';
import { queryClient } from './api/query-client.ts';
import { safeNext } from './app/guards.ts';
import { takePageState } from './app/page-state.ts';
import { registerServiceWorker } from './app/register-service-worker.ts';
import { router } from './app/router.tsx';
import { sessionKeys } from './features/session/session-queries.ts';
import { loadLanguage } from './texts/language.ts';
import { BesidePage } from './ui/beside-page.tsx';
import { ThemeProvider } from './ui/theme/theme-provider.tsx';

onSignedOut(() => {
  // Several requests may find out at once; the first one leads the way.
  if (queryClient.getQueryData(sessionKeys.me) === null) return;
  queryClient.setQueryData(sessionKeys.me, null);
  void router.navigate({ to: '/login', search: { next: safeNext(router.state.location.href), ended: true } });
});

const container = document.getElementById('root');
if (!container) throw new Error('The page has no root element.');

takePageState(queryClient);
await loadLanguage();

createRoot(container).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <ThemeProvider>
        <RouterProvider router={router} />
        <BesidePage />
      </ThemeProvider>
    </QueryClientProvider>
  </StrictMode>,
);

registerServiceWorker();
