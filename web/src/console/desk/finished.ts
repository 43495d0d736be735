// Scenarios of an event whose newest run is done: a plan is made of one of them.
import { ask } from "../api/ask";
import type { Run, Scenario } from "../api/client";

export async function finished(city: string, event: string): Promise<{ scenario: Scenario; run: Run }[]> {
  const { items } = await ask("listScenarios", { city, event, limit: 200 });
  const runs = await Promise.all(items.map((s) => ask("listRuns", { city, event, scenario: s.name, limit: 100 })));
  return items.flatMap((scenario, i) => {
    const run = (runs[i]?.items ?? []).filter((r) => r.job.state === "done").toSorted((a, b) => b.created.localeCompare(a.created))[0];
    return run ? [{ scenario, run }] : [];
  });
}
