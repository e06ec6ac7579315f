import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import type { DomainImage } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The picture, or the first letter where there is none. */
export function ImageTitle({ image }: { readonly image: DomainImage }) {
  const { t } = useTranslation();
  const { displayName, description, iconUrl, isDefault } = image;
  const [hasFailed, setFailed] = useState(false);
  return (
    <>
      <div className="image-title">
        {iconUrl === null || hasFailed ? (
          <span className="image-icon" aria-hidden>
            {[...displayName][0]?.toUpperCase()}
          </span>
        ) : (
          <img className="image-icon" src={iconUrl} alt="" onError={() => setFailed(true)} />
        )}
        <span className="long-name">{displayName}</span>
        {isDefault && <Badge color="blue">{t('compute.isDefault')}</Badge>}
      </div>
      {description !== null && (
        <Box variant="p" color="text-body-secondary">
          {description}
        </Box>
      )}
    </>
  );
}
