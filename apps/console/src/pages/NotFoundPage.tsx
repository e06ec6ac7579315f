import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useTitle } from '../shell/use-title.ts';

export function NotFoundPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useTitle(t('notFound.title'));
  return (
    <Container header={<Header variant="h1">{t('notFound.title')}</Header>}>
      <SpaceBetween size="m">
        <div>{t('notFound.text')}</div>
        <Button onClick={() => void navigate('/')}>{t('launch.back')}</Button>
      </SpaceBetween>
    </Container>
  );
}
