import { I18nProvider } from '@cloudscape-design/components/i18n';
import englishOfComponents from '@cloudscape-design/components/i18n/messages/all.en';
import koreanOfComponents from '@cloudscape-design/components/i18n/messages/all.ko';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { BrowserRouter, Route, Routes } from 'react-router';
import { useSession } from './api/queries.ts';
import { chooseLanguage, currentLanguage } from './language/start-language.ts';
import { AppsPage } from './pages/AppsPage.tsx';
import { AuditPage } from './pages/AuditPage.tsx';
import { BucketDetailsPage } from './pages/BucketDetailsPage.tsx';
import { BucketPage } from './pages/BucketPage.tsx';
import { BucketsPage } from './pages/BucketsPage.tsx';
import { ChangePasswordPage } from './pages/ChangePasswordPage.tsx';
import { ControlsPage } from './pages/ControlsPage.tsx';
import { DomainPage } from './pages/DomainPage.tsx';
import { FlowsPage } from './pages/FlowsPage.tsx';
import { InternetAccessPage } from './pages/InternetAccessPage.tsx';
import { KeysPage } from './pages/KeysPage.tsx';
import { LaunchPage } from './pages/LaunchPage.tsx';
import { NotFoundPage } from './pages/NotFoundPage.tsx';
import { PeoplePage } from './pages/PeoplePage.tsx';
import { PoliciesPage } from './pages/PoliciesPage.tsx';
import { ProfilePage } from './pages/ProfilePage.tsx';
import { RepositoriesPage } from './pages/repositories/RepositoriesPage.tsx';
import { RepositoryPage } from './pages/repositories/RepositoryPage.tsx';
import { SignInPage } from './pages/SignInPage.tsx';
import { SignOutPage } from './pages/SignOutPage.tsx';
import { CompareSharePage } from './pages/shares/CompareSharePage.tsx';
import { SharePage } from './pages/shares/SharePage.tsx';
import { SharesPage } from './pages/shares/SharesPage.tsx';
import { TokensPage } from './pages/tokens/TokensPage.tsx';
import { CrashBoundary } from './shell/CrashBoundary.tsx';
import { Failure } from './shell/Failure.tsx';
import { Shell } from './shell/Shell.tsx';
import { applyTheme } from './shell/theme.ts';

export function App() {
  const session = useSession();
  const preferences =
    session.data?.signedIn && !session.data.mustChangePassword
      ? session.data.preferences
      : undefined;
  useEffect(() => {
    if (!preferences) return;
    chooseLanguage(preferences.language);
    applyTheme(preferences.theme);
  }, [preferences]);

  useTranslation();
  if (session.error) return <Failure error={session.error} retry={() => void session.refetch()} />;
  if (!session.data) return null;
  const person = session.data;
  return (
    <I18nProvider locale={currentLanguage()} messages={[englishOfComponents, koreanOfComponents]}>
      <BrowserRouter>
        <CrashBoundary>
          <Shell session={person}>
            {!person.signedIn ? (
              <SignInPage domainName={person.domain.domainName} />
            ) : person.mustChangePassword ? (
              <ChangePasswordPage isFirst />
            ) : (
              <Routes>
                <Route path="/" element={<DomainPage />} />
                <Route path="/launch/:profileName" element={<LaunchPage />} />
                <Route path="/profiles/:profileName" element={<ProfilePage />} />
                <Route path="/password" element={<ChangePasswordPage isFirst={false} />} />
                <Route path="/sign-out" element={<SignOutPage />} />
                <Route
                  path="/internet-access"
                  element={<InternetAccessPage profileName={person.person.profileName} />}
                />
                <Route path="/buckets" element={<BucketsPage />} />
                <Route path="/buckets/:bucket" element={<BucketPage />} />
                <Route path="/shares" element={<SharesPage {...person.person} />} />
                <Route path="/shares/:shareId" element={<SharePage person={person.person} />} />
                <Route
                  path="/shares/:shareId/compare"
                  element={<CompareSharePage person={person.person} />}
                />
                <Route path="/repositories" element={<RepositoriesPage {...person.person} />} />
                <Route
                  path="/repositories/:repository/*"
                  element={<RepositoryPage {...person.person} />}
                />
                <Route path="/tokens" element={<TokensPage {...person.person} />} />
                {person.person.role !== 'data-scientist' && (
                  <>
                    <Route path="/buckets/:bucket/details" element={<BucketDetailsPage />} />
                    <Route path="/keys" element={<KeysPage />} />
                    <Route path="/apps" element={<AppsPage />} />
                    <Route path="/controls" element={<ControlsPage />} />
                    <Route path="/policies" element={<PoliciesPage />} />
                    <Route path="/flows" element={<FlowsPage />} />
                    <Route path="/audit" element={<AuditPage />} />
                  </>
                )}
                {person.person.role === 'administrator' && (
                  <Route path="/people" element={<PeoplePage />} />
                )}
                <Route path="*" element={<NotFoundPage />} />
              </Routes>
            )}
          </Shell>
        </CrashBoundary>
      </BrowserRouter>
    </I18nProvider>
  );
}
