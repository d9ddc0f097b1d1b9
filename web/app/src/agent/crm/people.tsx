import { MantineProvider } from "@mantine/core";
import type { CrmKnown, CrmLog, Interaction, Page } from "@parley/protocol";
import { QueryClientProvider } from "@tanstack/react-query";
import { createInstance } from "i18next";
import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { vi } from "vitest";
import { keys, queryClient } from "../../api/query";
import { words } from "../../i18n/en";
import { day } from "../../live/people";

/** The CRMs of the tests, and what they know. */
export const marie = {
  object: "contact",
  id: "1",
  name: "Marie Tremblay",
  company: "",
  emails: [],
  phones: [],
  detail: "",
  claimed: false,
  url: "https://dynamics.example/1",
};
export const luc = { ...marie, id: "2", name: "Luc Tremblay", url: "https://dynamics.example/2" };

/** known is what one CRM knows: marie, but for what is said. */
export function known(but: Partial<CrmKnown> = {}): CrmKnown {
  return {
    connection_id: "crm_d",
    name: "Dynamics",
    kind: "dynamics",
    crm: "Microsoft Dynamics 365",
    state: "found",
    records: [marie],
    regarding: { object: "contact", id: "1" },
    chosen: false,
    new_url: "https://dynamics.example/new",
    prefill: { first_name: "", last_name: "", email: "", phone: "" },
    pop_url: marie.url,
    log: null,
    rev: 1,
    ...but,
  };
}

/** log is a log that is there, but for what is said. */
export function log(but: Partial<CrmLog> = {}): CrmLog {
  return {
    state: "posted",
    regarding: { object: "contact", id: "1" },
    url: "https://dynamics.example/log",
    owner: "agent",
    error: "",
    detail: "",
    attempt: 1,
    tried_at: day,
    posted_at: day,
    ...but,
  };
}

/** briefs are what an interaction says of those CRMs. */
export function briefs(all: CrmKnown[]): NonNullable<Interaction["crm"]> {
  return all.map((k) => ({
    connection_id: k.connection_id,
    state: k.state,
    count: k.records.length,
    rev: k.rev,
    log: k.log?.state ?? "",
  }));
}

/** knows lets the page know that of an interaction. */
export function knows(id: string, items: CrmKnown[]) {
  queryClient.setQueryData<Page<CrmKnown>>(keys.interactions(id, "crm"), { items, next: "" });
}

const english = createInstance();
await english.init({ lng: "en", defaultNS: "app", resources: { en: { app: words } } });

/** draw draws into a page that a test looks at, and returns it with how to end it. */
export async function draw(node: ReactNode): Promise<{ box: HTMLElement; end: () => Promise<void> }> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const nothing = () => undefined;
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: nothing,
    removeEventListener: nothing,
  }));
  const box = document.body.appendChild(document.createElement("div"));
  const root = createRoot(box);
  await act(async () =>
    root.render(
      <QueryClientProvider client={queryClient}>
        <I18nextProvider i18n={english}>
          <MantineProvider withGlobalClasses={false} withCssVariables={false}>
            {node}
          </MantineProvider>
        </I18nextProvider>
      </QueryClientProvider>,
    ),
  );
  return {
    box,
    end: async () => {
      await act(async () => root.unmount());
      box.remove();
      queryClient.clear();
      vi.unstubAllGlobals();
    },
  };
}

/** links are the links on a page, as somebody reads them. */
export function links(box: HTMLElement): string[] {
  return [...box.querySelectorAll("a")].map((a) => `${a.textContent} ${a.getAttribute("href")}`);
}
