/** What has no ink or turns the text around would make a title say something else than it is. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const maximumCharacters = 200;
const maximumNameBytes = 200;
const ending = '.ipynb';

/** What a share is called: its notebook's file name, as it can be read. */
export function shareTitle(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).normalize('NFC');
  const seen = [...name.replace(unseen, '�')].slice(0, maximumCharacters).join('').trim();
  return seen === '' ? `Untitled${ending}` : seen;
}

/** A title as the name of a file in somebody's home: one name, not hidden, and a notebook's. */
export function copyName(title: string): string {
  const plain = shareTitle(title.replaceAll('/', '_'))
    .replace(/^[.\s~-]+/, '')
    .replace(/\.ipynb$/i, '');
  let name = plain === '' ? 'Untitled' : plain;
  while (Buffer.byteLength(name) > maximumNameBytes) name = [...name].slice(0, -1).join('');
  return `${name.trimEnd()}${ending}`;
}
