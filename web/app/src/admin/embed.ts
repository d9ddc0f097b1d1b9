/** embedCode is what goes into a page to show the widget: one script tag. */
export function embedCode(origin: string, entryPoint: string): string {
  return `<script async src="${origin}/w.js" data-entry-point="${entryPoint}"></script>`;
}

/** embedPolicy is what a page's Content-Security-Policy must allow besides, where it has one. */
export function embedPolicy(origin: string): string {
  return `script-src ${origin}; frame-src ${origin}`;
}
