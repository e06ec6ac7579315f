import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { type Launch, type LaunchStage, launchSchema } from '@strongroom/contracts';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { errorValues, failureValues } from '../api/error-values.ts';
import { ApiError, request } from '../api/request.ts';
import { useRuntime } from '../api/spaces.ts';
import { studioAddress } from '../api/studio-address.ts';
import { Failure } from '../shell/Failure.tsx';
import { useTitle } from '../shell/use-title.ts';

export function LaunchPage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const { profileName = '' } = useParams();
  const [query] = useSearchParams();
  const spaceName = query.get('space');
  const isOnAws = useRuntime() === 'sagemaker';
  const { launch, error, start } = useLaunch(profileName, { open: query.get('open'), spaceName });
  useTitle(t('launch.title', { profileName }));

  if (error instanceof ApiError && error.code === 'AccessDenied')
    return (
      <Container header={<Header variant="h1">{t('launch.refused')}</Header>}>
        <SpaceBetween size="m">
          <Box variant="p">{t('launch.refusedText', { profileName })}</Box>
          <Box variant="p">{t('error.AccessDenied', errorValues(error, i18n.language))}</Box>
          <Box variant="small">{t('reference', { reference: error.reference })}</Box>
          <Button onClick={() => void navigate('/')}>{t('launch.back')}</Button>
        </SpaceBetween>
      </Container>
    );
  return (
    <Container header={<Header variant="h1">{t('launch.title', { profileName })}</Header>}>
      <SpaceBetween size="l">
        <Stages launch={launch} hasFailed={error !== undefined || launch?.state === 'Failed'} />
        {error !== undefined && <Failure error={error} retry={start} />}
        {launch?.failure && (
          <Alert
            type="error"
            header={t('launch.failed')}
            action={<Button onClick={start}>{t('retry')}</Button>}
          >
            <FailureText failure={launch.failure} />
          </Alert>
        )}
        {!isOnAws && (error !== undefined || launch?.failure) && (
          <Button onClick={() => void navigate(`/profiles/${profileName}?tab=files`)}>
            {t('launch.files')}
          </Button>
        )}
      </SpaceBetween>
    </Container>
  );
}

function FailureText({ failure }: { failure: NonNullable<Launch['failure']> }) {
  const { t, i18n } = useTranslation();
  const key = `error.${failure.code}`;
  return (
    <>
      <div>
        {i18n.exists(key)
          ? t(key, { message: failure.message, ...failureValues(failure, i18n.language) })
          : failure.message}
      </div>
      {i18n.language === 'en' && <div>{failure.remedy}</div>}
      <Box variant="small">{t('reference', { reference: failure.reference })}</Box>
    </>
  );
}

function Stages({ launch, hasFailed }: { launch: Launch | undefined; hasFailed: boolean }) {
  const { t } = useTranslation();
  const current = launch?.stage ?? 'Authorize';
  const stages = launch?.stages ?? [current];
  const finished = new Map(launch?.finishedStages.map((each) => [each.stage, each]));
  return (
    <ol className="stages" aria-live="polite">
      {stages.map((stage) => {
        const done = finished.get(stage);
        const isCurrent = stage === current && launch?.state !== 'Ready';
        const type = done
          ? 'success'
          : !isCurrent
            ? 'pending'
            : hasFailed
              ? 'error'
              : 'in-progress';
        return (
          <li key={stage}>
            <StatusIndicator type={type}>{t(stageText(stage, stages))}</StatusIndicator>
            {done && (
              <Box variant="small" margin={{ left: 's' }} display="inline">
                {t('launch.milliseconds', { count: Math.round(done.elapsedMilliseconds) })}
              </Box>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** SageMaker's own first page is opened where no app is started. */
function stageText(stage: LaunchStage, stages: readonly LaunchStage[]): string {
  const startsNothing = stages.includes('FindProfile') && !stages.includes('StartApp');
  return stage === 'Ready' && startsNothing ? 'spaces.openStudio' : `launch.stage.${stage}`;
}

/** Asks for the launch, follows it, and leaves for the studio when it is ready. */
function useLaunch(
  profileName: string,
  {
    open: openPath,
    spaceName,
  }: { readonly open: string | null; readonly spaceName: string | null },
) {
  const [launch, setLaunch] = useState<Launch>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const start = useCallback(() => setAttempt((count) => count + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt starts another launch
  useEffect(() => {
    let events: EventSource | undefined;
    let isLeft = false;
    const show = (next: Launch) => {
      if (isLeft) return;
      setLaunch(next);
      if (next.presignedUrl === null) return;
      window.location.replace(studioAddress(next.presignedUrl, openPath));
    };
    const follow = ({ launchId }: Launch) => {
      events = new EventSource(`/api/launches/${launchId}/events`);
      events.onmessage = ({ data }) => {
        const next = launchSchema.parse(JSON.parse(data));
        show(next);
        if (next.state !== 'Running') events?.close();
      };
    };
    setError(undefined);
    setLaunch(undefined);
    const body = spaceName === null ? {} : { spaceName };
    request(launchSchema, `/api/profiles/${profileName}/launches`, { method: 'POST', body })
      .then((first) => {
        show(first);
        if (!isLeft && first.state === 'Running') follow(first);
      })
      .catch((caught: unknown) => !isLeft && setError(caught));
    return () => {
      isLeft = true;
      events?.close();
    };
  }, [profileName, openPath, spaceName, attempt]);
  return { launch, error, start };
}
