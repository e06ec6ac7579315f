import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { PersonalToken } from '@strongroom/contracts';
import type { TFunction } from 'i18next';
import { Moment } from '../../shell/Moment.tsx';
import { tokenState } from './token-state.ts';

export function tokenColumns(
  t: TFunction,
  end: (token: PersonalToken) => void,
): TableProps.ColumnDefinition<PersonalToken>[] {
  return [
    {
      id: 'name',
      header: t('tokens.name'),
      isRowHeader: true,
      minWidth: 160,
      cell: ({ name }) => <bdi className="long-name">{name}</bdi>,
    },
    {
      id: 'permission',
      header: t('tokens.permission'),
      minWidth: 110,
      cell: ({ permission }) => t(`tokens.permissions.${permission}`),
    },
    {
      id: 'hint',
      header: t('tokens.hint'),
      minWidth: 130,
      cell: ({ hint }) => <code>{hint}…</code>,
    },
    {
      id: 'created',
      header: t('tokens.created'),
      minWidth: 110,
      cell: ({ createdAt }) => <Moment at={createdAt} />,
    },
    {
      id: 'expires',
      header: t('tokens.expires'),
      minWidth: 130,
      cell: (token) => (
        <>
          <TokenEnd token={token} t={t} />
          <Moment at={token.expiresAt} />
        </>
      ),
    },
    {
      id: 'used',
      header: t('tokens.lastUsed'),
      minWidth: 110,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? t('tokens.neverUsed') : <Moment at={lastUsedAt} />,
    },
    {
      id: 'end',
      minWidth: 110,
      header: <span className="visually-hidden">{t('tokens.end')}</span>,
      cell: (token) => (
        <span className="whole-line">
          <Button ariaLabel={t('tokens.endNamed', { name: token.name })} onClick={() => end(token)}>
            {t('tokens.end')}
          </Button>
        </span>
      ),
    },
  ];
}

function TokenEnd({ token, t }: { readonly token: PersonalToken; readonly t: TFunction }) {
  const state = tokenState(token, Date.now());
  if (state === 'valid') return null;
  return (
    <div>
      <StatusIndicator type={state === 'soon' ? 'warning' : 'stopped'}>
        {t(`tokens.${state}`)}
      </StatusIndicator>
    </div>
  );
}
