import Badge, { type BadgeProps } from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { ComparedCell } from './comparison.ts';
import { DiffLines } from './DiffLines.tsx';

export type DiffLayout = 'sideBySide' | 'unified';

const colors: Record<ComparedCell['kind'], NonNullable<BadgeProps['color']>> = {
  ...{ added: 'green', removed: 'red', changed: 'blue', moved: 'severity-low' },
  unchanged: 'grey',
};

/** One cell: where it is and was, how its source differs, and whether its outputs do. */
export function DiffCell({ cell, layout }: { cell: ComparedCell; layout: DiffLayout }) {
  const { t, i18n } = useTranslation();
  const { kind, cellType, beforeIndex, afterIndex, lines, outputsDiffer, metadataDiffer } = cell;
  const number = (afterIndex ?? beforeIndex ?? 0) + 1;
  const name = t('notebooks.cell', { number });
  const isOnBoth = beforeIndex !== null && afterIndex !== null;
  const hasMoved = isOnBoth && beforeIndex !== afterIndex;
  const word = t(`comparison.${kind === 'unchanged' ? 'unchangedCell' : kind}`);
  const isSourceSame = lines.every((line) => line.kind === 'same');
  const typeKey = `notebooks.kinds.${cellType}`;
  return (
    <section className="diff-cell" aria-label={`${name}: ${word}`}>
      <div className="diff-cell-head">
        <Box variant="h2" padding="n" fontSize="body-m">
          {name}
        </Box>
        <Badge color={colors[kind]}>{word}</Badge>
        <Box color="text-body-secondary">
          {i18n.exists(typeKey) ? t(typeKey) : cellType}
          {hasMoved && ` · ${t('comparison.wasCell', { number: beforeIndex + 1 })}`}
        </Box>
        {outputsDiffer && (
          <StatusIndicator type="info">{t('comparison.outputsChanged')}</StatusIndicator>
        )}
        {metadataDiffer && (
          <StatusIndicator type="info">{t('comparison.metadataChanged')}</StatusIndicator>
        )}
        {kind === 'changed' && isSourceSame && (
          <Box color="text-body-secondary">{t('comparison.sourceSame')}</Box>
        )}
      </div>
      <DiffLines lines={lines} layout={isOnBoth && !isSourceSame ? layout : 'unified'} />
    </section>
  );
}
