/** The size of a studio's own server and terminals. No kernel runs on it. */
export const systemInstanceType = 'system';
