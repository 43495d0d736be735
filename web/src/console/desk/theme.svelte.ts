// Light or dark: as the person chose, else as the system is.
export type Theme = "light" | "dark";

const key = "qala.theme";

class Look {
  theme = $state<Theme>(first());

  turn(to: Theme): void {
    this.theme = to;
    localStorage.setItem(key, to);
    document.documentElement.dataset.theme = to;
  }
}

function first(): Theme {
  const kept = localStorage.getItem(key);
  if (kept === "light" || kept === "dark") return kept;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export const look = new Look();
document.documentElement.dataset.theme = look.theme;
