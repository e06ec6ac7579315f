import Box from '@cloudscape-design/components/box';
import Cards from '@cloudscape-design/components/cards';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Role } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useImages } from '../../api/compute.ts';
import { Failure } from '../../shell/Failure.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { CopyLine } from '../repositories/CopyLine.tsx';
import '../repositories/repositories.css';
import './compute.css';
import { ImageTitle } from './ImageTitle.tsx';
import { imageSections } from './image-sections.tsx';

/** What kernels run on: all images for whoever looks after the domain, for others what they may use. */
export function ImagesPage({ role }: { readonly role: Role }) {
  const { t, i18n } = useTranslation();
  const answer = useImages();
  useTitle(t('images.title'));
  const images = answer.data?.images ?? [];
  const seesAll = role !== 'data-scientist';
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        counter={`(${images.length})`}
        description={t(seesAll ? 'images.explainAll' : 'images.explain')}
      >
        {t('images.title')}
      </Header>
      {answer.error && <Failure error={answer.error} retry={() => void answer.refetch()} />}
      {!answer.error && (
        <Cards
          items={images}
          trackBy="imageName"
          loading={answer.isPending}
          loadingText={t('loading')}
          ariaLabels={{
            itemSelectionLabel: () => '',
            selectionGroupLabel: '',
            cardsLabel: t('images.title'),
          }}
          cardsPerRow={[{ cards: 1 }, { minWidth: 700, cards: 2 }]}
          cardDefinition={{
            header: (image) => <ImageTitle image={image} />,
            sections: imageSections({ t, language: i18n.language, seesAll }),
          }}
          empty={
            <Box textAlign="center">
              <b>{t('images.empty')}</b>
              <Box variant="p">{t('images.emptyHint')}</Box>
            </Box>
          }
        />
      )}
      {role === 'administrator' && <HowToAdd />}
    </SpaceBetween>
  );
}

function HowToAdd() {
  const { t } = useTranslation();
  const commands = ['add', 'check', 'remove'] as const;
  return (
    <Container
      header={
        <Header variant="h2" description={t('images.add.explain')}>
          {t('images.add.title')}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {commands.map((command) => (
          <SpaceBetween key={command} size="xxs">
            <Box variant="awsui-key-label">{t(`images.add.${command}`)}</Box>
            <CopyLine name={t(`images.add.${command}`)} text={commandLines[command]} />
          </SpaceBetween>
        ))}
      </SpaceBetween>
    </Container>
  );
}

const commandLines = {
  add: 'strongroom images add my-image --from oci-archive:my-image.tar --display-name "My image"',
  check: 'strongroom images check my-image',
  remove: 'strongroom images remove my-image',
};
