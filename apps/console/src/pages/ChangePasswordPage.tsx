import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { minimumPasswordLength, sessionSchema } from '@strongroom/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepSession } from '../api/queries.ts';
import { request } from '../api/request.ts';
import { Failure } from '../shell/Failure.tsx';
import { useAction } from '../shell/use-action.ts';
import { useTitle } from '../shell/use-title.ts';

/** `isFirst`: the one-time password must go before anything else can be done. */
export function ChangePasswordPage({ isFirst }: { isFirst: boolean }) {
  const { t } = useTranslation();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [repeated, setRepeated] = useState('');
  const [isDone, setDone] = useState(false);
  const { isBusy, error, run } = useAction();
  useTitle(t('password.title'));

  const count = [...newPassword.normalize('NFKC')].length;
  const differs = repeated !== '' && repeated !== newPassword;
  const isReady =
    currentPassword !== '' && count >= minimumPasswordLength && repeated === newPassword;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    void run(async () => {
      const body = { currentPassword, newPassword };
      keepSession(await request(sessionSchema, '/api/password', { method: 'POST', body }));
      for (const clear of [setCurrent, setNew, setRepeated]) clear('');
      setDone(true);
    });
  };

  return (
    <div className={isFirst ? 'sign-in-page' : ''}>
      <form onSubmit={submit}>
        <Container
          header={
            <Header variant="h1" {...(isFirst ? { description: t('password.first') } : {})}>
              {t('password.title')}
            </Header>
          }
        >
          <Form
            actions={
              <Button variant="primary" loading={isBusy} disabled={!isReady}>
                {t('password.submit')}
              </Button>
            }
          >
            <SpaceBetween size="l">
              {error !== undefined && <Failure error={error} />}
              {isDone && <Alert type="success">{t('password.done')}</Alert>}
              <FormField label={t('password.current')}>
                <Input
                  value={currentPassword}
                  type="password"
                  autoFocus
                  autoComplete="current-password"
                  onChange={({ detail }) => setCurrent(detail.value)}
                />
              </FormField>
              <FormField
                label={t('password.next')}
                description={t('password.rule', { length: minimumPasswordLength })}
                constraintText={t('password.count', { count, length: minimumPasswordLength })}
              >
                <Input
                  value={newPassword}
                  type="password"
                  autoComplete="new-password"
                  onChange={({ detail }) => setNew(detail.value)}
                />
              </FormField>
              <FormField
                label={t('password.repeat')}
                {...(differs ? { errorText: t('password.mismatch') } : {})}
              >
                <Input
                  value={repeated}
                  type="password"
                  autoComplete="new-password"
                  onChange={({ detail }) => setRepeated(detail.value)}
                />
              </FormField>
            </SpaceBetween>
          </Form>
        </Container>
      </form>
    </div>
  );
}
