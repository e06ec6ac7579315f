import type { ShareSummary } from '@strongroom/contracts';
import { useEffect, useRef, useState } from 'react';
import { audienceText } from '../audience-text.ts';
import { copyLink } from '../copy-link.ts';
import { dateText } from '../date-text.ts';
import { useDialog } from './dialog-context.ts';

/** The link that was made, to be given to the people who may open it. */
export function SharedLink({ share }: { readonly share: ShareSummary }) {
  const { model, trans, languageTag, close } = useDialog();
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  useEffect(() => button.current?.focus(), []);
  const copy = async () => {
    field.current?.select();
    const isCopied = await copyLink(share.url);
    setCopied(isCopied);
    if (!isCopied) field.current?.focus();
  };
  const { version } = share.latestVersion;
  return (
    <>
      <div className="sr-Share-fields">
        <p role="status">
          {version === 1
            ? trans.__('It is shared. Give this link to the people: they are not told otherwise.')
            : trans.__('Version %1 is shared. The link stays the same.', String(version))}
        </p>
        <div className="sr-Share-link">
          <input
            ref={field}
            className="jp-mod-styled"
            readOnly
            aria-label={trans.__('Link')}
            value={share.url}
            onFocus={({ target }) => target.select()}
          />
          <button
            ref={button}
            type="button"
            className="jp-mod-styled jp-mod-accept"
            onClick={() => void copy()}
          >
            {trans.__('Copy Link')}
          </button>
        </div>
        <p className="sr-Share-hint" role="status">
          {copied === true && trans.__('The link was copied.')}
          {copied === false && trans.__('The browser did not let it be copied. Press Ctrl+C.')}
        </p>
        <p className="sr-Share-hint">
          {trans.__(
            'Seen by: %1. Until %2.',
            audienceText(share.audience, trans, model.choices ?? undefined),
            dateText(share.expiresAt, languageTag),
          )}
        </p>
      </div>
      <footer>
        <a className="jp-mod-styled" href={share.url} target="_blank" rel="noopener noreferrer">
          {trans.__('Open in New Tab')}
        </a>
        <button type="button" className="jp-mod-styled" onClick={close}>
          {trans.__('Close')}
        </button>
      </footer>
    </>
  );
}
