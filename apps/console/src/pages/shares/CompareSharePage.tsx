import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Person, ShareDetails } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useOwnNotebook, useSharedNotebook } from '../../api/shares.ts';
import { NotebookDiff } from '../../notebooks/NotebookDiff.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { ChooseNotebook } from './ChooseNotebook.tsx';
import { isolate } from './isolate.ts';
import './shares.css';
import { WatchedShare } from './WatchedShare.tsx';

/** `?before=1&after=mine&path=…`: a version by its number, or one's own notebook. */
export function CompareSharePage({ person }: { person: Person }) {
  return (
    <WatchedShare person={person}>
      {(share) => <Compare key={share.shareId} {...{ share, person }} />}
    </WatchedShare>
  );
}

type Side = 'before' | 'after';
const mine = 'mine';

function Compare({ share, person }: { share: ShareDetails; person: Person }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [choosing, setChoosing] = useState<Side>();
  const { shareId, title, latestVersion } = share;
  const path = search.get('path') ?? '';
  const before = search.get('before') ?? String(latestVersion.version);
  const after = search.get('after') ?? mine;
  useTitle(t('shares.compare.title', { title }));
  const set = (change: Record<string, string>) =>
    setSearch({ before, after, ...(path === '' ? {} : { path }), ...change }, { replace: true });
  const change = (side: Side, value: string) => {
    if (value === mine) setChoosing(side);
    else set({ [side]: value });
  };
  const hasTwo = before !== after;
  const needsFile = [before, after].includes(mine) && path === '';
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <Button onClick={() => void navigate(`/shares/${shareId}`)}>
            {t('shares.compare.back')}
          </Button>
        }
      >
        <span className="long-name">{t('shares.compare.title', { title: isolate(title) })}</span>
      </Header>
      <div className="compare-sides">
        <SideChoice side="before" value={before} {...{ share, path }} change={change} />
        <Button onClick={() => set({ before: after, after: before })}>
          {t('shares.compare.swap')}
        </Button>
        <SideChoice side="after" value={after} {...{ share, path }} change={change} />
      </div>
      {needsFile && (
        <Box textAlign="center" padding="l">
          <SpaceBetween size="s">
            <div>{t('shares.compare.chooseFirst')}</div>
            <Button
              variant="primary"
              onClick={() => setChoosing(before === mine ? 'before' : 'after')}
            >
              {t('shares.compare.choose')}
            </Button>
          </SpaceBetween>
        </Box>
      )}
      {!hasTwo && <Box textAlign="center">{t('shares.compare.sameTwice')}</Box>}
      {hasTwo && !needsFile && <Compared {...{ share, person, before, after, path }} />}
      {choosing && (
        <ChooseNotebook
          profileName={person.profileName}
          close={() => setChoosing(undefined)}
          choose={(chosen) => {
            // One notebook of one's own at a time: the other side goes back to the share.
            const other = choosing === 'before' ? 'after' : 'before';
            const isTwice = (other === 'before' ? before : after) === mine;
            set({
              ...(isTwice ? { [other]: String(latestVersion.version) } : {}),
              ...{ [choosing]: mine, path: chosen },
            });
            setChoosing(undefined);
          }}
        />
      )}
    </SpaceBetween>
  );
}

interface SideChoiceProps {
  readonly side: Side;
  readonly value: string;
  readonly share: ShareDetails;
  readonly path: string;
  readonly change: (side: Side, value: string) => void;
}

function SideChoice({ side, value, share, path, change }: SideChoiceProps) {
  const { t, i18n } = useTranslation();
  const options = [
    ...share.versions.map(({ version, createdAt }) => ({
      value: String(version),
      label: t('shares.view.versionOption', { version }),
      description: new Date(createdAt).toLocaleString(i18n.language),
    })),
    { value: mine, label: t('shares.compare.mine') },
  ];
  const own = {
    value: mine,
    label: path === '' ? t('shares.compare.mine') : t('shares.compare.mineNamed', { path }),
  };
  const selected = value === mine ? own : options.find((option) => option.value === value);
  return (
    <div className="compare-side">
      <FormField stretch label={t(`shares.compare.${side}`)}>
        <Select
          options={options}
          selectedOption={selected ?? null}
          onChange={({ detail }) => change(side, detail.selectedOption.value ?? '')}
        />
      </FormField>
      {value === mine && path !== '' && (
        <Button
          iconName="folder-open"
          ariaLabel={t('shares.compare.choose')}
          onClick={() => change(side, mine)}
        />
      )}
    </div>
  );
}

interface ComparedProps {
  readonly share: ShareDetails;
  readonly person: Person;
  readonly before: string;
  readonly after: string;
  readonly path: string;
}

function Compared({ share, person, before, after, path }: ComparedProps) {
  const { t } = useTranslation();
  const nameOf = (value: string) =>
    value === mine ? path : t('shares.view.versionOption', { version: value });
  const sides = [
    useSide(share, person, before, path),
    useSide(share, person, after, path),
  ] as const;
  const [one, other] = sides;
  const failed = sides.find(({ error }) => error !== null);
  if (failed)
    return (
      <Failure
        error={failed.error}
        title={t('shares.compare.notRead', { name: nameOf(failed === one ? before : after) })}
        retry={() => void failed.refetch()}
      />
    );
  if (one.data === undefined || other.data === undefined)
    return <StatusIndicator type="loading">{t('loading')}</StatusIndicator>;
  return (
    <NotebookDiff
      before={one.data}
      after={other.data}
      beforeName={nameOf(before)}
      afterName={nameOf(after)}
    />
  );
}

/** A version of the share, or the reader's own notebook. */
function useSide({ shareId }: ShareDetails, person: Person, value: string, path: string) {
  const own = useOwnNotebook(person.profileName, value === mine ? path : '');
  const version = value === mine ? undefined : Number(value);
  const shared = useSharedNotebook(shareId, version);
  return value === mine ? own : shared;
}
