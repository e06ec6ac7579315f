import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedCell, Comparison } from './comparison.ts';
import { DiffCell, type DiffLayout } from './DiffCell.tsx';
import { type Fold, fold } from './fold.ts';
import './notebooks.css';
import { useComparison } from './use-comparison.ts';

interface NotebookDiffProps {
  /** JSON as it is stored. */
  readonly before: string;
  readonly after: string;
  readonly beforeName: string;
  readonly afterName: string;
}

const shownAtOnce = 100;
const narrowPixels = 1000;

/** Two notebooks cell by cell. Sources are drawn as text; outputs are not drawn, only that they differ. */
export function NotebookDiff({ before, after, beforeName, afterName }: NotebookDiffProps) {
  const { t } = useTranslation();
  const answer = useComparison({ before, after });
  if (answer.state === 'working')
    return <StatusIndicator type="loading">{t('comparison.working')}</StatusIndicator>;
  if (answer.state === 'tooLong') return <Alert type="warning">{t('comparison.tooLong')}</Alert>;
  if (answer.state === 'unreadable')
    return (
      <Alert type="error" header={t('comparison.unreadable')}>
        {t('comparison.unreadableText', {
          name: answer.side === 'before' ? beforeName : afterName,
        })}
      </Alert>
    );
  return <Cells {...answer.comparison} />;
}

function Cells({ cells, metadataDiffer }: Comparison) {
  const { t } = useTranslation();
  const [layout, setLayout] = useState<DiffLayout>(
    window.innerWidth < narrowPixels ? 'unified' : 'sideBySide',
  );
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [count, setCount] = useState(shownAtOnce);
  const countOf = (kind: ComparedCell['kind']) => cells.filter((each) => each.kind === kind).length;
  const isSame = cells.every(({ kind }) => kind === 'unchanged') && !metadataDiffer;
  // One of them is new or gone as a whole: there is nothing that its metadata could differ from.
  const isOneSided =
    cells.length > 0 &&
    ['added', 'removed'].some((only) => cells.every(({ kind }) => kind === only));
  const folds = fold(cells, {
    ...{ context: 0, minimum: 1 },
    isSame: ({ kind }) => kind === 'unchanged',
  }).flatMap((each) => (opened.has(each.index) ? unfolded(each) : each));
  return (
    <SpaceBetween size="m">
      <div className="diff-head">
        <Box color="text-body-secondary">
          <span aria-live="polite">
            {t(isSame ? 'comparison.same' : 'comparison.summary', {
              ...{ added: countOf('added'), removed: countOf('removed') },
              ...{ changed: countOf('changed'), moved: countOf('moved') },
            })}
          </span>
        </Box>
        <SegmentedControl
          label={t('comparison.layout')}
          selectedId={layout}
          options={(['sideBySide', 'unified'] as const).map((id) => ({
            ...{ id, text: t(`comparison.layouts.${id}`) },
          }))}
          onChange={({ detail }) => setLayout(detail.selectedId as DiffLayout)}
        />
      </div>
      {metadataDiffer && !isOneSided && (
        <Alert type="info">{t('comparison.notebookMetadataChanged')}</Alert>
      )}
      {folds.slice(0, count).map((each) =>
        each.kind === 'shown' ? (
          <DiffCell key={each.index} cell={each.item} layout={layout} />
        ) : (
          <div key={each.index} className="diff-fold-cells">
            <Button
              variant="inline-link"
              iconName="expand"
              onClick={() => setOpened(new Set([...opened, each.index]))}
            >
              {t('comparison.showUnchanged', { count: each.items.length })}
            </Button>
          </div>
        ),
      )}
      {folds.length > count && (
        <Button onClick={() => setCount(count + shownAtOnce)}>{t('comparison.showMore')}</Button>
      )}
    </SpaceBetween>
  );
}

function unfolded(each: Fold<ComparedCell>): Fold<ComparedCell>[] {
  if (each.kind === 'shown') return [each];
  return each.items.map((item, offset) => ({ kind: 'shown', item, index: each.index + offset }));
}
