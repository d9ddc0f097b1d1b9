import { useCallback, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { forgetDrafts } from "../agent/drafts";
import { ApiError, api, onSignedOut } from "../api/client";
import { queryClient } from "../api/query";
import { setLanguage, toLanguage } from "../i18n";
import { floor, outbox, useFloor } from "../live/floor";
import { here } from "../panel/surface";
import { remembered } from "./remembered";

/** Stage is where this tab stands with the server. */
export type Stage = "starting" | "setup" | "login" | "in" | "unreachable";
/** Why somebody who was signed in is not any more; "" while they are. */
export type Away = "" | "signed_out" | "taken_over" | "revoked" | "again";

interface SetUp {
  needed: boolean;
  demo?: boolean;
  /** What the identity provider is called; "" if there is none. */
  sso?: string;
}

const askSetUp = () => api.get<SetUp>("/api/setup").catch(() => null);

/** forgetOwn clears from this browser what its person wrote and did not send. */
function forgetOwn() {
  outbox.clear();
  forgetDrafts();
  queryClient.clear();
}

/** enter starts the work of whoever is signed in; it throws if nobody is. `changing` takes down the page of whoever was. */
async function enter(changing: () => void) {
  const { agent } = await api.get<{ agent: { id: string } }>("/api/session");
  if (remembered.person() !== agent.id) {
    if (floor.get().live) {
      changing();
      history.replaceState(null, "", here("/"));
    }
    forgetOwn();
    floor.stop();
    remembered.setPerson(agent.id);
  }
  await floor.start();
  await setLanguage(toLanguage(floor.get().live?.me.language));
}

/** useSession keeps the stage, and leaves the app when the session ends. */
export function useSession() {
  const [stage, setStage] = useState<Stage>("starting");
  const [demo, setDemo] = useState(false);
  const [sso, setSSO] = useState("");
  const [away, setAway] = useState<Away>("");
  const stopped = useFloor((w) => w.link.stopped);

  const begin = useCallback(async () => {
    try {
      await enter(() => flushSync(() => setStage("starting")));
      setAway("");
      setStage("in");
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) return setStage("unreachable");
      const setUp = await askSetUp();
      setDemo(setUp?.demo ?? false);
      setSSO(setUp?.sso ?? "");
      setStage(setUp?.needed ? "setup" : "login");
    }
  }, []);

  const leave = useCallback(async (why: Away) => {
    setAway(why);
    if (why !== "signed_out")
      floor.pause(); // the page stays, under a dialog
    else {
      setStage("starting");
      forgetOwn();
      remembered.setPerson("");
      floor.stop();
    }
    const setUp = await askSetUp();
    setDemo(setUp?.demo ?? false);
    setSSO(setUp?.sso ?? "");
    if (why === "signed_out") setStage("login");
  }, []);

  useEffect(() => {
    void begin();
  }, [begin]);
  useEffect(() => {
    const working = stage === "in" && away === "";
    return onSignedOut(() => working && void leave("again"));
  }, [stage, away, leave]);
  useEffect(() => {
    if (stage === "in" && stopped) void leave(stopped);
  }, [stage, stopped, leave]);

  return { stage, demo, sso, away, begin, leave };
}
