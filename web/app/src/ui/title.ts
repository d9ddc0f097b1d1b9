/** What the tab of a page can be called, the most pressing last. */
const layers = { place: "", page: "", news: "" };

/** The product's name, the same in every language. */
const product = "Parley";

/** titled says what a tab is called: its news and how many, else the page, else the place it is in. */
export function titled({ place, page, news }: typeof layers): string {
  if (news) return `(1) ${news}`;
  const name = page || place;
  return name ? `${name} - ${product}` : product;
}

/** title names the tab at one layer until what it returns is called. */
export function title(layer: keyof typeof layers, text: string): () => void {
  layers[layer] = text;
  document.title = titled(layers);
  return () => {
    if (layers[layer] !== text) return; // the next one has taken the layer over
    layers[layer] = "";
    document.title = titled(layers);
  };
}
