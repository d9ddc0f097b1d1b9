import { lazy } from "react";
import { needWords } from "../i18n";

const context = () => import("./Context");
const history = async () => {
  const [tab] = await Promise.all([import("./HistoryTab"), needWords("records"), needWords("cases")]);
  return tab;
};
const preview = () => import("./offer/PreviewDrawer");
const wrapUp = () => import("./wrapup/WrapUpPanel");
const transfer = () => import("./TransferDialog");
const tray = () => import("./composer/AttachTray");
const template = () => import("./composer/TemplateDialog");
const ownWindow = () => import("./OwnWindow");
const park = () => import("./ParkDialog");
const block = () => import("./BlockDialog");
const profile = () => import("./Profile");
const delivery = () => import("./Delivery");
const crmLog = () => import("./crm/CrmLogPage");

/** What the first page does without; it comes while nothing else is to do. */
export const Context = lazy(async () => ({ default: (await context()).Context }));
export const HistoryTab = lazy(async () => ({ default: (await history()).HistoryTab }));
export const PreviewDrawer = lazy(async () => ({ default: (await preview()).PreviewDrawer }));
export const WrapUpPanel = lazy(async () => ({ default: (await wrapUp()).WrapUpPanel }));
export const TransferDialog = lazy(async () => ({ default: (await transfer()).TransferDialog }));
export const AttachTray = lazy(async () => ({ default: (await tray()).AttachTray }));
export const TemplateDialog = lazy(async () => ({ default: (await template()).TemplateDialog }));
export const OwnWindow = lazy(async () => ({ default: (await ownWindow()).OwnWindow }));
export const ParkDialog = lazy(async () => ({ default: (await park()).ParkDialog }));
export const BlockDialog = lazy(async () => ({ default: (await block()).BlockDialog }));
export const CrmLogPage = lazy(async () => ({ default: (await crmLog()).CrmLogPage }));
export const Delivery = lazy(async () => ({ default: (await delivery()).Delivery }));
export const Profile = lazy(async () => ({ default: (await profile()).Profile }));

/** fetchLater brings it before it is needed. */
export function fetchLater() {
  const soon = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 500));
  soon(() => {
    for (const fetch of [preview, context, wrapUp, transfer, template, tray, delivery])
      fetch().catch(() => undefined);
  });
}
