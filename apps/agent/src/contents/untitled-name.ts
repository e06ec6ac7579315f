/**
 * The first free name of a series, as Jupyter counts: `Untitled.ipynb`, `Untitled1.ipynb` …
 * `insert` stands before the number. A folder's name has no extension.
 */
export function nextFreeName(
  taken: ReadonlySet<string>,
  name: string,
  options: { insert: string; isFolder: boolean },
): string {
  if (!taken.has(name)) return name;
  const [stem, suffix] = options.isFolder ? [name, ''] : splitName(name);
  for (let number = 1; ; number += 1) {
    const candidate = `${stem}${options.insert}${number}${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Copies of `a-Copy1.txt` continue its series: `a-Copy2.txt`. */
export function originalName(name: string, isFolder: boolean): string {
  const [stem, suffix] = isFolder ? [name, ''] : splitName(name);
  return `${stem.replace(/-Copy\d*$/, '')}${suffix}`;
}

/** `data.tar.gz` is `data` and `.tar.gz`, but `v1.2.ipynb` is `v1.2` and `.ipynb`; a leading dot is part of the stem. */
function splitName(name: string): [stem: string, suffix: string] {
  const dot = name.endsWith('.ipynb') ? name.length - '.ipynb'.length : name.indexOf('.', 1);
  return dot <= 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
}
