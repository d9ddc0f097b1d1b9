import { useEffect, useState } from "preact/hooks";
import { control, Refusal, type Scenario } from "./api";
import type { Desk } from "./desk";
import css from "./Panel.module.css";
import { number } from "./phones";
import type { Key } from "./words";

/** Scenarios lets customers come by themselves: one, five, a rush. */
export function Scenarios({ desk }: { desk: Desk }) {
  const t = desk.words();
  const accounts = desk.phoned;
  const [all, setAll] = useState<Scenario[]>([]);
  const [chosen, setChosen] = useState<string[]>([]);
  const [said, setSaid] = useState("");
  useEffect(() => {
    control<{ scenarios: Scenario[] }>("GET", "scenarios").then(
      ({ scenarios }) => setAll(scenarios),
      () => setSaid(t("trouble.offline")),
    );
  }, []);

  const play = async (name: string, count?: number) => {
    try {
      const body = { accounts: chosen, ...(count ? { count } : {}) };
      const { phones } = await control<{ phones: number }>("POST", `scenarios/${name}`, body);
      setSaid(t("scenario.began_other", { n: phones }));
    } catch (error) {
      setSaid(error instanceof Refusal ? error.message : t("trouble.offline"));
    }
  };
  const emoji = async () => {
    const account = accounts.find((a) => desk.can(a.network, "image") && a.network === "twilio");
    if (!account) return;
    await desk.say({
      account: account.id,
      from: number(account.network),
      name: "Mei Lin",
      kind: "text",
      text: "Thanks so much! \u{1F60A}\u{1F389} Is it here soon? \u{1F69A}",
    });
    setSaid(t("scenario.began_other", { n: 1 }));
  };
  const stop = async () => {
    await control("DELETE", "scenarios");
    setSaid(t("scenario.stopped"));
  };
  return (
    <div class={css.panel}>
      <h2>{t("part.scenarios")}</h2>
      <p class={css.about}>{t("scenario.about")}</p>
      <fieldset class={css.choices}>
        <legend>{t("scenario.where")}</legend>
        {accounts.map((a) => (
          <label key={a.id}>
            <input
              type="checkbox"
              checked={chosen.includes(a.id)}
              onChange={(e) =>
                setChosen(
                  e.currentTarget.checked ? [...chosen, a.id] : chosen.filter((other) => other !== a.id),
                )
              }
            />
            {desk.place(a.id)}
          </label>
        ))}
      </fieldset>
      <ul class={css.cards}>
        {all.map(({ name, count, over_ms }) => (
          <li key={name} class={css.card}>
            <h3>{t(`scenario.${name}` as Key)}</h3>
            <p>{t(`scenario.${name}.about` as Key, { n: count, minutes: over_ms / 60_000 })}</p>
            <button type="button" data-scenario={name} onClick={() => play(name)}>
              {t("scenario.play")}
              <span data-hidden>: {t(`scenario.${name}` as Key)}</span>
            </button>
          </li>
        ))}
        {accounts.some((a) => a.network === "twilio") && (
          <li class={css.card}>
            <h3>{t("scenario.sms_emoji")}</h3>
            <p>{t("scenario.sms_emoji.about")}</p>
            <button type="button" data-scenario="sms_emoji" onClick={emoji}>
              {t("scenario.play")}
              <span data-hidden>: {t("scenario.sms_emoji")}</span>
            </button>
          </li>
        )}
      </ul>
      <p role="status">{said}</p>
      <div class={css.row}>
        <button type="button" onClick={stop}>
          {t("scenario.stop")}
        </button>
        <button type="button" onClick={() => desk.reset()}>
          {t("reset")}
        </button>
      </div>
      <p class={css.about}>{t("reset.about")}</p>
    </div>
  );
}
