/** isColor reports whether text is #rrggbb, the only form an accent may have. */
export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/**
 * contrast is the ratio of the luminances of two colors.
 *
 * Unit: 1 to 21.
 * Source: WCAG 2.2, definition of contrast ratio.
 */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** contrastMin is the least ratio of text to its background. Source: WCAG 2.2, 1.4.3. */
export const contrastMin = 4.5;

/** onAccent is the color of words on an accent: white if that can be read, else near black. */
export function onAccent(accent: string): "#ffffff" | "#1a1d23" {
  return contrast(accent, "#ffffff") >= contrast(accent, "#1a1d23") ? "#ffffff" : "#1a1d23";
}

/** darkened is the lightest darker shade of a color on which white words can be read (UX-66). */
export function darkened(color: string): string {
  let shade = channels(color);
  while (contrast(hex(shade), "#ffffff") < contrastMin) shade = shade.map((c) => c * 0.97);
  return hex(shade);
}

function luminance(color: string): number {
  const [r, g, b] = channels(color).map((c) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function channels(color: string): number[] {
  return [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16));
}

function hex(rgb: readonly number[]): string {
  return `#${rgb.map((c) => Math.floor(c).toString(16).padStart(2, "0")).join("")}`;
}
