import {
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  Menu,
  Modal,
  Tooltip,
} from "@mantine/core";

const petrol: MantineColorsTuple = [
  "#e6f5f8",
  "#d2eaf0",
  "#a6d5e0",
  "#77bfd0",
  "#52adc2",
  "#3aa2ba",
  "#2b9cb6",
  "#0c6577",
  "#0a5868",
  "#074955",
];

/** dark is Mantine's ramp for dark grounds, text first, in the hue of tokens.css. */
const dark: MantineColorsTuple = [
  "#e9eef3",
  "#c3ccd5",
  "#a9b6c2",
  "#8795a3",
  "#384552",
  "#2c3742",
  "#182027",
  "#1d252d",
  "#141a20",
  "#0f1418",
];

/** theme gives Mantine our measures; its colors come from tokens.css. */
export const theme = createTheme({
  primaryColor: "petrol",
  primaryShade: 7,
  colors: { petrol, dark },
  defaultRadius: "md",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontSizes: { xs: "0.75rem", sm: "0.875rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.45", lg: "1.5", xl: "1.5" },
  headings: { fontWeight: "650", sizes: { h1: { fontSize: "1.375rem" }, h2: { fontSize: "1.0625rem" } } },
  cursorType: "pointer",
  variantColorResolver: (input) => {
    const look = defaultVariantColorsResolver(input);
    if (input.variant !== "filled") return look;
    const accent = input.color === undefined || input.color === "petrol";
    return { ...look, color: accent ? "var(--on-accent)" : "var(--surface)" };
  },
  respectReducedMotion: true,
  components: {
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        transitionProps: { duration: 120, transition: "fade" },
        attributes: { header: { role: "presentation" } }, // or it would be a second banner
      },
    }),
    Drawer: Drawer.extend({ defaultProps: { transitionProps: { duration: 120 } } }),
    Menu: Menu.extend({
      defaultProps: {
        transitionProps: { duration: 80 },
        shadow: "md",
        withinPortal: false, // it stays inside its landmark
        withInitialFocusPlaceholder: false,
      },
    }),
    Select: { defaultProps: { selectFirstOptionOnChange: true } }, // what Enter takes; not by extend, which loads it
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, events: { hover: true, focus: true, touch: true } },
    }),
  },
});

const colors = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-bright": "var(--text)",
  "--mantine-color-dimmed": "var(--muted)",
  "--mantine-color-placeholder": "var(--muted)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-error": "var(--danger)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--sunken)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--line)",
  "--mantine-color-disabled": "var(--sunken)",
  "--mantine-color-disabled-color": "var(--muted)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-primary-color-contrast": "var(--on-accent)",
};

/** solid returns the variables of one of Mantine's colors in our tokens. */
function solid(name: string, token: string, on: string) {
  return {
    [`--mantine-color-${name}-filled`]: `var(--${token})`,
    [`--mantine-color-${name}-filled-hover`]: `color-mix(in srgb, var(--${token}) 88%, var(--text))`,
    [`--mantine-color-${name}-light`]: `var(--${token}-soft)`,
    [`--mantine-color-${name}-light-hover`]: `color-mix(in srgb, var(--${token}-soft) 92%, var(--${token}))`,
    [`--mantine-color-${name}-light-color`]: `var(--${token})`,
    [`--mantine-color-${name}-outline`]: `var(--${token})`,
    [`--mantine-color-${name}-outline-hover`]: `var(--${token}-soft)`,
    [`--mantine-color-${name}-text`]: `var(--${token})`,
    [`--mantine-color-${name}-contrast`]: on,
  };
}

const all = {
  ...colors,
  ...solid("petrol", "accent", "var(--on-accent)"),
  ...solid("red", "danger", "var(--white)"),
  ...solid("green", "ok", "var(--white)"),
  ...solid("blue", "info", "var(--white)"),
  ...solid("violet", "wrap", "var(--white)"),
  ...solid("yellow", "warn", "var(--white)"),
  ...solid("gray", "muted", "var(--white)"),
  "--mantine-color-gray-light": "var(--sunken)",
  "--mantine-color-gray-light-hover": "var(--line)",
  "--mantine-color-gray-light-color": "var(--text)",
};

/** variables maps Mantine's variables to our tokens, in both schemes. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: all, dark: all });
