// The figure whose explanation is open, if one is.
import type { About } from "./explained";

export type Asked = { about: About; title: string; value: string };

class Asking {
  now = $state.raw<Asked | null>(null);
}

export const asking = new Asking();
