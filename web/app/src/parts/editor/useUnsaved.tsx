import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { Confirm } from "../Confirm";
import { hold } from "./useGo";

/**
 * useUnsaved warns before a page with unsaved changes is left: by a link of
 * ours, a key or an accepted offer with a dialog, by closing the tab with the
 * browser's own. It returns the dialog.
 */
export function useUnsaved(dirty: boolean): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [to, setTo] = useState<string | null>(null);

  useEffect(() => {
    if (!dirty) return;
    const unload = (event: BeforeUnloadEvent) => event.preventDefault();
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      const plain =
        event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
      if (!(link instanceof HTMLAnchorElement) || !plain || link.target || link.origin !== location.origin)
        return;
      if (link.pathname === location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      setTo(`~${link.pathname}${link.search}`);
    };
    const release = hold(setTo);
    window.addEventListener("beforeunload", unload);
    document.addEventListener("click", click, true);
    return () => {
      release();
      window.removeEventListener("beforeunload", unload);
      document.removeEventListener("click", click, true);
    };
  }, [dirty]);

  return (
    <Confirm
      open={to !== null}
      title={t("editor.leaveTitle")}
      verb={t("editor.leave")}
      danger
      onClose={() => setTo(null)}
      onConfirm={() => {
        if (to) go(to);
        return true;
      }}
    >
      <p>{t("editor.leaveText")}</p>
    </Confirm>
  );
}
