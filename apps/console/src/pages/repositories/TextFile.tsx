import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import '../../notebooks/notebooks.css';
import { useMore } from './use-more.tsx';

interface TextFileProps {
  readonly name: string;
  readonly text: string;
  readonly isWrapped: boolean;
}

const shownAtOnce = 2_000;
/** A line of millions of characters would be laid out anew with every change of the window. */
const maximumLineCharacters = 10_000;

/** A text with the numbers of its lines; beyond the first ones, as many as one asks for. */
export function TextFile({ name, text, isWrapped }: TextFileProps) {
  const { t } = useTranslation();
  const lines = useMemo(() => linesOf(text), [text]);
  const { shown, button } = useMore(lines, shownAtOnce);
  if (text === '') return <p>{t('repositories.emptyFile')}</p>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to get there */}
      <section className="text-file" tabIndex={0} aria-label={name}>
        <table className={`diff-lines ${isWrapped ? '' : 'text-file-unwrapped'}`}>
          <tbody>
            {shown.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
              <tr key={index}>
                <td className="diff-number">{index + 1}</td>
                <td className="diff-text">
                  <code dir="auto">{line}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {button}
    </>
  );
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) =>
    line.length > maximumLineCharacters ? `${line.slice(0, maximumLineCharacters)} …` : line,
  );
}
