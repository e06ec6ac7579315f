import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { RepositoryDetails } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useRepositoryFolder } from '../../api/repositories.ts';
import { ApiError } from '../../api/request.ts';
import { Failure } from '../../shell/Failure.tsx';
import { FolderTable } from './FolderTable.tsx';
import { PlaceHead } from './PlaceHead.tsx';
import { Readme } from './Readme.tsx';
import { repositoryAddress } from './repository-address.ts';
import { usePlace } from './use-place.ts';

/** A folder of a revision, and what its read-me file says. */
export function FolderPage({ details }: { readonly details: RepositoryDetails }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const place = usePlace(details);
  const { revision, path } = place;
  const folder = useRepositoryFolder(place);
  const isBranchWithoutCommit =
    path === '' &&
    revision === details.defaultBranch &&
    folder.error instanceof ApiError &&
    folder.error.code === 'RevisionNotFound';
  return (
    <SpaceBetween size="m">
      <div className="place-bar">
        <PlaceHead place={place} section="" />
        <Button
          iconName="status-pending"
          onClick={() => void navigate(repositoryAddress(place, '/commits'))}
        >
          {t('repositories.history')}
        </Button>
      </div>
      {isBranchWithoutCommit && (
        <Alert type="info" header={t('repositories.emptyBranch')}>
          {t('repositories.emptyBranchText', { branch: revision })}
        </Alert>
      )}
      {folder.error && !isBranchWithoutCommit && (
        <Failure error={folder.error} retry={() => void folder.refetch()} />
      )}
      {!folder.error && <FolderTable place={place} folder={folder.data} />}
      {folder.data && <Readme place={place} entries={folder.data.entries} />}
    </SpaceBetween>
  );
}
