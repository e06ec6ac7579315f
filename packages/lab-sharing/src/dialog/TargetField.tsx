import type { ShareSummary } from '@strongroom/contracts';
import { audienceText } from '../audience-text.ts';
import { dateText } from '../date-text.ts';
import type { ShareForm } from '../model/share-form.ts';
import { useDialog } from './dialog-context.ts';

/** A new link, or another version under one that is there. */
export function TargetField({ form }: { readonly form: ShareForm }) {
  const { model, trans, languageTag } = useDialog();
  if (model.existing.length === 0) return null;
  const option = (shareId: string | null, label: string, about: string) => (
    <label className="sr-Share-option" key={shareId}>
      <input
        type="radio"
        name="strongroom-share-target"
        checked={form.shareId === shareId}
        onChange={() => model.change({ shareId })}
      />
      <span>
        {label}
        <small>{about}</small>
      </span>
    </label>
  );
  const about = (share: ShareSummary) =>
    trans.__(
      'Seen by: %1. Until %2.',
      audienceText(share.audience, trans, model.choices ?? undefined),
      dateText(share.expiresAt, languageTag),
    );
  return (
    <fieldset>
      <legend>{trans.__('This notebook is shared already')}</legend>
      {option(null, trans.__('New link'), trans.__('For other people, or another time.'))}
      {model.existing.map((share) =>
        option(
          share.shareId,
          trans.__('Version %1 under the same link', String(share.latestVersion.version + 1)),
          about(share),
        ),
      )}
    </fieldset>
  );
}
