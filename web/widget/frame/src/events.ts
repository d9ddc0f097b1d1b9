import type { Carry } from "./live";

/** The close code of an answer that ended so that we ask on. */
const askOn = 4001;
/** Two answers are at least that far apart, however much happens. Unit: milliseconds. */
const apart = 250;

/** byEvents carries the news where sockets do not get through: one answer that does not end. */
export const byEvents: Carry = (feed, ticket, heard, stop) => read(feed.after(), "", ticket, heard, stop);

/**
 * byPolls carries them where answers are held back until they are whole: the first says what is known now,
 * each that follows waits for the next news.
 *
 * Source: R-57.
 */
export const byPolls: Carry = async (feed, ticket, heard, stop) => {
  for (let wait = 0, pass = ticket; ; wait = 20) {
    const code = await read(feed.after(), `&wait=${wait}`, pass, heard, stop);
    if (code !== askOn) return code;
    await new Promise((done) => setTimeout(done, apart));
    if (stop.aborted) return 0;
    pass = await feed.ticket();
  }
};

/** read reads one answer to its end and returns the close code it says, or 0. */
async function read(
  after: number,
  wait: string,
  ticket: string,
  heard: Parameters<Carry>[2],
  stop: AbortSignal,
): Promise<number> {
  const response = await fetch(`/api/public/live?after=${after}${wait}`, {
    headers: { Accept: "text/event-stream", "Parley-Ticket": ticket },
    signal: stop,
    cache: "no-store",
    credentials: "omit",
  });
  if (!response.ok || !response.body) throw new Error(`live ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return 0;
    const parts = (rest + value).split(/\r?\n\r?\n/);
    rest = parts.pop()!;
    for (const part of parts) {
      const lines = part.split(/\r?\n/).filter((line) => line.startsWith("data:"));
      if (!lines.length) continue;
      const wire = JSON.parse(lines.map((line) => line.slice(5)).join("\n"));
      if (wire.close) return wire.close.code;
      heard(wire);
    }
  }
}
