// @ts-check
const { createHash } = require('node:crypto');

/**
 * `@jupyter/web-components` derives the same colour palette again for every element on the page,
 * which costs a second or more before the launcher shows. This loader lets equal colours share one
 * palette; its swatches are frozen, so sharing is safe. The upstream module is pinned by digest:
 * where it changes, the build fails here and the replacement below has to be looked at again.
 */
const expectedDigest = '60a49d82c0921e0a84ea31adb1d87deb543ed0b9dafd6f5e565a66f922ea7882';

const memoisedFrom = `
function memoised(createPalette) {
  const palettesByColour = new Map();
  return (source) => {
    const colour = [source.r, source.g, source.b].join();
    const known = palettesByColour.get(colour);
    if (known !== undefined) return known;
    const palette = createPalette(source);
    palettesByColour.set(colour, palette);
    return palette;
  };
}
`;

/** @param {string} source */
module.exports = function memoisePalette(source) {
  const digest = createHash('sha256').update(source).digest('hex');
  if (digest !== expectedDigest) {
    throw new Error(
      `Cannot memoise the colour palette: @jupyter/web-components changed (sha256 ${digest}). ` +
        'Compare dist/esm/color/palette.js with what memoise-palette-loader.cjs expects',
    );
  }
  return source.replace(/^ {4}from\n\}\);/m, '    from: memoised(from)\n});') + memoisedFrom;
};
