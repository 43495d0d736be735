// The page's colours, asked of its style: charts follow light, dark and print.

export type Theme = {
  ink: string;
  quiet: string;
  rule: string;
  paper: string;
  curves: [string, string, string];
  queue: string;
  fill: string;
  bar: string;
  font: string;
};

export function theme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: color("ink"),
    quiet: color("quiet"),
    rule: color("rule"),
    paper: color("paper"),
    curves: [color("curve1"), color("curve2"), color("curve3")],
    queue: color("curve2"),
    fill: color("mid"),
    bar: color("bar"),
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** Calls back when the page turns light or dark, or is printed. */
export function onTheme(redraw: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  matchMedia("print").addEventListener("change", redraw);
}
