import { useEffect, useState } from "preact/hooks";
import { control, Refusal, type Weather } from "./api";
import type { Desk } from "./desk";
import css from "./Panel.module.css";
import type { Key } from "./words";

/** How often something happens; and what is so or is not. */
const often = ["duplicate", "reorder", "fail", "throttle", "timeout_after_accept", "ok_with_error"] as const;
const flags = [
  "receipts",
  "read",
  "typing",
  "window_closed",
  "token_expired",
  "media_expired",
  "opt_out",
] as const;
/** What of it a CRM has: it is only called, and has no phones. */
const crmOften = ["fail", "throttle", "timeout_after_accept"] as const;
const crmFlags = ["token_expired"] as const;
const orders = ["", "late", "twice", "before_answer", "out_of_order"] as const;
const day = 24 * 3_600_000;

/** WeatherPanel makes the network of one account misbehave. */
export function WeatherPanel({ desk }: { desk: Desk }) {
  const t = desk.words();
  const { accounts } = desk.state;
  const [account, setAccount] = useState(accounts[0]?.id ?? "");
  const [weather, setWeather] = useState<Weather | null>(null);
  const [said, setSaid] = useState("");
  const ask = async (does: () => Promise<void>) => {
    try {
      await does();
    } catch (error) {
      setSaid(error instanceof Refusal ? error.message : t("trouble.offline"));
    }
  };
  useEffect(() => {
    setSaid("");
    if (account) void ask(async () => setWeather(await control<Weather>("GET", `weather/${account}`)));
  }, [account]);
  const put = (change: Partial<Weather>) =>
    ask(async () => {
      const next = { ...weather!, ...change };
      setWeather(next);
      await control("PUT", `weather/${account}`, next);
      setSaid(t("weather.changed"));
    });
  const fine = () =>
    ask(async () => {
      setWeather(await control<Weather>("PUT", `weather/${account}`, {}));
      setSaid(t("weather.changed"));
    });
  const advance = (ms: number) =>
    ask(async () => {
      await control("POST", "clock", { advance_ms: ms });
      setSaid(t("weather.later"));
    });
  const share = (n: number) => new Intl.NumberFormat(desk.state.language, { style: "percent" }).format(n);
  const crm = desk.crms.some((a) => a.id === account);
  return (
    <div class={css.panel}>
      <h2>{t("part.weather")}</h2>
      <p class={css.about}>{t("weather.about")}</p>
      <label class={css.field}>
        {t("phone.network")}
        <select value={account} onChange={(e) => setAccount(e.currentTarget.value)}>
          {accounts.map((a) => (
            <option key={a.id} value={a.id}>
              {t(`network.${a.network}` as Key)} ({a.id})
            </option>
          ))}
        </select>
      </label>
      {weather && (
        <>
          {(crm ? crmOften : often).map((name) => (
            <label key={name} class={css.slider}>
              <span>{t(crm && name === "fail" ? "weather.down" : `weather.${name}`)}</span>
              <output>{share(weather[name])}</output>
              <input
                type="range"
                min="0"
                max="1"
                step="0.1"
                value={weather[name]}
                aria-valuetext={share(weather[name])}
                onChange={(e) => put({ [name]: Number(e.currentTarget.value) })}
              />
            </label>
          ))}
          {!crm && <Hooks desk={desk} weather={weather} put={put} />}
          <div class={css.choices}>
            {(crm ? crmFlags : flags).map((name) => (
              <label key={name}>
                <input
                  type="checkbox"
                  checked={weather[name]}
                  onChange={(e) => put({ [name]: e.currentTarget.checked })}
                />
                {t(`weather.${name}`)}
              </label>
            ))}
          </div>
          <div class={css.row}>
            <button type="button" onClick={fine}>
              {t("weather.fine")}
            </button>
            <button type="button" onClick={() => advance(day)}>
              {t("weather.day")}
            </button>
          </div>
        </>
      )}
      <p role="status">{said}</p>
    </div>
  );
}

/** Hooks is what happens to webhooks: of networks with phones. */
function Hooks({
  desk,
  weather,
  put,
}: {
  desk: Desk;
  weather: Weather;
  put: (change: Partial<Weather>) => void;
}) {
  const t = desk.words();
  return (
    <>
      <label class={css.slider}>
        <span>{t("weather.delay_ms")}</span>
        <output>{t("seconds", { n: weather.delay_ms / 1_000 })}</output>
        <input
          type="range"
          min="0"
          max="30000"
          step="1000"
          value={weather.delay_ms}
          aria-valuetext={t("seconds", { n: weather.delay_ms / 1_000 })}
          onChange={(e) => put({ delay_ms: Number(e.currentTarget.value) })}
        />
      </label>
      <label class={css.field}>
        {t("weather.statuses")}
        <select
          value={weather.statuses}
          onChange={(e) => put({ statuses: e.currentTarget.value as Weather["statuses"] })}
        >
          {orders.map((order) => (
            <option key={order} value={order}>
              {t(`weather.statuses.${order || "fine"}` as Key)}
            </option>
          ))}
        </select>
      </label>
      <label class={css.field}>
        {t("weather.drop_webhooks")}
        <input
          type="number"
          min="0"
          max="1000"
          value={weather.drop_webhooks}
          onChange={(e) => put({ drop_webhooks: Math.max(0, Math.trunc(Number(e.currentTarget.value))) })}
        />
      </label>
    </>
  );
}
