import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { readSession } from '../api/queries.ts';
import { requestNothing } from '../api/request.ts';
import { Failure } from '../shell/Failure.tsx';
import { useAction } from '../shell/use-action.ts';
import { useTitle } from '../shell/use-title.ts';

/** Asks first, because Lab's menu links here and a link alone must change nothing. */
export function SignOutPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { isBusy, error, run } = useAction();
  useTitle(t('signOut.submit'));
  const signOut = () =>
    run(async () => {
      await requestNothing('/api/session', { method: 'DELETE' });
      await navigate('/', { replace: true });
      await readSession();
    });
  return (
    <Container header={<Header variant="h1">{t('signOut.title')}</Header>}>
      <SpaceBetween size="l">
        <div>{t('signOut.explain')}</div>
        {error !== undefined && <Failure error={error} />}
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" loading={isBusy} onClick={() => void signOut()}>
            {t('signOut.submit')}
          </Button>
          <Button onClick={() => void navigate('/')}>{t('signOut.stay')}</Button>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}
