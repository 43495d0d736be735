// What the console says, in English, Kazakh, Russian and Chinese.
import { city } from "./city";
import { common } from "./common";
import { day } from "./day";
import { log } from "./log";
import { outcome } from "./outcome";
import { people } from "./people";
import { refusals } from "./refusals";

export { order, type Said } from "./said";

export const catalogue = { ...common, ...city, ...day, ...outcome, ...people, ...log, ...refusals };

export type Word = keyof typeof catalogue;
