import type { RichBlock, RichSpan } from "@parley/protocol";
import css from "./Rich.module.css";

/** Rich shows an answer with its marks. The server has read them; nothing here becomes markup. */
export function Rich({ blocks }: { blocks: RichBlock[] }) {
  return (
    <div className={css.rich} dir="auto">
      {blocks.map((block, n) => (
        <Block key={n} block={block} />
      ))}
    </div>
  );
}

function Block({ block }: { block: RichBlock }) {
  if (block.kind === "text") {
    return (
      <p>
        <Spans spans={block.items.flat()} />
      </p>
    );
  }
  const List = block.kind === "numbers" ? "ol" : "ul";
  return (
    <List>
      {block.items.map((item, n) => (
        <li key={n}>
          <Spans spans={item} />
        </li>
      ))}
    </List>
  );
}

function Spans({ spans }: { spans: RichSpan[] }) {
  return spans.map((s, n) => <Span key={n} span={s} />);
}

function Span({ span: s }: { span: RichSpan }) {
  if (s.image) return <img src={`/support/images/${s.image}`} alt={s.text} loading="lazy" />;
  if (s.link) {
    return (
      <a href={s.link} target="_blank" rel="noopener noreferrer">
        {s.text}
      </a>
    );
  }
  if (s.bold) return <strong>{s.text}</strong>;
  if (s.italic) return <em>{s.text}</em>;
  return s.text;
}
