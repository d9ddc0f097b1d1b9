import { language, onSpeak, t } from "./words";

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
  for (const element of document.querySelectorAll<HTMLElement>("[data-price]")) {
    element.textContent = price.format(Number(element.dataset.price));
  }
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
