import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useFloor, useMe } from "../live/floor";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { AccountMenu } from "./AccountMenu";
import css from "./Header.module.css";
import { Mark } from "./Mark";
import { Nav } from "./Nav";
import type { Place } from "./routes";
import { StatusMenu } from "./StatusMenu";

interface HeaderProps {
  places: Place[];
  here: Place | undefined;
  onHelp: () => void;
  onPalette: () => void;
}

/** Header holds what is the same everywhere: the way around, one's status, help. */
export function Header({ places, here, onHelp, onPalette }: HeaderProps) {
  const { t } = useTranslation();
  const me = useMe();
  const updated = useFloor((w) => w.build.first !== w.build.now);
  return (
    <header className={css.header}>
      <Link href="/agent" className={css.brand}>
        <Mark />
        <span className={css.center}>{me.center || t("product")}</span>
      </Link>
      <Nav places={places} here={here} />
      <div className={css.end}>
        {me.demo && (
          <span className={css.demo} title={t("header.demoText")}>
            {t("header.demo")}
          </span>
        )}
        {updated && (
          <span className={css.update}>
            <Button
              size="xs"
              look="soft"
              icon={<Icon name="download" size={16} />}
              title={`${t("header.update")}. ${t("header.updateText")}`}
              onClick={() => location.reload()}
            >
              <span>{t("header.update")}</span>
            </Button>
          </span>
        )}
        {me.permissions.includes("serve") && <StatusMenu />}
        <span className={css.wide}>
          <IconButton label={t("header.palette")} onClick={onPalette}>
            <Icon name="search" />
          </IconButton>
        </span>
        <IconButton label={t("header.help")} onClick={onHelp}>
          <Icon name="help" />
        </IconButton>
        <AccountMenu />
      </div>
    </header>
  );
}
