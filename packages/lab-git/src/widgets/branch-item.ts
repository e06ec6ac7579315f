import { Widget } from '@lumino/widgets';
import { gitIcon } from '../icons.ts';
import type { GitModel } from '../model/git-model.ts';
import { shownName } from '../shown-name.ts';
import type { Texts } from '../texts.ts';

/** In the status bar: the branch, and what the remote has not of it and it not of the remote. */
export class BranchItem extends Widget {
  readonly #button = document.createElement('button');
  readonly #text = document.createElement('bdi');
  readonly #model: GitModel;
  readonly #trans: Texts;

  constructor(model: GitModel, trans: Texts, onClick: () => void) {
    super();
    this.#model = model;
    this.#trans = trans;
    this.#button.type = 'button';
    this.#button.className = 'sr-GitItem';
    gitIcon.element({ container: this.#button.appendChild(document.createElement('span')) });
    this.#button.append(this.#text);
    this.#button.addEventListener('click', onClick);
    this.node.append(this.#button);
    model.changed.connect(() => this.update());
  }

  protected override onUpdateRequest(): void {
    const { status, root } = this.#model;
    const trans = this.#trans;
    if (status === null || root === null) return;
    const { branch, commitId, ahead, behind } = status;
    const name = branch === null ? (commitId?.slice(0, 7) ?? '') : shownName(branch);
    const parts = [name, ahead > 0 ? `↑${ahead}` : '', behind > 0 ? `↓${behind}` : ''];
    this.#text.textContent = parts.filter((part) => part !== '').join(' ');
    this.#button.title = [
      trans.__('Repository: %1', shownName(root === '' ? trans.__('Home') : root)),
      trans.__('Branch: %1', name),
      trans.__('Commits ahead: %1, behind: %2', String(ahead), String(behind)),
    ].join('\n');
  }
}
