/**
 * The framework of the CRM that frames the panel: Microsoft's Channel
 * Integration Framework. Its own calls open records beside the panel, where a
 * window of ours would be blocked.
 *
 * Source: DYN-01, DYN-03, DYN-06.
 */
import { framed } from "./surface";

interface Framework {
  openForm: (options: string, parameters?: string) => Promise<string>;
  setMode: (mode: number) => Promise<void>;
}

const libraryAt = "/webresources/Widget/msdyn_ciLibrary.js";
/** Docked beside the CRM's page, as wide as the administrator has set. */
const docked = 1;
const within = 10_000;

interface Policies {
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ) => { createScriptURL: (url: string) => string };
}

/** framing is the origin of the page around us, "" if we are not framed. Only configured origins can be. */
function framing(): string {
  if (!framed || window.parent === window) return "";
  const origins = location.ancestorOrigins;
  if (origins?.[0]) return origins[0];
  return document.referrer ? new URL(document.referrer).origin : "";
}

let loading: Promise<Framework | null> | undefined;

/** framework is the CRM's, null outside of one or if it does not come. */
export function framework(): Promise<Framework | null> {
  loading ??= load(framing());
  return loading;
}

function load(origin: string): Promise<Framework | null> {
  if (!origin) return Promise.resolve(null);
  return new Promise((done) => {
    const global = window as unknown as {
      Microsoft?: { CIFramework?: Framework };
      trustedTypes?: Policies;
    };
    const policy = global.trustedTypes?.createPolicy("crm", {
      createScriptURL: (url) => {
        if (url !== origin + libraryAt) throw new TypeError("not the library of the CRM");
        return url;
      },
    });
    const end = () => done(global.Microsoft?.CIFramework ?? null);
    const script = document.createElement("script");
    script.dataset.crmurl = origin;
    script.dataset.cifid = "CIFMainLibrary";
    script.onload = end;
    script.onerror = () => done(null);
    addEventListener("CIFInitDone", end);
    setTimeout(end, within);
    script.src = (policy?.createScriptURL(origin + libraryAt) ?? origin + libraryAt) as string;
    document.head.append(script);
  });
}

/**
 * openPage shows a page of the CRM beside the panel: a record's, or the form for
 * a new one, filled as its address says. False: there is no framework, it
 * refused, or the address is of another kind.
 */
export async function openPage(url: string): Promise<boolean> {
  const query = new URL(url).searchParams;
  const entityName = query.get("etn");
  if (!entityName) return false;
  const entityId = query.get("id");
  const form = entityId ? { entityName, entityId } : { entityName };
  const prefill = Object.fromEntries(new URLSearchParams(query.get("extraqs") ?? ""));
  return call((f) => f.openForm(JSON.stringify(form), JSON.stringify(prefill)));
}

/** showPanel brings the panel to the front: somebody rings. */
export async function showPanel(): Promise<boolean> {
  return call((f) => f.setMode(docked));
}

async function call(what: (f: Framework) => Promise<unknown>): Promise<boolean> {
  const f = await framework();
  if (!f) return false;
  try {
    await what(f);
    return true;
  } catch {
    return false;
  }
}
