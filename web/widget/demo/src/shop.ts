import blanket from "./art/blanket.svg";
import mittens from "./art/mittens.svg";
import mug from "./art/mug.svg";
import scarf from "./art/scarf.svg";
import socks from "./art/socks.svg";
import toque from "./art/toque.svg";
import "./people";
import { type Key, language, onSpeak, t } from "./words";

type Parley = ((command: string, ...args: unknown[]) => void) & { q?: unknown[] };
declare global {
  interface Window {
    Parley?: Parley;
  }
}

/** parley calls the widget; until its script has loaded, calls wait in a queue that it reads. */
function parley(command: string, ...args: unknown[]): void {
  if (!window.Parley) {
    const early: Parley = (...call) => early.q!.push(call);
    early.q = [];
    window.Parley = early;
  }
  window.Parley(command, ...args);
}

const products = { blanket, scarf, toque, mittens, socks, mug };
/** Unit: Canadian dollars. */
const prices = { blanket: 148, scarf: 64, toque: 38, mittens: 46, socks: 29, mug: 24 };

/** The shop's customers; the center knows the first three by these account numbers. */
const accounts = [
  { account_number: "1001", name: "Marie Tremblay", email: "marie.tremblay@example.com" },
  { account_number: "1002", name: "Noah Singh", email: "noah.singh@example.com" },
  { account_number: "1003", name: "Chloé Gagnon", email: "chloe.gagnon@example.com" },
];

onSpeak(() => {
  const price = new Intl.NumberFormat(language(), {
    style: "currency",
    currency: "CAD",
    currencyDisplay: "narrowSymbol",
  });
  const cards = (Object.keys(products) as (keyof typeof products)[]).map((id) => {
    const card = document.createElement("li");
    const image = document.createElement("img");
    const name = document.createElement("h3");
    const text = document.createElement("p");
    const cost = document.createElement("strong");
    Object.assign(image, { src: products[id], alt: "", width: 420, height: 300, loading: "lazy" });
    name.textContent = t(`product.${id}`);
    text.textContent = t(`product.${id}.text` as Key);
    cost.textContent = price.format(prices[id]);
    card.append(image, name, text, cost);
    return card;
  });
  document.getElementById("products")!.replaceChildren(...cards);
  parley("setLanguage", language());
});

const select = document.getElementById("account") as HTMLSelectElement;
onSpeak(() => {
  const at = select.value;
  select.replaceChildren(
    new Option(t("account.none"), ""),
    ...accounts.map((a) => new Option(`${a.name} (${a.account_number})`, a.account_number)),
  );
  select.value = at || sessionStorage.getItem("demo.account") || "";
});

/** introduce tells the widget who is signed in to the shop, or that nobody is any more. */
function introduce(): void {
  const account = accounts.find((a) => a.account_number === select.value);
  sessionStorage.setItem("demo.account", account?.account_number ?? "");
  if (account) parley("setCustomerInfo", account);
  else parley("resetCustomerInfo");
}
select.addEventListener("change", introduce);
if (select.value) introduce();
document.getElementById("ask")!.addEventListener("click", () => parley("open"));
