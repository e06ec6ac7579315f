import { I18nProvider } from '@cloudscape-design/components/i18n';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { BrowserRouter } from 'react-router';
import { useSession } from './api/queries.ts';
import { currentComponentTexts, currentLanguage } from './language/start-language.ts';
import { useChooseLanguage } from './language/use-choose-language.ts';
import { Pages } from './pages/Pages.tsx';
import { CrashBoundary } from './shell/CrashBoundary.tsx';
import { Failure } from './shell/Failure.tsx';
import { Shell } from './shell/Shell.tsx';
import { applyTheme } from './shell/theme.ts';

export function App() {
  const session = useSession();
  const choose = useChooseLanguage();
  const preferences =
    session.data?.signedIn && !session.data.mustChangePassword
      ? session.data.preferences
      : undefined;
  useEffect(() => {
    if (!preferences) return;
    choose(preferences.language);
    applyTheme(preferences.theme);
  }, [preferences, choose]);

  useTranslation();
  if (session.error) return <Failure error={session.error} retry={() => void session.refetch()} />;
  if (!session.data) return null;
  return (
    <I18nProvider locale={currentLanguage()} messages={currentComponentTexts()}>
      <BrowserRouter>
        <CrashBoundary>
          <Shell session={session.data}>
            <Pages session={session.data} />
          </Shell>
        </CrashBoundary>
      </BrowserRouter>
    </I18nProvider>
  );
}
