import type { Content, RichBlock, RichSpan } from "@parley/protocol/visitor";

/** Rich is an answer with its marks. The server has read them; nothing here becomes markup. */
export function Rich({ blocks }: Content) {
  return (
    <>
      {blocks?.map((block, n) => (
        <Block key={n} block={block} gap={n > 0 ? "0.6em" : "0"} />
      ))}
    </>
  );
}

function Block({ block, gap }: { block: RichBlock; gap: string }) {
  if (block.kind === "text") {
    return (
      <p style={{ margin: 0, marginBlockStart: gap }}>
        <Spans spans={block.items.flat()} />
      </p>
    );
  }
  const List = block.kind === "numbers" ? "ol" : "ul";
  return (
    <List style={{ margin: 0, marginBlockStart: gap, paddingInlineStart: "1.4em" }}>
      {block.items.map((item, n) => (
        <li key={n}>
          <Spans spans={item} />
        </li>
      ))}
    </List>
  );
}

function Spans({ spans }: { spans: RichSpan[] }) {
  return (
    <>
      {spans.map((s, n) => (
        <Span key={n} span={s} />
      ))}
    </>
  );
}

function Span({ span: s }: { span: RichSpan }) {
  if (s.image) {
    return (
      <img
        src={`/support/images/${s.image}`}
        alt={s.text}
        style={{ display: "block", maxInlineSize: "100%", borderRadius: "8px" }}
      />
    );
  }
  if (s.link) {
    return (
      <a href={s.link} target="_blank" rel="noopener noreferrer" style={{ color: "inherit" }}>
        {s.text}
      </a>
    );
  }
  if (s.bold) return <strong>{s.text}</strong>;
  return s.italic ? <em>{s.text}</em> : s.text;
}
