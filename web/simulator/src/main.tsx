import "./tokens.css";
import { render } from "preact";
import { App } from "./App";
import { Desk } from "./desk";

const desk = new Desk();
render(<App desk={desk} />, document.getElementById("root")!);
desk.open();
