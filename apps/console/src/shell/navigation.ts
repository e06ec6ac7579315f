import type { SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import type { Session } from '@strongroom/contracts';
import type { TFunction } from 'i18next';

/** Where one can go: one's own, what runs and costs, and for whoever looks after the domain the rest. */
export function navigationItems(
  session: Session & { signedIn: true },
  hasJobs: boolean,
  t: TFunction,
): SideNavigationProps.Item[] {
  const link = (key: string, href: string) =>
    ({ type: 'link', text: t(`navigation.${key}`), href }) as const;
  const { profileName, role } = session.person;
  const isOnAws = session.domain.runtime === 'sagemaker';
  const own = [
    link('domain', '/'),
    link('myProfile', `/profiles/${profileName}`),
    link('shares', '/shares'),
    ...(isOnAws ? [link('spaces', '/spaces')] : [link('repositories', '/repositories')]),
    link('buckets', '/buckets'),
    ...(isOnAws ? [] : [link('internetAccess', '/internet-access')]),
  ];
  const compute: SideNavigationProps.Item = {
    type: 'section',
    text: t('compute.title'),
    items: [
      ...(isOnAws ? [] : [{ type: 'link' as const, text: t('images.title'), href: '/images' }]),
      { type: 'link', text: t('instanceTypes.title'), href: '/instance-types' },
      ...(role === 'data-scientist' ? [] : [link('apps', '/apps')]),
      ...(hasJobs ? [{ type: 'link' as const, text: t('jobs.title'), href: '/jobs' }] : []),
      { type: 'link', text: t('cost.title'), href: '/cost' },
    ],
  };
  if (role === 'data-scientist') return [...own, compute];
  const administration = [
    ...(role === 'administrator' ? [link('people', '/people')] : []),
    link('keys', '/keys'),
  ];
  const evidence = [
    link('policies', '/policies'),
    ...(isOnAws ? [] : [link('controls', '/controls'), link('flows', '/flows')]),
    link('audit', '/audit'),
  ];
  return [
    ...own,
    compute,
    { type: 'section', text: t('navigation.administration'), items: administration },
    { type: 'section', text: t('navigation.evidence'), items: evidence },
  ];
}

/** What is below a list belongs to it. */
export function sectionOf(pathname: string): string {
  return /^\/(?:buckets|shares|repositories)(?=\/)/.exec(pathname)?.[0] ?? pathname;
}
