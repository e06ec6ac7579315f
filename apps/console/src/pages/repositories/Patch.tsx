import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import '../../notebooks/notebooks.css';
import { type PatchLine, parsePatch } from './parse-patch.ts';
import { useMore } from './use-more.tsx';

interface PatchProps {
  readonly patch: string;
  /** What it changes. */
  readonly name: string;
}

const shownAtOnce = 1_000;

/** Unified hunks, drawn as text: signs and words tell what the colours do. */
export function Patch({ patch, name }: PatchProps) {
  const { t } = useTranslation();
  const lines = useMemo(() => parsePatch(patch), [patch]);
  const { shown, button } = useMore(lines, shownAtOnce);
  if (lines.length === 0) return <p>{t('repositories.onlyName')}</p>;
  return (
    <>
      <table className="diff-lines" aria-label={t('repositories.patchOf', { path: name })}>
        <tbody>
          {shown.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
            <tr key={index}>
              <Line line={line} />
            </tr>
          ))}
        </tbody>
      </table>
      {button}
    </>
  );
}

const styles = { same: 'diff-same', added: 'diff-added', deleted: 'diff-removed' } as const;
const signs = { same: ' ', added: '+', deleted: '−' } as const;
const words = { added: 'comparison.lineAdded', deleted: 'comparison.lineRemoved' } as const;

function Line({ line }: { readonly line: PatchLine }) {
  const { t } = useTranslation();
  if (line.kind === 'hunk')
    return (
      <td colSpan={3} className="diff-fold">
        <code>{line.text}</code>
      </td>
    );
  const { kind, text, beforeNumber, afterNumber, hasNoEnd } = line;
  return (
    <>
      <td className="diff-number">{beforeNumber}</td>
      <td className="diff-number">{afterNumber}</td>
      <td className={`diff-text ${styles[kind]}`}>
        <span className="diff-sign" aria-hidden="true">
          {signs[kind]}
        </span>
        {kind !== 'same' && <span className="visually-hidden">{t(words[kind])} </span>}
        <code dir="auto">{text}</code>
        {hasNoEnd && <small className="patch-note"> {t('repositories.noEndOfLine')}</small>}
      </td>
    </>
  );
}
