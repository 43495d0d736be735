// The languages of the console, and what it takes to say a thing in all of them.
export const order = ["en", "kk", "ru", "zh"] as const;

export type Said = readonly [string, string, string, string];
