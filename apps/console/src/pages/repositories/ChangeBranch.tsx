import type { RepositoryDetails } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { changeRepository } from '../../api/repositories.ts';
import { AskFirst } from '../../shell/AskFirst.tsx';
import { shownName } from './shown-name.ts';

export type BranchChange = 'unprotect' | 'makeDefault';

interface ChangeBranchProps {
  readonly details: RepositoryDetails;
  readonly branch: string;
  readonly change: BranchChange;
  readonly close: () => void;
}

/** Asked before what others notice. */
export function ChangeBranch({ details, branch, change, close }: ChangeBranchProps) {
  const { t } = useTranslation();
  const { name, protectedBranches } = details;
  return (
    <AskFirst
      title={t(`repositories.${change}Title`, { branch: shownName(branch) })}
      confirm={t(`repositories.${change}`)}
      close={close}
      act={() =>
        changeRepository(
          name,
          change === 'makeDefault'
            ? { defaultBranch: branch }
            : { protectedBranches: protectedBranches.filter((each) => each !== branch) },
        )
      }
    >
      {t(`repositories.${change}Text`)}
    </AskFirst>
  );
}
