/**
 * The page's policy lets no string become markup (Trusted Types). The one thing
 * that asks is Mantine, which writes its style sheet into a style element: a
 * string without "<" cannot be markup, and passes.
 *
 * Source: A-120.
 */
interface Policies {
  createPolicy(name: string, rules: { createHTML: (text: string) => string }): unknown;
}

const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;

policies?.createPolicy("default", {
  createHTML(text) {
    if (text.includes("<")) throw new TypeError("markup in a string");
    return text;
  },
});

export {};
