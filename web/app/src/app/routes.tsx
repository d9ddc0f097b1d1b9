import type { Me, Permission } from "@parley/protocol";
import { type ComponentType, lazy } from "react";
import { needWords } from "../i18n";
import type { IconName } from "../ui/Icon";

const AgentArea = lazy(() => import("../agent/AgentArea").then((m) => ({ default: m.AgentArea })));
const RecordsArea = lazy(async () => {
  const [area] = await Promise.all([
    import("../records/RecordsArea"),
    needWords("records"),
    needWords("cases"),
    needWords("customers"),
  ]);
  return { default: area.RecordsArea };
});
const SupervisorArea = lazy(async () => {
  const [area] = await Promise.all([import("../supervisor/SupervisorArea"), needWords("supervisor")]);
  return { default: area.SupervisorArea };
});
const AdminArea = lazy(async () => {
  const [area] = await Promise.all([
    import("../admin/AdminArea"),
    needWords("admin"),
    needWords("scripts"),
    needWords("crms"),
  ]);
  return { default: area.AdminArea };
});

/** Place is one entry of the navigation, and the area that shows it. */
export interface Place {
  name: "workspace" | "customers" | "cases" | "tasks" | "records" | "missed" | "supervisor" | "admin";
  href: string;
  icon: IconName;
  needs: Permission;
  /** Everything under href, unless a longer one matches. */
  area: ComponentType;
}

/** places lists the navigation in its order. */
export const places: Place[] = [
  { name: "workspace", href: "/agent", icon: "bubble", needs: "serve", area: AgentArea },
  { name: "customers", href: "/agent/customers", icon: "people", needs: "records", area: RecordsArea },
  { name: "cases", href: "/agent/cases", icon: "folder", needs: "records", area: RecordsArea },
  { name: "tasks", href: "/agent/tasks", icon: "check", needs: "records", area: RecordsArea },
  { name: "records", href: "/agent/interactions", icon: "history", needs: "records", area: RecordsArea },
  { name: "missed", href: "/agent/missed", icon: "inbox", needs: "records", area: RecordsArea },
  { name: "supervisor", href: "/supervisor", icon: "gauge", needs: "supervise", area: SupervisorArea },
  { name: "admin", href: "/admin", icon: "gear", needs: "administer", area: AdminArea },
];

/** placesOf returns the places a person may enter. */
export function placesOf(me: Me): Place[] {
  return places.filter((p) => me.permissions.includes(p.needs));
}

/** placeAt returns the place an address belongs to: the longest that fits. */
export function placeAt(all: Place[], location: string): Place | undefined {
  const fits = all.filter((p) => location === p.href || location.startsWith(`${p.href}/`));
  return fits.sort((a, b) => b.href.length - a.href.length)[0];
}
