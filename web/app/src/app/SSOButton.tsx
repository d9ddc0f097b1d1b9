import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { framed } from "../panel/surface";
import { Button } from "../ui/Button";
import css from "./Login.module.css";
import { cameBack, finish, leave, openProvider } from "./sso";

interface SSOButtonProps {
  /** What the organisation calls its provider. */
  name: string;
  /** The page stays: sign in in a window of its own. */
  beside: boolean;
  onSignedIn: () => Promise<void>;
  /** Somebody is signed in elsewhere; `again` takes over. */
  onElsewhere: (again: () => void) => void;
  onProblem: (problem: unknown) => void;
}

/** How often a page that stays asks whether its person has come back. Unit: ms. */
const askEvery = 1_500;

/** SSOButton signs in by the organisation's identity provider. */
export function SSOButton({ name, beside, onSignedIn, onElsewhere, onProblem }: SSOButtonProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);

  async function complete(takeOver: boolean) {
    try {
      await finish(takeOver);
      history.replaceState(null, "", location.pathname);
      await onSignedIn();
    } catch (problem) {
      const code = problem instanceof ApiError ? problem.code : "";
      if (code === "sso_pending") return;
      setAsking(false);
      if (code === "session_elsewhere") onElsewhere(() => void complete(true));
      else onProblem(problem);
    }
  }
  const latest = useRef(complete);
  latest.current = complete;

  useEffect(() => {
    const how = cameBack();
    if (how === "sso") void latest.current(false);
    else if (how) onProblem(new ApiError({ status: 401, code: how }));
  }, [onProblem]);
  useEffect(() => {
    if (!asking) return;
    const timer = setInterval(() => void latest.current(false), askEvery);
    return () => clearInterval(timer);
  }, [asking]);

  function start() {
    onProblem(undefined);
    if (!beside && !framed) {
      setBusy(true);
      return void leave();
    }
    if (openProvider()) setAsking(true);
    else onProblem(new ApiError({ status: 0, code: "window_refused" }));
  }
  return (
    <div className={css.sso}>
      <Button size="md" wide busy={busy} onClick={start}>
        {t("login.sso", { name })}
      </Button>
      {asking && (
        <p role="status" className={css.hint}>
          {t("login.ssoWaiting")}
        </p>
      )}
    </div>
  );
}
