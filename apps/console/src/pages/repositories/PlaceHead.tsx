import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { RepositoryPlace } from '../../api/repositories.ts';
import { RevisionChoice } from './RevisionChoice.tsx';
import { repositoryAddress } from './repository-address.ts';
import { shownName } from './shown-name.ts';

interface PlaceHeadProps {
  readonly place: RepositoryPlace;
  /** Where the last part of the path is shown. */
  readonly section: '' | '/file';
}

/** The revision and the path, each part of which leads to its folder. */
export function PlaceHead({ place, section }: PlaceHeadProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { repository, path } = place;
  const parts = path === '' ? [] : path.split('/');
  const items = parts.map((name, index) => {
    const isLast = index === parts.length - 1;
    const folder = { ...place, path: parts.slice(0, index + 1).join('/') };
    const href = repositoryAddress(folder, isLast ? section : '');
    return { text: shownName(name), href };
  });
  return (
    <div className="place-head">
      <RevisionChoice
        {...place}
        choose={(revision) =>
          void navigate(repositoryAddress({ repository, revision, path }, section))
        }
      />
      <BreadcrumbGroup
        ariaLabel={t('repositories.path')}
        items={[{ text: repository, href: repositoryAddress({ ...place, path: '' }) }, ...items]}
        onFollow={(event) => {
          event.preventDefault();
          void navigate(event.detail.href);
        }}
      />
    </div>
  );
}
