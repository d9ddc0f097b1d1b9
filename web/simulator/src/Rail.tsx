import { useEffect, useRef, useState } from "preact/hooks";
import type { Desk } from "./desk";
import { Badge, Icon, icons } from "./Icon";
import { NewPhone } from "./NewPhone";
import { answers, idOf, type Phone } from "./phones";
import css from "./Rail.module.css";

/** Rail lists the phones: the ones people made, and those that scenarios did. */
export function Rail({ desk }: { desk: Desk }) {
  const t = desk.words();
  const [adding, setAdding] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  const others = desk.others();
  return (
    <nav class={css.rail} aria-label={t("rail")}>
      <ul class={css.list}>
        {desk.state.phones.map((phone) => (
          <Row key={idOf(phone)} desk={desk} phone={phone} />
        ))}
      </ul>
      <button ref={add} type="button" class={css.add} onClick={() => setAdding(true)}>
        <Icon path={icons.plus} size={18} /> {t("phone.add")}
      </button>
      {others.length > 0 && (
        <>
          <h2 class={css.head}>{t("rail.others")}</h2>
          <ul class={css.list}>
            {others.map((phone) => (
              <Row key={idOf(phone)} desk={desk} phone={phone} />
            ))}
          </ul>
        </>
      )}
      {adding && (
        <NewPhone
          desk={desk}
          done={() => {
            setAdding(false);
            add.current?.focus();
          }}
        />
      )}
    </nav>
  );
}

function Row({ desk, phone }: { desk: Desk; phone: Phone }) {
  const t = desk.words();
  const id = idOf(phone);
  const { shown, threads, seen } = desk.state;
  const network = desk.network(phone.account);
  const on = desk.compact ? shown[0] === id : shown.includes(id);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (on) button.current?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, [on, desk.compact]);
  const fresh = answers(threads[id]) - (seen[id] ?? 0);
  const last = threads[id]?.messages.at(-1);
  return (
    <li>
      <button
        ref={button}
        type="button"
        class={css.row}
        data-phone={id}
        data-network={network}
        aria-pressed={on}
        onClick={() => desk.show(id, !on)}
      >
        <span class={css.badge}>
          <Badge network={network} />
        </span>
        <span class={css.who}>
          <b dir="auto">{phone.name || t("web.name")}</b>
          <small dir="auto">{last?.text || desk.place(phone.account)}</small>
        </span>
        {!on && fresh > 0 && (
          <span class={css.fresh}>
            {fresh}
            <span data-hidden> {t("rail.fresh")}</span>
          </span>
        )}
      </button>
    </li>
  );
}
