import type { Words } from "./index";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: { app: Words };
    returnNull: false;
  }
}
