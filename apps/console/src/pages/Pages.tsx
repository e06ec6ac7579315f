import { consolePages, type Person, type Session } from '@strongroom/contracts';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Routes, useLocation } from 'react-router';
import { CrashBoundary } from '../shell/CrashBoundary.tsx';
import { Loading } from '../shell/Loading.tsx';
import {
  AppsPage,
  AuditPage,
  BucketDetailsPage,
  BucketPage,
  BucketsPage,
  ChangePasswordPage,
  CompareSharePage,
  ControlsPage,
  CostPage,
  DomainPage,
  FlowsPage,
  ImagesPage,
  InstanceTypesPage,
  InternetAccessPage,
  JobsPage,
  KeysPage,
  LaunchPage,
  NotFoundPage,
  NotOnAwsPage,
  PeoplePage,
  PoliciesPage,
  ProfilePage,
  RepositoriesPage,
  RepositoryPage,
  SharePage,
  SharesPage,
  SignInPage,
  SignOutPage,
  SpacesPage,
  TokensPage,
} from './lazy-pages.ts';

/** The page that the address names, as far as the session may see it. */
export function Pages({ session }: { session: Session }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <CrashBoundary place={pathname}>
      <Suspense fallback={<Loading label={t('loading')} />}>
        <PageOf session={session} />
      </Suspense>
    </CrashBoundary>
  );
}

function PageOf({ session }: { session: Session }) {
  if (!session.signedIn) return <SignInPage domainName={session.domain.domainName} />;
  if (session.mustChangePassword) return <ChangePasswordPage isFirst />;
  const { person } = session;
  const { runtime } = session.domain;
  return (
    <Routes>
      <Route path={consolePages.domain} element={<DomainPage />} />
      <Route path={consolePages.launch} element={<LaunchPage />} />
      <Route path={consolePages.profile} element={<ProfilePage />} />
      <Route path={consolePages.password} element={<ChangePasswordPage isFirst={false} />} />
      <Route path={consolePages.signOut} element={<SignOutPage />} />
      <Route path={consolePages.buckets} element={<BucketsPage />} />
      <Route path={consolePages.bucket} element={<BucketPage />} />
      <Route path={consolePages.shares} element={<SharesPage {...person} />} />
      <Route path={consolePages.share} element={<SharePage person={person} />} />
      <Route path={consolePages.compareShare} element={<CompareSharePage person={person} />} />
      <Route path={consolePages.instanceTypes} element={<InstanceTypesPage />} />
      <Route path={consolePages.cost} element={<CostPage {...person} />} />
      {runtime === 'sagemaker' ? pagesOnAws(person) : pagesOfThisMachine(person)}
      {person.role !== 'data-scientist' && (
        <>
          <Route path={consolePages.bucketDetails} element={<BucketDetailsPage />} />
          <Route path={consolePages.keys} element={<KeysPage />} />
          <Route path={consolePages.apps} element={<AppsPage />} />
          <Route path={consolePages.policies} element={<PoliciesPage />} />
          <Route path={consolePages.audit} element={<AuditPage />} />
        </>
      )}
      {person.role === 'administrator' && (
        <Route path={consolePages.people} element={<PeoplePage />} />
      )}
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}

/** About what a studio on this machine has. */
function pagesOfThisMachine(person: Person) {
  return (
    <>
      <Route
        path={consolePages.internetAccess}
        element={<InternetAccessPage profileName={person.profileName} />}
      />
      <Route path={consolePages.repositories} element={<RepositoriesPage {...person} />} />
      <Route path={consolePages.repository} element={<RepositoryPage {...person} />} />
      <Route path={consolePages.images} element={<ImagesPage {...person} />} />
      <Route path={consolePages.jobs} element={<JobsPage {...person} />} />
      <Route path={consolePages.tokens} element={<TokensPage {...person} />} />
      {person.role !== 'data-scientist' && (
        <>
          <Route path={consolePages.controls} element={<ControlsPage />} />
          <Route path={consolePages.flows} element={<FlowsPage />} />
        </>
      )}
    </>
  );
}

const notOnAws = [
  consolePages.internetAccess,
  consolePages.repositories,
  consolePages.images,
  consolePages.jobs,
  consolePages.tokens,
  consolePages.controls,
  consolePages.flows,
];

/** About a space of SageMaker's; an address that was kept from before says where its page went. */
function pagesOnAws({ profileName }: Person) {
  return (
    <>
      <Route path={consolePages.spaces} element={<SpacesPage profileName={profileName} />} />
      {notOnAws.map((path) => (
        <Route key={path} path={`${path}/*`} element={<NotOnAwsPage />} />
      ))}
    </>
  );
}
