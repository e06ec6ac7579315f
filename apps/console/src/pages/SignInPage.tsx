import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { preferencesSchema, sessionSchema } from '@strongroom/contracts';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepSession, readSession } from '../api/queries.ts';
import { ApiError, request } from '../api/request.ts';
import logo from '../assets/logo.svg';
import { currentLanguage } from '../language/start-language.ts';
import { Failure } from '../shell/Failure.tsx';
import { readTheme } from '../shell/theme.ts';
import { useAction } from '../shell/use-action.ts';
import { useTitle } from '../shell/use-title.ts';

export function SignInPage({ domainName }: { domainName: string }) {
  const { t } = useTranslation();
  const [profileName, setProfileName] = useState('');
  const [password, setPassword] = useState('');
  const [isShown, setShown] = useState(false);
  const { isBusy, error, run } = useAction();
  const waitSeconds = useCountdown(error);
  useTitle(t('signIn.title'));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const body = { profileName: profileName.trim(), password };
      const session = await request(sessionSchema, '/api/session', { method: 'POST', body });
      keepSession(session);
      if (session.signedIn && session.mustChangePassword) await keepChosenLook();
    });
  };

  return (
    <div className="sign-in-page">
      <form onSubmit={submit}>
        <Container
          header={
            <Header variant="h1" description={t('signIn.domain', { domainName })}>
              <span className="brand">
                <img src={logo} alt="" width="36" height="36" />
                {t('signIn.title')}
              </span>
            </Header>
          }
        >
          <Form
            actions={
              <Button variant="primary" loading={isBusy} disabled={waitSeconds > 0}>
                {t('signIn.submit')}
              </Button>
            }
          >
            <SpaceBetween size="l">
              {error !== undefined && <Failure error={error} />}
              {waitSeconds > 0 && (
                <div aria-live="polite">{t('signIn.wait', { seconds: waitSeconds })}</div>
              )}
              <FormField label={t('signIn.profileName')}>
                <Input
                  value={profileName}
                  autoFocus
                  autoComplete="username"
                  spellcheck={false}
                  onChange={({ detail }) => setProfileName(detail.value)}
                />
              </FormField>
              <FormField label={t('signIn.password')} description={t('signIn.help')}>
                <Input
                  value={password}
                  type={isShown ? 'text' : 'password'}
                  autoComplete="current-password"
                  onChange={({ detail }) => setPassword(detail.value)}
                />
              </FormField>
              <Checkbox checked={isShown} onChange={({ detail }) => setShown(detail.checked)}>
                {t('signIn.showPassword')}
              </Checkbox>
            </SpaceBetween>
          </Form>
        </Container>
      </form>
    </div>
  );
}

/** A person's first sign-in: what they see now, language and theme, becomes their preference. */
async function keepChosenLook(): Promise<void> {
  const body = { language: currentLanguage(), theme: readTheme() };
  await request(preferencesSchema, '/api/preferences', { method: 'PUT', body });
  await readSession();
}

/** Seconds until the next try is heard, as the refusal said. */
function useCountdown(error: unknown): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const wait = error instanceof ApiError ? Number(error.values.retryAfterSeconds ?? 0) : 0;
    const until = Date.now() + wait * 1000;
    const tick = () => setSeconds(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [error]);
  return seconds;
}
