/** So much of what a file holds is shown in a message. */
const MOST = 400;

/** A text, cut where it is too long for a message. */
export const shorten = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST)} …` : text);
