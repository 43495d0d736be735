// The address of a view: #/path/of/it?what=is&picked=there.

export type Picked = Record<string, string>;

export function parse(hash: string): { path: string[]; picked: Picked } {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  return { path: path.split("/").filter(Boolean).map(decodeURIComponent), picked: Object.fromEntries(new URLSearchParams(query)) };
}

export function link(path: string[], picked: Picked = {}): string {
  const query = new URLSearchParams(Object.entries(picked).filter(([, value]) => value !== ""));
  return `#/${path.map(encodeURIComponent).join("/")}${query.size ? `?${query}` : ""}`;
}
