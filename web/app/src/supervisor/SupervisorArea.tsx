import { Route, Switch } from "wouter";
import { BlockList } from "./BlockList";
import { Live } from "./Live";
import { Monitor } from "./Monitor";
import { Offers } from "./Offers";
import { WhyPage } from "./WhyPage";

/** SupervisorArea is the floor: who waits, who works, and why each offer went where it did. */
export function SupervisorArea() {
  return (
    <Switch>
      <Route path="/supervisor/monitor/:id">{({ id }) => <Monitor id={id} />}</Route>
      <Route path="/supervisor/blocks">
        <BlockList />
      </Route>
      <Route path="/supervisor/offers">
        <Offers />
      </Route>
      <Route path="/supervisor/offers/:offer">{({ offer }) => <WhyPage offer={offer} />}</Route>
      <Route>
        <Live />
      </Route>
    </Switch>
  );
}
