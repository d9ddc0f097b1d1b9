import { useCallback, useEffect, useState } from "react";
import { ApiError, api, onSignedOut } from "../api/client";
import { queryClient } from "../api/query";
import { setLanguage, toLanguage } from "../i18n";
import { floor, useFloor } from "../live/floor";

/** Stage is where this tab stands with the server. */
export type Stage = "starting" | "setup" | "login" | "in" | "unreachable";
/** Why the sign-in page is shown, when somebody was signed in before. */
export type Away = "" | "signed_out" | "taken_over" | "revoked" | "again";

async function firstStage(): Promise<{ stage: Stage; demo: boolean }> {
  try {
    await api.get("/api/session");
    await floor.start();
    await setLanguage(toLanguage(floor.get().live?.me.language));
    return { stage: "in", demo: false };
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) return { stage: "unreachable", demo: false };
    const setup = await api.get<{ needed: boolean; demo?: boolean }>("/api/setup").catch(() => null);
    return { stage: setup?.needed ? "setup" : "login", demo: setup?.demo ?? false };
  }
}

/** useSession keeps the stage, and leaves the app when the session ends. */
export function useSession() {
  const [stage, setStage] = useState<Stage>("starting");
  const [demo, setDemo] = useState(false);
  const [away, setAway] = useState<Away>("");
  const stopped = useFloor((w) => w.link.stopped);

  const begin = useCallback(async () => {
    const first = await firstStage();
    setDemo((known) => known || first.demo);
    setStage(first.stage);
    if (first.stage === "in") setAway("");
  }, []);

  const leave = useCallback(async (why: Away) => {
    setAway(why);
    setStage("starting");
    queryClient.clear();
    floor.stop();
    const setup = await api.get<{ needed: boolean; demo?: boolean }>("/api/setup").catch(() => null);
    setDemo((known) => known || (setup?.demo ?? false));
    setStage("login");
  }, []);

  useEffect(() => {
    void begin();
  }, [begin]);
  useEffect(() => onSignedOut(() => stage === "in" && void leave("again")), [stage, leave]);
  useEffect(() => {
    if (stage === "in" && stopped) void leave(stopped);
  }, [stage, stopped, leave]);

  return { stage, demo, away, begin, leave };
}
