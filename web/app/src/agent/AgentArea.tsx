import { useTranslation } from "react-i18next";
import { Route, Switch } from "wouter";
import { useLive } from "../live/floor";
import { EmptyState } from "../ui/EmptyState";
import { Desk } from "./Desk";
import { CrmLogPage, OwnWindow, Profile } from "./later";

/** AgentArea is the workspace of a person who serves customers. */
export function AgentArea() {
  const { t } = useTranslation();
  const self = useLive((l) => l.agents[l.me.id]);
  if (!self) return <EmptyState title={t("error.forbidden")} icon="user" />;
  return (
    <Switch>
      <Route path="/agent/profile">
        <Profile />
      </Route>
      <Route path="/agent/crm-log/:id">{(params) => <CrmLogPage id={params.id} />}</Route>
      <Route path="/agent/window/:id">{(params) => <OwnWindow id={params.id} />}</Route>
      <Route path="/agent/i/:id">{(params) => <Desk self={self} selected={params.id} />}</Route>
      <Route>
        <Desk self={self} selected={undefined} />
      </Route>
    </Switch>
  );
}
