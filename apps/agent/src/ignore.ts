/** For promises whose failure is handled where they are made. */
export function ignore(): void {}
