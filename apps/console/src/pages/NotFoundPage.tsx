import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useTranslation } from 'react-i18next';
import { useTitle } from '../shell/use-title.ts';

export function NotFoundPage() {
  const { t } = useTranslation();
  useTitle(t('notFound.title'));
  return (
    <Container header={<Header variant="h1">{t('notFound.title')}</Header>}>
      {t('notFound.text')}
    </Container>
  );
}
