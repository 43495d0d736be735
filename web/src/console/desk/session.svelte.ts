// Who is at work here. A server may ask nobody; then everybody is let in.
import { ask, guardWith, Refusal, whenAnother, whenStranger } from "../api/ask";
import type { Session as Told } from "../api/client";

export type Need = "look" | "plan" | "dispatch" | "approve" | "release" | "administer";

class Session {
  told = $state.raw<Told | null>(null);
  trouble = $state.raw<unknown>(null);
  /** Whoever was at work, when the session ended without his doing: the page is still there. */
  lost = $state.raw<Told | null>(null);
  /** One more whenever somebody else sits down: nothing of the one before is to be seen. */
  turn = $state(0);
  private leaving = false;
  private asking = false;

  /** Whether the door is open to whoever is here. */
  get inside(): boolean {
    return this.told !== null && (this.told.open || this.told.who !== "");
  }

  /** Whoever is at work, or was until his session ended; null where nobody is known by name. */
  get person(): Told | null {
    const whose = this.lost ?? this.told;
    return whose && !whose.open && whose.who !== "" ? whose : null;
  }

  /** Whether the person may do that somewhere. */
  may(need: Need): boolean {
    return (this.lost ?? this.told)?.needs.includes(need) ?? false;
  }

  async read(): Promise<void> {
    try {
      this.take(await ask("getSession", {}));
      this.trouble = null;
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) this.told = null;
      this.trouble = error;
    }
  }

  /** Finds out what many refused requests at once are about. */
  async again(): Promise<void> {
    if (this.asking || this.lost || !this.inside) return;
    this.asking = true;
    await this.read();
    this.asking = false;
  }

  async signIn(login: string, password: string, code: string): Promise<void> {
    this.take(await ask("signIn", {}, { body: { login, password, ...(code ? { code } : {}) } }));
  }

  /** Signs out; the page goes first, so that nothing of it asks on. */
  async signOut(): Promise<void> {
    this.leaving = true;
    this.told = null;
    try {
      await new Promise((then) => setTimeout(then));
      await ask("signOut", {});
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 401) this.trouble = error;
    } finally {
      guardWith("");
      await this.read();
      this.leaving = false;
    }
  }

  take(told: Told): void {
    guardWith(told.csrf ?? "");
    const before = this.lost ?? this.told;
    if (told.who === "" && !told.open && before?.who && !this.leaving) {
      this.lost = before;
    } else {
      if (before && before.who !== told.who) this.turn++;
      this.lost = null;
    }
    this.told = told;
  }
}

export const session = new Session();
whenStranger(() => void session.again());
whenAnother(async () => {
  const before = session.told?.who;
  await session.read();
  return session.told?.who === before; // what somebody asked for is not done in the name of another
});
