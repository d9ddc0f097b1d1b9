import { onSpeak, t } from "./words";

/** The demo center's people, whose password is "demo". */
const people = [
  { login: "amy", role: "people.agent" },
  { login: "bob", role: "people.agent" },
  { login: "sam", role: "people.supervisor" },
  { login: "ada", role: "people.admin" },
] as const;

/** The ways in: the sign-in page, with the name filled in. */
onSpeak(() => {
  document.getElementById("people")?.replaceChildren(
    ...people.map(({ login, role }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const what = document.createElement("small");
      link.href = `/#${login}`;
      link.className = "way";
      link.target = "_blank";
      link.append(t("people.as", login));
      what.textContent = t(role);
      item.append(link, what);
      return item;
    }),
  );
});
