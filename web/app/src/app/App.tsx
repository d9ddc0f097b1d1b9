import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { needWords } from "../i18n";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { Login } from "./Login";
import { Shell } from "./Shell";
import { SignInAgain } from "./SignInAgain";
import { Splash } from "./Splash";
import { useSession } from "./session";

const SetupArea = lazy(async () => {
  const [area] = await Promise.all([import("../setup/SetupArea"), needWords("setup")]);
  return { default: area.SetupArea };
});

/** App shows what the stage asks for: set-up, sign-in, or the work. */
export function App() {
  const { t } = useTranslation();
  const { stage, demo, sso, away, begin, leave } = useSession();
  if (stage === "starting") return <Splash />;
  if (stage === "unreachable") {
    return (
      <EmptyState icon="globe" title={t("session.unreachable")}>
        <Button look="main" onClick={() => void begin()}>
          {t("session.retryNow")}
        </Button>
      </EmptyState>
    );
  }
  if (stage === "setup") {
    return (
      <Suspense fallback={<Splash />}>
        <SetupArea onReady={() => void begin()} />
      </Suspense>
    );
  }
  if (stage === "login") return <Login away={away} demo={demo} sso={sso} onSignedIn={begin} />;
  return (
    <>
      <Shell onLeave={leave} />
      {away !== "" && <SignInAgain away={away} sso={sso} onSignedIn={begin} />}
    </>
  );
}
