import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Person, ShareDetails } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useDomain } from '../../api/queries.ts';
import { ApiError } from '../../api/request.ts';
import { useTitle } from '../../shell/use-title.ts';
import { isolate } from './isolate.ts';

/** Why a share shows nothing. Who and when: only where the control plane said it. */
interface ShareEnd {
  readonly kind: 'notFound' | 'revoked' | 'expired';
  readonly by?: string;
  readonly at?: string;
  readonly reference?: string;
}

const kinds: Readonly<Record<string, ShareEnd['kind']>> = {
  ...{ ShareRevoked: 'revoked', ShareExpired: 'expired' },
  ...{ ShareNotFound: 'notFound', AccessDenied: 'notFound', InvalidRequest: 'notFound' },
};

/** Undefined while there is something to show, or nothing is known yet. */
export function endOf(details: ShareDetails | undefined, error: unknown): ShareEnd | undefined {
  const kind = error instanceof ApiError ? kinds[error.code] : undefined;
  if (kind !== undefined && error instanceof ApiError) {
    const { revokedByName: revokedBy, revokedAt, expiresAt } = error.values;
    const at = kind === 'revoked' ? revokedAt : expiresAt;
    return {
      ...{ kind, reference: error.reference },
      ...(revokedBy === undefined ? {} : { by: String(revokedBy) }),
      ...(at === undefined ? {} : { at: String(at) }),
    };
  }
  if (details === undefined || details.may.read) return undefined;
  if (details.state === 'active') return { kind: 'notFound' };
  if (details.state === 'expired') return { kind: 'expired', at: details.expiresAt };
  return {
    kind: 'revoked',
    ...(details.revokedBy === null ? {} : { by: details.revokedBy }),
    ...(details.revokedAt === null ? {} : { at: details.revokedAt }),
  };
}

const long: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeStyle: 'short' };

interface ShareEndedProps {
  readonly person: Person;
  readonly end: ShareEnd;
  /** The notebook was here a moment ago. */
  readonly wasSeen: boolean;
}

/** Neither the title nor the owner is here: whoever may not see a share learns nothing of it. */
export function ShareEnded({ person, end, wasSeen }: ShareEndedProps) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const domain = useDomain();
  const { kind, by, at, reference } = end;
  const nameOf = (name: string) =>
    domain.data?.profiles.find(({ profileName }) => profileName === name)?.displayName ?? name;
  const isLost = kind === 'notFound' && wasSeen;
  const title = t(`shares.ended.${isLost ? 'lost' : kind}`);
  useTitle(title);
  const date = at === undefined ? '' : new Date(at).toLocaleString(i18n.language, long);
  const text =
    kind === 'expired' && at === undefined
      ? t('shares.ended.expiredTextPlain')
      : t(`shares.ended.${isLost ? 'lost' : kind}Text`, { date });
  return (
    <Container header={<Header variant="h1">{title}</Header>}>
      <SpaceBetween size="m">
        <div role="status">
          {kind === 'revoked' && at !== undefined && (
            <Box variant="p">
              {by === undefined
                ? t('shares.ended.revokedAt', { date })
                : t('shares.ended.revokedBy', { name: isolate(nameOf(by)), date })}
            </Box>
          )}
          <Box variant="p">{text}</Box>
        </div>
        {kind === 'notFound' && (
          <Box color="text-body-secondary">
            {t('shares.ended.signedInAs', {
              ...{ displayName: isolate(person.displayName), profileName: person.profileName },
            })}
          </Box>
        )}
        {reference !== undefined && reference !== '' && (
          <Box variant="small">{t('reference', { reference })}</Box>
        )}
        <Button onClick={() => void navigate('/shares')}>{t('shares.ended.toList')}</Button>
      </SpaceBetween>
    </Container>
  );
}
