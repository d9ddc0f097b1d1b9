import admin from "./admin.json";
import agent from "./agent.json";
import cases from "./cases.json";
import common from "./common.json";
import crm from "./crm.json";
import crms from "./crms.json";
import customers from "./customers.json";
import editor from "./editor.json";
import records from "./records.json";
import scripts from "./scripts.json";
import setup from "./setup.json";
import supervisor from "./supervisor.json";
import talk from "./talk.json";

export const words = {
  ...common,
  crm,
  crms,
  editor,
  talk,
  agent,
  supervisor,
  records,
  cases,
  customers,
  admin,
  setup,
  scripts,
};
