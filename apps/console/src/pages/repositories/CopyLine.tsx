import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { useTranslation } from 'react-i18next';

interface CopyLineProps {
  /** What it is, to somebody who does not see where it stands. */
  readonly name: string;
  /** One line or several. */
  readonly text: string;
}

/** An address or commands, with a button that copies them. */
export function CopyLine({ name, text }: CopyLineProps) {
  const { t } = useTranslation();
  return (
    <div className="copy-line">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to get there */}
      <section tabIndex={0} aria-label={name}>
        <pre>{text}</pre>
      </section>
      <CopyToClipboard
        variant="icon"
        textToCopy={text}
        copyButtonAriaLabel={t('repositories.copyNamed', { name })}
        copySuccessText={t('copied')}
        copyErrorText=""
      />
    </div>
  );
}
