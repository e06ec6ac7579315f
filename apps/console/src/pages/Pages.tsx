import type { Person, Session } from '@strongroom/contracts';
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
      <Route path="/" element={<DomainPage />} />
      <Route path="/launch/:profileName" element={<LaunchPage />} />
      <Route path="/profiles/:profileName" element={<ProfilePage />} />
      <Route path="/password" element={<ChangePasswordPage isFirst={false} />} />
      <Route path="/sign-out" element={<SignOutPage />} />
      <Route path="/buckets" element={<BucketsPage />} />
      <Route path="/buckets/:bucket" element={<BucketPage />} />
      <Route path="/shares" element={<SharesPage {...person} />} />
      <Route path="/shares/:shareId" element={<SharePage person={person} />} />
      <Route path="/shares/:shareId/compare" element={<CompareSharePage person={person} />} />
      <Route path="/instance-types" element={<InstanceTypesPage />} />
      <Route path="/cost" element={<CostPage {...person} />} />
      {runtime === 'sagemaker' ? pagesOnAws(person) : pagesOfThisMachine(person)}
      {person.role !== 'data-scientist' && (
        <>
          <Route path="/buckets/:bucket/details" element={<BucketDetailsPage />} />
          <Route path="/keys" element={<KeysPage />} />
          <Route path="/apps" element={<AppsPage />} />
          <Route path="/policies" element={<PoliciesPage />} />
          <Route path="/audit" element={<AuditPage />} />
        </>
      )}
      {person.role === 'administrator' && <Route path="/people" element={<PeoplePage />} />}
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}

/** About what a studio on this machine has. */
function pagesOfThisMachine(person: Person) {
  return (
    <>
      <Route
        path="/internet-access"
        element={<InternetAccessPage profileName={person.profileName} />}
      />
      <Route path="/repositories" element={<RepositoriesPage {...person} />} />
      <Route path="/repositories/:repository/*" element={<RepositoryPage {...person} />} />
      <Route path="/images" element={<ImagesPage {...person} />} />
      <Route path="/jobs" element={<JobsPage {...person} />} />
      <Route path="/tokens" element={<TokensPage {...person} />} />
      {person.role !== 'data-scientist' && (
        <>
          <Route path="/controls" element={<ControlsPage />} />
          <Route path="/flows" element={<FlowsPage />} />
        </>
      )}
    </>
  );
}

const notOnAws = [
  'internet-access',
  'repositories',
  'images',
  'jobs',
  'tokens',
  'controls',
  'flows',
];

/** About a space of SageMaker's; an address that was kept from before says where its page went. */
function pagesOnAws({ profileName }: Person) {
  return (
    <>
      <Route path="/spaces" element={<SpacesPage profileName={profileName} />} />
      {notOnAws.map((name) => (
        <Route key={name} path={`/${name}/*`} element={<NotOnAwsPage />} />
      ))}
    </>
  );
}
