import { useEffect, useRef, useState } from "preact/hooks";
import type { Desk } from "./desk";
import css from "./NewPhone.module.css";
import { fits, number } from "./phones";
import type { Key, Language } from "./words";

/** NewPhone asks whose phone it is, on which network. */
export function NewPhone({ desk, done }: { desk: Desk; done: () => void }) {
  const t = desk.words();
  const accounts = desk.phoned;
  const box = useRef<HTMLDialogElement>(null);
  const [account, setAccount] = useState(accounts[0]?.id ?? "");
  const network = desk.network(account);
  const [from, setFrom] = useState(() => number(network));
  const [name, setName] = useState("");
  const [language, setLanguage] = useState<Language>(desk.state.language);
  const wrong = from !== "" && !fits(network, from);
  useEffect(() => {
    box.current?.showModal();
  }, []);
  const choose = (id: string) => {
    setAccount(id);
    setFrom(number(desk.network(id)));
  };
  return (
    <dialog ref={box} class={css.box} aria-labelledby="new-phone" onClose={done}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (wrong || !from) return;
          desk.add({ account, from, name: name.trim() || from, language });
          box.current?.close();
        }}
      >
        <h2 id="new-phone">{t("phone.add")}</h2>
        <label>
          {t("phone.network")}
          <select value={account} onChange={(e) => choose(e.currentTarget.value)}>
            {accounts.map((a) => (
              <option key={a.id} value={a.id}>
                {t(`network.${a.network}` as Key)} ({a.id})
              </option>
            ))}
          </select>
        </label>
        <label>
          {t("phone.name")}
          <input
            value={name}
            maxLength={80}
            autoComplete="off"
            onInput={(e) => setName(e.currentTarget.value)}
          />
        </label>
        <label>
          {t("phone.number")}
          <input
            value={from}
            required
            inputMode="tel"
            autoComplete="off"
            aria-invalid={wrong}
            aria-describedby="number-form"
            onInput={(e) => setFrom(e.currentTarget.value.trim())}
          />
        </label>
        <p id="number-form" class={css.hint} data-wrong={wrong || undefined}>
          {t(fits(network, "+15145550100") ? "phone.number.plus" : "phone.number.digits")}
        </p>
        <label>
          {t("phone.language")}
          <select value={language} onChange={(e) => setLanguage(e.currentTarget.value as Language)}>
            <option value="en">English</option>
            <option value="fr-CA">{"Fran\u00e7ais"}</option>
          </select>
        </label>
        <div class={css.foot}>
          <button type="button" onClick={() => box.current?.close()}>
            {t("cancel")}
          </button>
          <button type="submit" data-primary disabled={wrong || !from}>
            {t("phone.add")}
          </button>
        </div>
      </form>
    </dialog>
  );
}
