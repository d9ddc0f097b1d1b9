import { Route, Switch } from "wouter";
import { CaseList } from "./CaseList";
import { CasePage } from "./CasePage";
import { CustomerList } from "./CustomerList";
import { CustomerPage } from "./CustomerPage";
import { DeletedList } from "./DeletedList";
import { ImportPage } from "./ImportPage";
import { InteractionList } from "./InteractionList";
import { InteractionPage } from "./InteractionPage";
import { MissedList } from "./MissedList";
import { MissedPage } from "./MissedPage";
import { TaskList } from "./TaskList";
import { TaskPage } from "./TaskPage";

/** RecordsArea is what the center keeps: customers, cases, interactions, and contacts it missed. */
export function RecordsArea() {
  return (
    <Switch>
      <Route path="/agent/customers">
        <CustomerList />
      </Route>
      <Route path="/agent/customers/deleted">
        <DeletedList />
      </Route>
      <Route path="/agent/customers/import">
        <ImportPage />
      </Route>
      <Route path="/agent/customers/:id">{({ id }) => <CustomerPage key={id} id={id} />}</Route>
      <Route path="/agent/cases">
        <CaseList />
      </Route>
      <Route path="/agent/cases/:id">{({ id }) => <CasePage key={id} id={id} />}</Route>
      <Route path="/agent/tasks">
        <TaskList />
      </Route>
      <Route path="/agent/tasks/:id">{({ id }) => <TaskPage key={id} id={id} />}</Route>
      <Route path="/agent/interactions">
        <InteractionList />
      </Route>
      <Route path="/agent/interactions/:id">{({ id }) => <InteractionPage key={id} id={id} />}</Route>
      <Route path="/agent/missed">
        <MissedList />
      </Route>
      <Route path="/agent/missed/:id">{({ id }) => <MissedPage key={id} id={id} />}</Route>
    </Switch>
  );
}
