import type { CardsProps } from '@cloudscape-design/components/cards';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { DomainImage } from '@strongroom/contracts';
import type { TFunction } from 'i18next';
import { formatBytes } from '../../shell/format-bytes.ts';
import { Moment } from '../../shell/Moment.tsx';
import { sentenceIn } from '../../shell/sentence-in.ts';

interface SectionOptions {
  readonly t: TFunction;
  readonly language: string;
  /** Where it comes from is told only to those who look after the domain. */
  readonly seesAll: boolean;
}

const indicators: Record<DomainImage['state'], StatusIndicatorProps.Type> = {
  ready: 'success',
  preparing: 'in-progress',
  failed: 'error',
};

export function imageSections(
  options: SectionOptions,
): CardsProps.SectionDefinition<DomainImage>[] {
  const { t, language, seesAll } = options;
  const sections: CardsProps.SectionDefinition<DomainImage>[] = [
    {
      id: 'state',
      header: t('images.state'),
      width: 50,
      content: (image) => state(image, options),
    },
    {
      id: 'version',
      header: t('images.version'),
      width: 50,
      content: ({ version }) => version ?? '–',
    },
    { id: 'kernels', header: t('images.kernels'), width: 50, content: kernels },
    {
      id: 'name',
      header: t('images.name'),
      width: 50,
      content: ({ imageName }) => <span className="long-name">{imageName}</span>,
    },
    { id: 'digest', header: t('images.digest'), content: (image) => digest(image, t) },
  ];
  if (!seesAll) return sections;
  return [
    ...sections,
    { id: 'source', header: t('images.source'), content: (image) => source(image, t) },
    {
      id: 'size',
      header: t('images.size'),
      width: 50,
      content: ({ sizeBytes, architecture }) =>
        [sizeBytes === null ? undefined : formatBytes(sizeBytes), architecture ?? undefined]
          .filter((part) => part !== undefined)
          .join(' · ') || '–',
    },
    {
      id: 'added',
      header: t('images.added'),
      width: 50,
      content: ({ addedAt }) => (addedAt === null ? '–' : <Moment at={addedAt} />),
    },
    {
      id: 'running',
      header: t('images.running'),
      content: ({ runningAppCount }) => runningAppCount.toLocaleString(language),
    },
  ];
}

function state({ state, reason }: DomainImage, { t, language }: SectionOptions) {
  return (
    <>
      <StatusIndicator type={indicators[state]}>{t(`images.states.${state}`)}</StatusIndicator>
      {reason !== null && <div className="long-name">{sentenceIn(reason, language)}</div>}
    </>
  );
}

/** Without the image's name, which is put before a kernel's where there are several images. */
function kernels({ kernels, displayName: image }: DomainImage) {
  if (kernels.length === 0) return '–';
  const prefix = `${image} | `;
  return kernels.map(({ name, displayName }) => (
    <div key={name}>
      {displayName.startsWith(prefix) ? displayName.slice(prefix.length) : displayName}
    </div>
  ));
}

function digest({ digest }: DomainImage, t: TFunction) {
  if (digest === null) return t('images.noDigest');
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={digest}
      textToDisplay={digest.slice(0, 'sha256:'.length + 12)}
      copyButtonAriaLabel={t('copy')}
      copySuccessText={t('copied')}
      copyErrorText=""
    />
  );
}

function source({ source, reference }: DomainImage, t: TFunction) {
  return (
    <>
      {t(`images.sources.${source}`)}
      {reference !== null && <div className="long-name">{reference}</div>}
    </>
  );
}
