import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import memoisePalette from './memoise-palette-loader.cjs';

const require = createRequire(import.meta.url);
const webComponents = require.resolve('@jupyter/web-components');
const upstream = readFileSync(
  webComponents.replace(/dist\/.*$/, 'dist/esm/color/palette.js'),
  'utf8',
);

describe('memoisePalette', () => {
  it('makes equal colours share one palette', async () => {
    const { PaletteRGB } = await load(memoisePalette(upstream));
    const red = { r: 1, g: 0, b: 0 };
    const palette = PaletteRGB.from(red);
    expect(PaletteRGB.from({ ...red })).toBe(palette);
    expect(PaletteRGB.create(1, 0, 0)).toBe(palette);
    expect(PaletteRGB.from({ r: 0, g: 1, b: 0 })).not.toBe(palette);
  });

  it('gives the same swatches as upstream', async () => {
    const memoised = await load(memoisePalette(upstream));
    const original = await load(upstream);
    const colour = { r: 0.1, g: 0.4, b: 0.5 };
    expect(hexadecimal(memoised.PaletteRGB.from(colour))).toEqual(
      hexadecimal(original.PaletteRGB.from(colour)),
    );
  });

  it('fails the build when upstream changed', () => {
    expect(() => memoisePalette(`${upstream}\n`)).toThrow(/web-components changed/);
  });
});

interface Palette {
  readonly swatches: readonly { toColorString(): string }[];
}

interface PaletteModule {
  readonly PaletteRGB: {
    from(colour: { r: number; g: number; b: number }): Palette;
    create(r: number, g: number, b: number): Palette;
  };
}

/** Evaluates the module beside the others it imports. */
async function load(source: string): Promise<PaletteModule> {
  const base = new URL('color/', pathToFileURL(webComponents));
  const colours = pathToFileURL(createRequire(webComponents).resolve('@microsoft/fast-colors'));
  const linked = source
    .replace("'@microsoft/fast-colors'", `'${colours.href}'`)
    .replace(/'(\.\/[^']+)'/g, (_, path: string) => `'${new URL(path, base).href}'`);
  return import(`data:text/javascript,${encodeURIComponent(linked)}`) as Promise<PaletteModule>;
}

function hexadecimal({ swatches }: Palette): string[] {
  return swatches.map((swatch) => swatch.toColorString());
}
