import { useEffect, useState } from "preact/hooks";
import css from "./App.module.css";
import { type Desk, type Part, useDesk } from "./desk";
import { Phone } from "./Phone";
import { idOf } from "./phones";
import { Rail } from "./Rail";
import { Records } from "./Records";
import { Requests } from "./Requests";
import { Scenarios } from "./Scenarios";
import { WeatherPanel } from "./Weather";
import type { Key } from "./words";

const parts: Part[] = ["phones", "scenarios", "weather", "records", "requests"];

/** App is the page: phones on the left, what happens to them on the right. */
export function App({ desk }: { desk: Desk }) {
  const state = useDesk(desk);
  const t = desk.words();
  useEffect(() => {
    document.documentElement.lang = state.language;
    document.title = t("title");
  }, [state.language]);
  return (
    <div class={css.page} data-part={state.part} data-split={state.split || undefined}>
      <Top desk={desk} />
      {state.trouble && (
        <p role="alert" class={css.trouble}>
          {t(`trouble.${state.trouble}` as Key)}{" "}
          {state.trouble === "forbidden" && <a href="/">{t("trouble.signin")}</a>}
        </p>
      )}
      {state.ready && (
        <main class={css.main}>
          <div class={css.table} data-compact={desk.compact || undefined}>
            <Rail desk={desk} />
            <Table desk={desk} />
          </div>
          {state.split ? (
            <iframe class={css.agent} src="/" title={t("split.agent")} />
          ) : (
            <section class={css.panel} aria-label={t(`part.${panelOf(state.part)}`)}>
              {panelOf(state.part) === "scenarios" && <Scenarios desk={desk} />}
              {panelOf(state.part) === "weather" && <WeatherPanel desk={desk} />}
              {panelOf(state.part) === "records" && <Records desk={desk} />}
              {panelOf(state.part) === "requests" && <Requests desk={desk} />}
            </section>
          )}
        </main>
      )}
    </div>
  );
}

/** panelOf is what a wide screen shows beside the phones. */
const panelOf = (part: Part): Exclude<Part, "phones"> => (part === "phones" ? "scenarios" : part);

/** Table holds the phones that are in use. */
function Table({ desk }: { desk: Desk }) {
  const { shown } = desk.state;
  const t = desk.words();
  const phones = shown.map((id) => desk.phone(id)).filter((phone) => phone !== undefined);
  return (
    <section class={css.phones} aria-label={t("table")}>
      {phones.length === 0 && <p class={css.empty}>{t("table.empty")}</p>}
      {phones.map((phone) => (
        <Phone key={idOf(phone)} desk={desk} phone={phone} />
      ))}
    </section>
  );
}

function Top({ desk }: { desk: Desk }) {
  const { part, split, language } = desk.state;
  const t = desk.words();
  const [dark, setDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  const paint = (to: boolean) => {
    setDark(to);
    document.documentElement.dataset.theme = to ? "dark" : "light";
  };
  return (
    <header class={css.top}>
      <div class={css.name}>
        <h1>{t("title")}</h1>
        <p>{t("about")}</p>
      </div>
      <nav aria-label={t("parts")} class={css.parts}>
        {parts
          .filter((name) => name !== "records" || desk.crms.length > 0)
          .map((name) => (
            <button
              key={name}
              type="button"
              class={css.part}
              data-name={name}
              aria-pressed={part === name}
              onClick={() => desk.set({ part: name, split: split && name === "phones" })}
            >
              {t(`part.${name}`)}
            </button>
          ))}
      </nav>
      <div class={css.tools}>
        <button
          type="button"
          aria-pressed={split}
          onClick={() => desk.set({ split: !split, part: "phones" })}
        >
          {t("split")}
        </button>
        <button type="button" aria-pressed={dark} onClick={() => paint(!dark)}>
          {t("dark")}
        </button>
        <button
          type="button"
          lang={language === "en" ? "fr-CA" : "en"}
          onClick={() => desk.set({ language: language === "en" ? "fr-CA" : "en" })}
        >
          {language === "en" ? "Fran\u00e7ais" : "English"}
        </button>
      </div>
    </header>
  );
}
