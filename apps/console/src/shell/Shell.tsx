import AppLayout from '@cloudscape-design/components/app-layout';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import TopNavigation from '@cloudscape-design/components/top-navigation';
import {
  type Language,
  languageSchema,
  type Preferences,
  preferencesSchema,
  type Session,
  themeSchema,
} from '@strongroom/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useHasJobs } from '../api/jobs.ts';
import { readSession } from '../api/queries.ts';
import { request } from '../api/request.ts';
import logo from '../assets/logo.svg';
import { readLanguage } from '../language/read-language.ts';
import { currentLanguage } from '../language/start-language.ts';
import { useChooseLanguage } from '../language/use-choose-language.ts';
import { navigationItems, sectionOf } from './navigation.ts';
import { applyTheme, readTheme } from './theme.ts';

/** The frame of every page: top bar with language, theme and account; navigation when signed in. */
export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const choose = useChooseLanguage();
  const isInside = session.signedIn && !session.mustChangePassword;
  const hasJobs = useHasJobs(isInside && session.domain.runtime !== 'sagemaker');

  const savePreferences = async (change: Partial<Preferences>) => {
    const next = { language: readLanguage(), theme: readTheme(), ...change };
    choose(next.language);
    applyTheme(next.theme);
    if (!session.signedIn) return;
    await request(preferencesSchema, '/api/preferences', { method: 'PUT', body: next });
    await readSession();
  };

  return (
    <>
      <a className="skip-link" href="#content">
        {t('skipToContent')}
      </a>
      <header id="top-navigation">
        <TopNavigation
          identity={{
            href: '/',
            title: t('product'),
            logo: { src: logo, alt: '' },
            onFollow: (event) => {
              event.preventDefault();
              void navigate('/');
            },
          }}
          utilities={[
            {
              type: 'menu-dropdown',
              text: t(`language.${currentLanguage()}`),
              ariaLabel: t('language.label'),
              items: languageSchema.options.map((id) => ({ id, text: t(`language.${id}`) })),
              onItemClick: ({ detail }) =>
                void savePreferences({ language: detail.id as Language }),
            },
            {
              type: 'menu-dropdown',
              text: t('theme.label'),
              ariaLabel: t('theme.label'),
              items: themeSchema.options.map((id) => ({ id, text: t(`theme.${id}`) })),
              onItemClick: ({ detail }) =>
                void savePreferences({ theme: themeSchema.parse(detail.id) }),
            },
            ...(session.signedIn
              ? [
                  {
                    type: 'menu-dropdown' as const,
                    iconName: 'user-profile' as const,
                    text: session.person.displayName,
                    description: session.person.profileName,
                    ariaLabel: t('navigation.account', session.person),
                    items: [
                      ...(session.domain.runtime === 'sagemaker'
                        ? []
                        : [{ id: '/tokens', text: t('navigation.tokens') }]),
                      { id: '/password', text: t('navigation.changePassword') },
                      { id: '/sign-out', text: t('navigation.signOut') },
                    ],
                    onItemClick: ({ detail }: { detail: { id: string } }) =>
                      void navigate(detail.id),
                  },
                ]
              : []),
          ]}
        />
      </header>
      {isInside ? (
        <AppLayout
          headerSelector="#top-navigation"
          toolsHide
          ariaLabels={{
            navigation: t('navigation.label'),
            navigationToggle: t('navigation.open'),
            navigationClose: t('navigation.close'),
          }}
          navigation={
            <SideNavigation
              activeHref={sectionOf(pathname)}
              items={navigationItems(session, hasJobs.data === true, t)}
              onFollow={(event) => {
                event.preventDefault();
                void navigate(event.detail.href);
              }}
            />
          }
          content={<div id="content">{children}</div>}
        />
      ) : (
        <main id="content">{children}</main>
      )}
    </>
  );
}
