// What stands behind each figure of the results: the passages of docs/METHOD.md that
// define it, and the numbers that move it. The text is that of the program's own page.

export type Passage = { section: string; begins: string };
export type Explained = { passages: Passage[]; numbers: readonly string[] };

const room = ["room", "fleet"];
const crowd = ["attendance", "attendance_span", "transit_share", "transit_share_span", "informed"];

export const explained = {
  people: { passages: [{ section: "Demand", begins: "How many." }, { section: "Demand", begins: "From where." }, { section: "Demand", begins: "How sure." }], numbers: [...crowd, "origin_residents", "origin_venue", "gravity_decay", "gravity_speed"] },
  leftBehind: { passages: [{ section: "Loading", begins: "Boarding." }], numbers: [...room, ...crowd, "replan", "signs"] },
  queue: { passages: [{ section: "Results", begins: "Queue" }, { section: "Loading", begins: "Boarding." }], numbers: [...room, ...crowd, "leaving_profile", "arrival_profile"] },
  wait: { passages: [{ section: "Results", begins: "Why people waited" }, { section: "Loading", begins: "Boarding." }], numbers: [...room, "weight_wait", "buffer", "patience"] },
  away: { passages: [{ section: "Results", begins: "Time to clear" }, { section: "Demand", begins: "When." }], numbers: ["leaving_profile", "arrival_profile", ...crowd] },
  stranded: { passages: [{ section: "Loading", begins: "When the horizon ends" }], numbers: ["stranded", "patience"] },
  cells: { passages: [{ section: "Results", begins: "Demand against capacity" }], numbers: room },
  reasons: { passages: [{ section: "Results", begins: "Why people waited" }], numbers: room },
  gate: { passages: [{ section: "Results", begins: "What held people up on foot" }, { section: "Loading", begins: "On foot." }], numbers: [] },
  platform: { passages: [{ section: "Results", begins: "Platforms" }, { section: "Loading", begins: "Platforms." }], numbers: [] },
  load: { passages: [{ section: "Loading", begins: "Running." }, { section: "Loading", begins: "Dwell." }, { section: "Loading", begins: "Boarding." }], numbers: [...room, "dwell", "dwell_dead", "dwell_boarding", "dwell_allowed", "dwell_first", "dwell_doors"] },
  late: { passages: [{ section: "Results", begins: "Lateness" }, { section: "Loading", begins: "Blocks." }], numbers: ["block_layover", "block_longest", "block_reach"] },
  spread: { passages: [{ section: "Demand", begins: "How sure." }], numbers: ["attendance_span", "transit_share_span", "seed"] },
  choice: { passages: [{ section: "Loading", begins: "Thinking again." }, { section: "Queues and choices", begins: "" }], numbers: ["informed", "replan", "signs", "tolerance", "transfer_penalty", "weight_walk", "weight_wait"] },
} as const satisfies Record<string, Explained>;

export type About = keyof typeof explained;

/** The passages of a page of sections that are asked for, without their marks. */
export function passages(page: string, wanted: readonly Passage[]): { section: string; text: string }[] {
  const sections = new Map(page.split(/^## /m).slice(1).map((s) => [s.slice(0, s.indexOf("\n")).trim(), s.slice(s.indexOf("\n") + 1)]));
  return wanted.flatMap(({ section, begins }) => {
    const blocks = (sections.get(section) ?? "").split(/\n\s*\n|\n(?=- )/).map(plain).filter(Boolean);
    const found = begins === "" ? blocks[0] : blocks.find((b) => b.startsWith(begins));
    return found ? [{ section, text: found }] : [];
  });
}

/** A paragraph as it is read: one line, without links, emphasis and code marks. */
function plain(block: string): string {
  return block.replace(/^- /, "").replace(/\s*\(\[[^\]]*\]\([^)]*\)(,\s*\[[^\]]*\]\([^)]*\))*\)/g, "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/\*\*/g, "").replace(/`/g, "").replace(/\s+/g, " ").trim();
}
