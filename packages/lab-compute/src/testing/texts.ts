import type { Texts } from '../texts.ts';

/** English, with its values filled in. */
export const trans: Texts = {
  __: (text, ...values) =>
    values.reduce((filled, value, index) => filled.replaceAll(`%${index + 1}`, value), text),
};
