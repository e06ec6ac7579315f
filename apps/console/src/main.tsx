import '@cloudscape-design/global-styles/index.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { queryClient } from './api/queries.ts';
import { startLanguage } from './language/start-language.ts';
import { CrashBoundary } from './shell/CrashBoundary.tsx';
import './shell/console.css';
import { applyTheme, readTheme } from './shell/theme.ts';

/** @throws where the page's texts cannot be loaded */
export async function showConsole(): Promise<void> {
  applyTheme(readTheme());
  const root = document.getElementById('root');
  if (!root) throw new Error('Cannot show the console: the page has no root element');
  await startLanguage();
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <CrashBoundary>
          <App />
        </CrashBoundary>
      </QueryClientProvider>
    </StrictMode>,
  );
}
