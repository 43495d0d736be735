// Who is at work here. A server may ask nobody; then everybody is let in.
import { ask, guardWith, Refusal, whenStranger } from "../api/ask";
import type { Session as Told } from "../api/client";

class Session {
  told = $state.raw<Told | null>(null);
  trouble = $state.raw<unknown>(null);

  /** Whether the door is open to whoever is here. */
  get inside(): boolean {
    return this.told !== null && (this.told.open || this.told.who !== "");
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

  async signIn(login: string, password: string, code: string): Promise<void> {
    this.take(await ask("signIn", {}, { body: { login, password, ...(code ? { code } : {}) } }));
  }

  async signOut(): Promise<void> {
    await ask("signOut", {});
    guardWith("");
    await this.read();
  }

  private take(told: Told): void {
    guardWith(told.csrf ?? "");
    this.told = told;
  }
}

export const session = new Session();
whenStranger(() => void session.read());
