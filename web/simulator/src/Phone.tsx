import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Message, Refusal, type Said } from "./api";
import { Bubble } from "./Bubble";
import type { Desk } from "./desk";
import { Badge, Icon, icons } from "./Icon";
import css from "./Phone.module.css";
import { idOf, type Phone as PhoneOf, web } from "./phones";
import { Writer } from "./Writer";

/** What a phone's owner is about to do with a message. */
export interface Aim {
  kind: "reply" | "edit";
  message: Message;
}

/** Phone is one customer's, with one conversation on it. */
export function Phone({ desk, phone }: { desk: Desk; phone: PhoneOf }) {
  const network = desk.network(phone.account);
  const t = desk.words();
  const of = desk.words(phone.language);
  const id = idOf(phone);
  const name = phone.name || t("web.name");
  return (
    <article
      class={css.phone}
      data-network={network}
      data-phone={id}
      lang={phone.language}
      aria-label={t("phone.of", { name, network: desk.place(phone.account) })}
    >
      <header class={css.head}>
        <Badge network={network} />
        <div class={css.title}>
          <h2 dir="auto">{of("phone.center")}</h2>
          <p dir="auto">{phone.account === web ? t("network.web") : `${name} \u00b7 ${phone.from}`}</p>
        </div>
        <button type="button" aria-label={t("phone.away", { name })} onClick={() => desk.show(id, false)}>
          <Icon path={icons.close} />
        </button>
      </header>
      {phone.account === web ? (
        <iframe class={css.widget} src="/widget/ent_demo" title={t("network.web")} />
      ) : (
        <Talk desk={desk} phone={phone} />
      )}
    </article>
  );
}

function Talk({ desk, phone }: { desk: Desk; phone: PhoneOf }) {
  const thread = desk.state.threads[idOf(phone)];
  const network = desk.network(phone.account);
  const t = desk.words(phone.language);
  const box = useRef<HTMLDivElement>(null);
  const [aim, setAim] = useState<Aim | null>(null);
  const [trouble, setTrouble] = useState("");
  const messages = thread?.messages ?? [];
  useLayoutEffect(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [messages.length, messages.at(-1)?.text, thread?.typing]);

  /** say reports whether the center took it. */
  const say = async (said: Omit<Said, "account" | "from" | "name">): Promise<boolean> => {
    const { account, from, name } = phone;
    try {
      await desk.say({ account, from, name, ...said });
      setTrouble("");
      return true;
    } catch (error) {
      const refused = error instanceof Refusal;
      setTrouble(refused ? t("say.refused", { why: error.message }) : t("trouble.offline"));
      return refused && error.status === 502; // it is on the phone all the same
    }
  };
  return (
    <>
      <div
        ref={box}
        class={css.log}
        role="log"
        aria-label={t("log", { name: phone.name })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {messages.length === 0 && <p class={css.hint}>{t("log.empty")}</p>}
        {messages.map((message) => (
          <Bubble
            key={message.id}
            desk={desk}
            phone={phone}
            message={message}
            answers={messages.find((m) => m.id === message.reply_to)}
            last={message === messages.at(-1)}
            say={say}
            aim={setAim}
          />
        ))}
        {thread?.typing && (
          <p class={css.typing}>
            <i />
            <i />
            <i />
            <span data-hidden>{t("log.typing")}</span>
          </p>
        )}
      </div>
      {trouble && (
        <p role="alert" class={css.trouble}>
          {trouble}
        </p>
      )}
      <Writer
        key={aim?.message.id ?? ""}
        desk={desk}
        network={network}
        language={phone.language}
        aim={aim}
        drop={() => setAim(null)}
        say={say}
      />
    </>
  );
}
