import { Menu, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clock, inLanguage } from "../i18n/format";
import { floor, useLive, useMe } from "../live/floor";
import { useActions } from "../parts/actions";
import { useGo } from "../parts/editor/useGo";
import { Key } from "../parts/Key";
import { StatusBadge, shapeOf, statusWord } from "../parts/StatusBadge";
import { codesFor, useStatusActs } from "../parts/status";
import { useNow } from "../parts/useNow";
import { Icon } from "../ui/Icon";
import css from "./StatusMenu.module.css";

/** StatusMenu shows the status with its time, and changes it (PRE-01, PRE-15). */
export function StatusMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const self = useLive((l) => l.agents[l.me.id]);
  const now = useNow(floor.now);
  const acts = useStatusActs();
  const [opened, setOpened] = useState(false);
  const go = useGo();
  useActions([{ id: "status", label: t("help.keys.status"), run: () => setOpened(true) }]);
  if (!self) return null;
  // The first items cannot be chosen then, and focus that stays outside leaves Escape and the arrows without an answer.
  const fixed = (self.displayed === "busy" && me.busy_menu === "stop_new_only") || undefined;
  const stopped = self.sub === "stopnew";
  const console = me.labels_preset === "console";
  return (
    <Menu position="bottom-end" opened={opened} onChange={setOpened} width={250}>
      <Menu.Target>
        <button type="button" className={css.chip} data-busy={acts.busy || undefined}>
          <VisuallyHidden>
            {t("status.menu", { status: statusWord(t, shapeOf(self), console) })}
          </VisuallyHidden>
          <span aria-hidden="true" className={css.shown}>
            <StatusBadge agent={self} console={console} />
            <time className={css.time}>{clock(now - self.since_at)}</time>
          </span>
          <Icon name="down" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {self.next && <p className={css.hint}>{t("status.next", { status: t(`status.${self.next}`) })}</p>}
        {fixed && <p className={css.hint}>{t("status.busyOnly")}</p>}
        <Menu.Item
          disabled={fixed}
          rightSection={<Key of="available" />}
          onClick={() => acts.choose("available")}
        >
          <strong>{t("status.action.available")}</strong>
          <span className={css.sub}>{t("status.action.availableHint")}</span>
        </Menu.Item>
        {(["on_break", "work_offline"] as const).map((s) => {
          const codes = codesFor(me.status_codes, s);
          return (
            <div key={s}>
              <Menu.Item
                disabled={fixed}
                rightSection={<Key of={s === "on_break" ? "break" : "offline"} />}
                onClick={() => acts.choose(s)}
              >
                {t(`status.action.${s}`)}
              </Menu.Item>
              {!fixed &&
                codes.map((c) => (
                  <Menu.Item key={c.id} className={css.code} onClick={() => acts.choose(s, c.id)}>
                    {inLanguage(c)}
                  </Menu.Item>
                ))}
            </div>
          );
        })}
        <Menu.Divider />
        {stopped ? (
          <Menu.Item data-autofocus={fixed} leftSection={<Icon name="play" />} onClick={acts.resume}>
            {t("status.action.resume")}
          </Menu.Item>
        ) : (
          <Menu.Item
            data-autofocus={fixed}
            leftSection={<Icon name="stop" />}
            disabled={self.displayed !== "busy"}
            onClick={acts.stopNew}
          >
            {console ? t("status.console.stopNew") : t("status.action.stopNew")}
            {self.displayed !== "busy" && <span className={css.sub}>{t("status.stopHint")}</span>}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<Icon name="user" />} onClick={() => go("/agent/profile")}>
          {t("header.profile")}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="door" />} onClick={acts.signOut}>
          {t("header.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
