import admin from "./admin.json";
import agent from "./agent.json";
import common from "./common.json";
import editor from "./editor.json";
import records from "./records.json";
import scripts from "./scripts.json";
import setup from "./setup.json";
import supervisor from "./supervisor.json";
import talk from "./talk.json";

export const words = { ...common, editor, talk, agent, supervisor, records, admin, setup, scripts };
