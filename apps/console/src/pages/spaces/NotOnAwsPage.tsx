import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useTitle } from '../../shell/use-title.ts';

/** In the place of a page about what only a studio on this machine has. */
export function NotOnAwsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useTitle(t('aws.notHere'));
  return (
    <Container header={<Header variant="h1">{t('aws.notHere')}</Header>}>
      <SpaceBetween size="m">
        <div>{t('aws.notHereText')}</div>
        <Button onClick={() => void navigate('/')}>{t('launch.back')}</Button>
      </SpaceBetween>
    </Container>
  );
}
