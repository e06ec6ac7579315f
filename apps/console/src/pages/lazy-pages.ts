import { lazyPage } from '../shell/lazy-page.ts';

export const AppsPage = lazyPage(async () => (await import('./AppsPage.tsx')).AppsPage);
export const AuditPage = lazyPage(async () => (await import('./AuditPage.tsx')).AuditPage);
export const BucketDetailsPage = lazyPage(
  async () => (await import('./BucketDetailsPage.tsx')).BucketDetailsPage,
);
export const BucketPage = lazyPage(async () => (await import('./BucketPage.tsx')).BucketPage);
export const BucketsPage = lazyPage(async () => (await import('./BucketsPage.tsx')).BucketsPage);
export const ChangePasswordPage = lazyPage(
  async () => (await import('./ChangePasswordPage.tsx')).ChangePasswordPage,
);
export const ControlsPage = lazyPage(async () => (await import('./ControlsPage.tsx')).ControlsPage);
export const CostPage = lazyPage(async () => (await import('./cost/CostPage.tsx')).CostPage);
export const DomainPage = lazyPage(async () => (await import('./DomainPage.tsx')).DomainPage);
export const FlowsPage = lazyPage(async () => (await import('./FlowsPage.tsx')).FlowsPage);
export const ImagesPage = lazyPage(
  async () => (await import('./compute/ImagesPage.tsx')).ImagesPage,
);
export const InstanceTypesPage = lazyPage(
  async () => (await import('./compute/InstanceTypesPage.tsx')).InstanceTypesPage,
);
export const InternetAccessPage = lazyPage(
  async () => (await import('./InternetAccessPage.tsx')).InternetAccessPage,
);
export const JobsPage = lazyPage(async () => (await import('./jobs/JobsPage.tsx')).JobsPage);
export const KeysPage = lazyPage(async () => (await import('./KeysPage.tsx')).KeysPage);
export const LaunchPage = lazyPage(async () => (await import('./LaunchPage.tsx')).LaunchPage);
export const NotFoundPage = lazyPage(async () => (await import('./NotFoundPage.tsx')).NotFoundPage);
export const PeoplePage = lazyPage(async () => (await import('./PeoplePage.tsx')).PeoplePage);
export const PoliciesPage = lazyPage(async () => (await import('./PoliciesPage.tsx')).PoliciesPage);
export const ProfilePage = lazyPage(async () => (await import('./ProfilePage.tsx')).ProfilePage);
export const RepositoriesPage = lazyPage(
  async () => (await import('./repositories/RepositoriesPage.tsx')).RepositoriesPage,
);
export const RepositoryPage = lazyPage(
  async () => (await import('./repositories/RepositoryPage.tsx')).RepositoryPage,
);
export const SignInPage = lazyPage(async () => (await import('./SignInPage.tsx')).SignInPage);
export const SignOutPage = lazyPage(async () => (await import('./SignOutPage.tsx')).SignOutPage);
export const CompareSharePage = lazyPage(
  async () => (await import('./shares/CompareSharePage.tsx')).CompareSharePage,
);
export const SharePage = lazyPage(async () => (await import('./shares/SharePage.tsx')).SharePage);
export const SharesPage = lazyPage(
  async () => (await import('./shares/SharesPage.tsx')).SharesPage,
);
export const NotOnAwsPage = lazyPage(
  async () => (await import('./spaces/NotOnAwsPage.tsx')).NotOnAwsPage,
);
export const SpacesPage = lazyPage(
  async () => (await import('./spaces/SpacesPage.tsx')).SpacesPage,
);
export const TokensPage = lazyPage(
  async () => (await import('./tokens/TokensPage.tsx')).TokensPage,
);
