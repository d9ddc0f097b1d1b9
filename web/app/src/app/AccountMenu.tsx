import { Avatar, Menu, useMantineColorScheme, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { type Language, setLanguage, toLanguage } from "../i18n";
import { useMe } from "../live/floor";
import { useGo } from "../parts/editor/useGo";
import { problemText } from "../parts/problem";
import { useStatusActs } from "../parts/status";
import { Icon } from "../ui/Icon";
import { toast } from "../ui/toast";
import css from "./AccountMenu.module.css";
import { remembered } from "./remembered";

/** initials of a name, two at most. */
function initials(name: string): string {
  return name
    .split(/\s+/)
    .map((w) => w[0] ?? "")
    .slice(0, 2)
    .join("")
    .toUpperCase();
}

/** AccountMenu: profile, language, theme, log out. */
export function AccountMenu() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const go = useGo();
  const { signOut } = useStatusActs();
  const { colorScheme, setColorScheme } = useMantineColorScheme();

  async function speak(language: Language) {
    remembered.setLanguage(language);
    await setLanguage(language);
    await api.put("/api/agents/me/profile", { language }).catch((e) => toast(problemText(t, e), "bad"));
  }

  const schemes = ["light", "dark", "auto"] as const;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button type="button" className={css.target}>
          <VisuallyHidden>{t("header.account", { name: me.display_name })}</VisuallyHidden>
          <Avatar size={30} color="petrol" variant="light" aria-hidden="true">
            {initials(me.display_name)}
          </Avatar>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={css.who}>
          <strong>{me.display_name}</strong>
          <span>{t(`login.role.${me.role}`)}</span>
        </div>
        <Menu.Item leftSection={<Icon name="user" />} onClick={() => go("/agent/profile")}>
          {t("header.profile")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("header.language")}</Menu.Label>
        <Menu.RadioGroup value={toLanguage(i18n.language)} onChange={(l) => void speak(l as Language)}>
          {(["en", "fr-CA"] as const).map((l) => (
            <Menu.RadioItem key={l} value={l} lang={l} closeMenuOnClick>
              {l === "en" ? t("header.english") : t("header.french")}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>{t("header.theme")}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(s) => setColorScheme(s as typeof colorScheme)}>
          {schemes.map((s) => (
            <Menu.RadioItem key={s} value={s} closeMenuOnClick>
              {t(`header.${s}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="door" />} onClick={signOut}>
          {t("header.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
