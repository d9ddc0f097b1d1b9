import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Redirect, useLocation } from "wouter";
import { useNotes } from "../agent/notes";
import { OfferDock } from "../agent/offer/OfferDock";
import { ownWindow } from "../agent/windows";
import { useMe } from "../live/floor";
import { useActions, useKeyboard } from "../parts/actions";
import { regionIds } from "../parts/announce";
import { CodeDialog } from "../parts/CodeDialog";
import { useGo } from "../parts/editor/useGo";
import { useShortcuts } from "../parts/shortcuts";
import { codesFor, StatusContext } from "../parts/status";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { title } from "../ui/title";
import { ErrorBoundary } from "./ErrorBoundary";
import { Header } from "./Header";
import { Palette } from "./Palette";
import { ReconnectBar } from "./ReconnectBar";
import { placeAt, places, placesOf } from "./routes";
import css from "./Shell.module.css";
import { Splash } from "./Splash";
import type { Away } from "./session";
import { Toasts } from "./Toasts";
import { useRegions } from "./useRegions";
import { useStatus } from "./useStatus";
import { useStatusNews } from "./useStatusNews";

const Help = lazy(async () => ({ default: (await import("./Help")).Help }));

/** Shell frames every area: header, navigation, news, and the area itself. */
export function Shell({ onLeave }: { onLeave: (why: Away) => void }) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const go = useGo();
  const me = useMe();
  const all = placesOf(me);
  const place = placeAt(all, location);
  // A place of others is there all the same: whoever opens its address is told that the right is missing.
  const nowhere = t(placeAt(places, location) ? "error.forbidden" : "nav.notFound");
  const status = useStatus(() => onLeave("signed_out"));
  const [help, setHelp] = useState<boolean>(); // nothing until it is first asked for
  const [palette, setPalette] = useState(false);
  const own = ownWindow(location) !== "";
  const name = place ? t(`nav.${place.name}`) : nowhere;
  useEffect(() => title("place", name), [name]);
  useKeyboard();
  useShortcuts();
  useRegions();
  useStatusNews();
  useNotes();
  useActions([
    {
      id: "palette",
      label: t("help.keys.palette"),
      run: () => setPalette(true),
      hidden: true,
    },
    { id: "help", label: t("help.keys.help"), run: () => setHelp(true) },
    {
      id: "available",
      label: t("status.action.availableHint"),
      run: () => status.acts.choose("available"),
    },
    {
      id: "break",
      label: t("status.action.on_break"),
      run: () => status.acts.choose("on_break"),
    },
    {
      id: "offline",
      label: t("status.action.work_offline"),
      run: () => status.acts.choose("work_offline"),
    },
    { id: "stopNew", label: t("status.action.stopNew"), run: status.acts.stopNew },
    { id: "resume", label: t("status.action.resume"), run: status.acts.resume },
    { id: "signOut", label: t("header.signOut"), run: status.acts.signOut },
    ...all.map((p) => ({
      id: `go-${p.name}`,
      label: t("palette.go", { name: t(`nav.${p.name}`) }),
      run: () => go(p.href),
    })),
  ]);
  if (location === "/" || location === "/login") {
    return <Redirect to={all[0]?.href ?? "/agent"} replace />;
  }
  const Area = place?.area;
  // The workspace has several regions, and says itself which is the main one.
  const Ground =
    place?.name === "workspace" && !/^\/agent\/(profile|crm-log\/)/.test(location) ? "div" : "main";
  return (
    <StatusContext value={status.acts}>
      <div className={css.shell}>
        <a className={css.skip} href="#main">
          {t("nav.skip")}
        </a>
        {!own && (
          <Header places={all} here={place} onHelp={() => setHelp(true)} onPalette={() => setPalette(true)} />
        )}
        <ReconnectBar />
        <Ground className={css.area} id="main" tabIndex={-1}>
          <ErrorBoundary key={place?.name}>
            <Suspense fallback={<Splash />}>
              {Area ? (
                <Area />
              ) : (
                <EmptyState icon="search" title={nowhere}>
                  <Button onClick={() => go("/")}>{t("nav.goHome")}</Button>
                </EmptyState>
              )}
            </Suspense>
          </ErrorBoundary>
        </Ground>
        {place?.name !== "workspace" && me.permissions.includes("serve") && <OfferDock />}
        <Toasts />
        <div id={regionIds.assertive} role="alert" aria-live="assertive" className={css.unseen} />
        <div id={regionIds.polite} role="status" aria-live="polite" className={css.unseen} />
      </div>
      {help !== undefined && (
        <Suspense fallback={null}>
          <Help opened={help} onClose={() => setHelp(false)} />
        </Suspense>
      )}
      {palette && <Palette onClose={() => setPalette(false)} />}
      <CodeDialog
        title={status.asking ? t(`status.${status.asking === "reject" ? "offered" : status.asking}`) : ""}
        codes={status.asking ? codesFor(me.status_codes, status.asking) : []}
        onChoose={status.answer}
        onClose={status.dismiss}
      />
    </StatusContext>
  );
}
