import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import type { StudioCost } from '@strongroom/contracts';
import { ComputeApi } from '../api/compute-api.ts';
import type { Texts } from '../texts.ts';
import { budgetText, type CostPart, costText } from './cost-text.ts';
import { ToldBudgets } from './told-budgets.ts';

const pollMilliseconds = 60_000;
/** Lab's own first questions come first. */
const calmMilliseconds = 2_000;
/** Of packages/lab-studio. */
const openConsoleCommand = 'strongroom:open-console';

/** A status bar item: what this month has cost and what runs now costs. A click opens the cost page. */
export const costPlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-compute:cost',
  description: 'Shows what runs here costs.',
  autoStart: true,
  requires: [IStatusBar, ITranslator],
  activate: (app: JupyterFrontEnd, statusBar: IStatusBar, translator: ITranslator) => {
    const trans = translator.load('strongroom_compute');
    const languageTag = translator.languageCode.replace('_', '-');
    const api = new ComputeApi();
    const told = new ToldBudgets(window.localStorage);
    const openCostPage = () => void app.commands.execute(openConsoleCommand, { path: '/cost' });
    const item = document.createElement('button');
    item.type = 'button';
    item.className = 'sr-ComputeCost sr-givesWay';
    item.addEventListener('click', openCostPage);
    const widget = new Widget();
    widget.node.append(item);
    statusBar.registerStatusItem(costPlugin.id, {
      ...{ item: widget, align: 'right', rank: 1 },
      isActive: () => item.textContent !== '',
    });

    async function show(): Promise<void> {
      if (document.hidden) return;
      let cost: StudioCost;
      try {
        cost = await api.cost();
      } catch {
        // What is not metered here has no cost to show. Lab itself says that the studio does not answer: what
        // ran there before is not said to cost anything now.
        item.replaceChildren();
        widget.update();
        return;
      }
      const said = costText(cost, { trans, languageTag });
      item.replaceChildren(...said.parts.map(spanOf));
      item.title = said.title;
      item.setAttribute('aria-label', said.text);
      item.dataset.reached = String(said.reachedPercent);
      widget.update();
      for (const budget of told.take(cost.budgets, new Date())) {
        warn(budgetText(budget, cost, { trans, languageTag }), trans, openCostPage);
      }
    }
    const refresh = () => void show();
    void app.restored.then(() => {
      setTimeout(refresh, calmMilliseconds);
      setInterval(refresh, pollMilliseconds);
      document.addEventListener('visibilitychange', refresh);
    });
  },
};

function spanOf({ kind, text, brief = text }: CostPart): HTMLElement {
  const span = document.createElement('span');
  span.className = `sr-ComputeCost-${kind}`;
  span.append(wordsOf('long', text), wordsOf('brief', brief));
  return span;
}

function wordsOf(form: 'long' | 'brief', text: string): HTMLElement {
  const span = document.createElement('span');
  span.className = `sr-ComputeCost-${form}`;
  span.textContent = text;
  return span;
}

function warn(text: string, trans: Texts, openCostPage: () => void): void {
  Notification.warning(text, {
    autoClose: false,
    actions: [{ label: trans.__('Open the Cost Page'), callback: openCostPage }],
  });
}
