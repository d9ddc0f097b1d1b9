/** What this browser remembers about its person: conveniences, never content. */
const prefix = "parley.";

function read(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key);
  } catch {
    return null; // storage is switched off
  }
}

function write(key: string, value: string) {
  try {
    localStorage.setItem(prefix + key, value);
  } catch {
    // storage is switched off: nothing is remembered
  }
}

export const remembered = {
  language: () => read("language"),
  /** The id of who works here: what they left unsent is theirs alone. */
  person: () => read("person") ?? "",
  setPerson: (id: string) => write("person", id),
  setLanguage: (language: string) => write("language", language),
};
