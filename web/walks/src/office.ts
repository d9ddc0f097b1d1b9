/** Office speaks to the API as one of the demo center's people, for what a walk must arrange or count. */
export class Office {
  private constructor(
    private readonly url: string,
    private readonly cookie: string,
  ) {}

  static async signIn(url: string, login: string, takeOver = false): Promise<Office> {
    const response = await fetch(`${url}/api/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ login, password: "demo", take_over: takeOver }),
    });
    if (!response.ok) throw new Error(`${login} cannot sign in: ${await response.text()}`);
    return new Office(
      url,
      response.headers
        .getSetCookie()
        .map((c) => c.split(";")[0])
        .join("; "),
    );
  }

  async get<T>(path: string): Promise<T> {
    return this.ask<T>("GET", path);
  }

  async put<T>(path: string, body: unknown): Promise<T> {
    return this.ask<T>("PUT", path, body);
  }

  /** change saves one of an administrator's things with some fields changed. */
  async change(path: string, fields: Record<string, unknown>): Promise<void> {
    const {
      id: _,
      created_at: __,
      secrets_set: ___,
      paused: ____,
      ...whole
    } = await this.get<Record<string, unknown>>(path);
    await this.put(path, { ...whole, ...fields });
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return this.ask<T>("POST", path, body);
  }

  private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/api/${path}`, {
      method,
      headers: { Cookie: this.cookie, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : null) as T;
  }
}
