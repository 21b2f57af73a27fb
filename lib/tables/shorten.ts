/** A text of at most so many characters, cut where it is longer. */
export const shorten = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)} …` : text);
