import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { RepositoryPlace } from '../../api/repositories.ts';
import { PageLink } from '../../shell/PageLink.tsx';
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
  const crumbs = [
    { name: repository, path: '' },
    ...parts.map((name, index) => ({ name, path: parts.slice(0, index + 1).join('/') })),
  ];
  return (
    <div className="place-head">
      <RevisionChoice
        {...place}
        choose={(revision) =>
          void navigate(repositoryAddress({ repository, revision, path }, section))
        }
      />
      {/* Wraps anywhere: a name may be as long as it likes. */}
      <nav aria-label={t('repositories.path')}>
        <ol className="path-crumbs">
          {crumbs.map((crumb) => (
            <li key={crumb.path}>
              {crumb.path === path ? (
                <bdi className="long-name" aria-current="page">
                  {shownName(crumb.name)}
                </bdi>
              ) : (
                <PageLink to={repositoryAddress({ ...place, path: crumb.path })}>
                  <bdi className="long-name">{shownName(crumb.name)}</bdi>
                </PageLink>
              )}
            </li>
          ))}
        </ol>
      </nav>
    </div>
  );
}
