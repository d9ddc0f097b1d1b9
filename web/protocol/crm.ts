/** The words of CRMs outside. */

/** CrmBrief is what an interaction's view shows of one CRM outside. */
export interface CrmBrief {
  connection_id: string;
  state: "searching" | "found" | "unavailable";
  /** How many records fit. */
  count: number;
  log: "" | "pending" | "posted" | "failed";
  rev: number;
}

/** CrmRecord is a record outside that fits who writes. */
export interface CrmRecord {
  object: string;
  id: string;
  name: string;
  company: string;
  emails: string[];
  phones: string[];
  detail: string;
  /** Found by what the channel does not prove. */
  claimed: boolean;
  url: string;
}

/** CrmLog is how a log outside stands (DYN-06). */
export interface CrmLog {
  state: "pending" | "posted" | "failed";
  regarding: { object: string; id: string };
  url: string;
  owner: "" | "agent" | "integration";
  error: string;
  detail: string;
  attempt: number;
  tried_at: number;
  posted_at: number;
}

/** CrmKnown is what one CRM outside knows of who writes (DYN-02 to DYN-06). */
export interface CrmKnown {
  connection_id: string;
  name: string;
  kind: string;
  crm: string;
  state: CrmBrief["state"];
  records: CrmRecord[];
  regarding: { object: string; id: string };
  chosen: boolean;
  new_url: string;
  prefill: { first_name: string; last_name: string; email: string; phone: string };
  pop_url: string;
  log: CrmLog | null;
  rev: number;
}

/** CrmProfile is how CRMs outside behave for an agent (DYN-07). */
export interface CrmProfile {
  connected: boolean;
  auto_multi_match_pop: boolean;
  locked: boolean;
}
