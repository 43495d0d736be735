// All accounts, which the server lists in parts.
import { ask } from "../api/ask";
import type { Account } from "../api/client";

export async function whole(): Promise<Account[]> {
  const all: Account[] = [];
  for (let after: string | undefined; ; ) {
    const page = await ask("listAccounts", { limit: 1000, ...(after ? { after } : {}) });
    all.push(...page.items);
    if (!page.next) return all;
    after = page.next;
  }
}
