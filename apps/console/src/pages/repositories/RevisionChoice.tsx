import Select from '@cloudscape-design/components/select';
import { useTranslation } from 'react-i18next';
import { useBranches } from '../../api/repositories.ts';
import { shortCommit } from './short-commit.ts';
import { shownName } from './shown-name.ts';

interface RevisionChoiceProps {
  readonly repository: string;
  /** A branch, a tag or a commit. */
  readonly revision: string;
  readonly choose: (revision: string) => void;
}

const commitPattern = /^[0-9a-f]{40}$/;

/** Which branch is shown; a commit or a tag that the address names is one more choice. */
export function RevisionChoice({ repository, revision, choose }: RevisionChoiceProps) {
  const { t } = useTranslation();
  const branches = useBranches(repository);
  const known = (branches.data?.branches ?? []).map(({ name, isDefault }) => ({
    ...{ value: name, label: shownName(name) },
    ...(isDefault ? { tags: [t('repositories.defaultMark')] } : {}),
  }));
  const isKnown = known.some(({ value }) => value === revision);
  const isLoading = branches.isPending;
  const other = {
    value: revision,
    label: commitPattern.test(revision) ? shortCommit(revision) : shownName(revision),
    ...(isLoading ? {} : { description: t('repositories.otherRevision') }),
  };
  const options = isKnown || isLoading ? known : [other, ...known];
  return (
    <div className="revision-choice">
      <Select
        ariaLabel={t('repositories.revision')}
        options={options}
        selectedOption={options.find(({ value }) => value === revision) ?? other}
        filteringType={known.length > 8 ? 'auto' : 'none'}
        filteringPlaceholder={t('repositories.findBranch')}
        filteringAriaLabel={t('repositories.findBranch')}
        noMatch={t('repositories.noBranch')}
        statusType={isLoading ? 'loading' : 'finished'}
        loadingText={t('loading')}
        expandToViewport
        onChange={({ detail }) => choose(detail.selectedOption.value ?? '')}
      />
    </div>
  );
}
