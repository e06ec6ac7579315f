import Autosuggest from '@cloudscape-design/components/autosuggest';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { RepositoryDetails } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeRepository, useBranches } from '../../api/repositories.ts';
import { Failure } from '../../shell/Failure.tsx';
import { useAction } from '../../shell/use-action.ts';
import { ChangeBranch } from './ChangeBranch.tsx';
import { shownName } from './shown-name.ts';

/** git-check-ref-format(1), in short; the repository's own check is the whole of it. */
const impossible = /[\s~^:?*[\\\p{Cc}]|\.\.|@\{|\/\/|^[/-]|\/$|\.$|\.lock$/u;

/** Which branches keep their history. */
export function ProtectedBranches({ details }: { readonly details: RepositoryDetails }) {
  const { t } = useTranslation();
  const { name, protectedBranches } = details;
  const branches = useBranches(name);
  const [branch, setBranch] = useState('');
  const [ending, setEnding] = useState<string>();
  const { isBusy, error, run } = useAction();
  const others = (branches.data?.branches ?? []).filter(({ isProtected }) => !isProtected);
  const isPossible = !impossible.test(branch);
  return (
    <Container
      header={
        <Header variant="h2" description={t('repositories.settings.protectedText')}>
          {t('repositories.settings.protected')}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {protectedBranches.length === 0 && (
          <Box color="text-body-secondary">{t('repositories.settings.protectedNone')}</Box>
        )}
        {protectedBranches.length > 0 && (
          <ul className="protected-branches">
            {protectedBranches.map((each) => (
              <li key={each}>
                <bdi className="long-name">{shownName(each)}</bdi>
                <Button
                  variant="inline-link"
                  ariaLabel={`${t('repositories.unprotect')}: ${shownName(each)}`}
                  onClick={() => setEnding(each)}
                >
                  {t('repositories.unprotect')}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <FormField
          label={t('repositories.settings.protectedAdd')}
          errorText={!isPossible && t('repositories.settings.protectedProblem')}
          secondaryControl={
            <Button
              loading={isBusy}
              disabled={branch === '' || !isPossible || protectedBranches.includes(branch)}
              onClick={() =>
                void run(async () => {
                  await changeRepository(name, {
                    protectedBranches: [...protectedBranches, branch],
                  });
                  setBranch('');
                })
              }
            >
              {t('repositories.settings.protectedSubmit')}
            </Button>
          }
        >
          <Autosuggest
            value={branch}
            options={others.map(({ name: value }) => ({ value }))}
            enteredTextLabel={(text) => text}
            onChange={({ detail }) => setBranch(detail.value)}
          />
        </FormField>
        {error !== undefined && <Failure error={error} />}
        {ending !== undefined && (
          <ChangeBranch
            {...{ details, branch: ending, change: 'unprotect' }}
            close={() => setEnding(undefined)}
          />
        )}
      </SpaceBetween>
    </Container>
  );
}
