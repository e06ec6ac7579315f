export interface Heading {
  readonly headingId: string;
  readonly level: number;
  readonly text: string;
  readonly cellIndex: number;
}

const maximumCount = 5_000;

/** Headings of the rendered markdown in the notebook's order, each with an id that is ours. */
export class Headings {
  readonly #found: Heading[] = [];
  readonly #elements = new Map<string, HTMLElement>();
  /** By what a link in the notebook calls them. */
  readonly #slugs = new Map<string, string>();

  get outline(): Heading[] {
    return [...this.#found].sort((left, right) => left.cellIndex - right.cellIndex);
  }

  collect(root: ParentNode, cellIndex: number): void {
    for (const each of root.querySelectorAll<HTMLElement>('h1, h2, h3, h4, h5, h6')) {
      const text = (each.textContent ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 500);
      if (text === '' || this.#found.length >= maximumCount) continue;
      const headingId = `heading-${cellIndex}-${this.#found.length}`;
      each.id = headingId;
      each.tabIndex = -1;
      this.#elements.set(headingId, each);
      for (const slug of slugsOf(text)) {
        if (!this.#slugs.has(slug)) this.#slugs.set(slug, headingId);
      }
      this.#found.push({ headingId, level: Number(each.tagName.slice(1)), text, cellIndex });
    }
  }

  find(headingId: string): HTMLElement | undefined {
    return this.#elements.get(headingId);
  }

  /** Where `#fragment` in a link of the notebook leads. */
  findByFragment(fragment: string): HTMLElement | undefined {
    return this.find(this.#slugs.get(fragment) ?? this.#slugs.get(fragment.toLowerCase()) ?? '');
  }
}

/** JupyterLab's ids of headings, and GitHub's. */
function slugsOf(text: string): readonly string[] {
  const github = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
  return [text.replaceAll(' ', '-'), github];
}
