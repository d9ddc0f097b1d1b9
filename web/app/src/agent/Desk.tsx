import { useMediaQuery } from "@mantine/hooks";
import type { Agent, Interaction } from "@parley/protocol";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import { floor, useFloor, useLive } from "../live/floor";
import { usePreferences } from "../parts/preferences";
import { useNow } from "../parts/useNow";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import { Away } from "./Away";
import { ControlPanel } from "./ControlPanel";
import { Colleagues } from "./colleagues/Colleagues";
import css from "./Desk.module.css";
import { rows } from "./desk";
import { InteractionList } from "./InteractionList";
import { BreakView } from "./idle/BreakView";
import { Idle } from "./idle/Idle";
import { fetchLater } from "./later";
import { MyQueues } from "./MyQueues";
import { Opened } from "./Opened";
import { Offer } from "./offer/Offer";
import { OfferDock } from "./offer/OfferDock";
import { parkedRows } from "./park";
import { type Acts, useActs } from "./useActs";
import { useDeskKeys } from "./useDeskKeys";
import { useHousekeeping } from "./useHousekeeping";
import { useDrafts } from "./useRecords";
import { useElsewhere } from "./windows";

interface DeskProps {
  self: Agent;
  /** The interaction that is open. */
  selected: string | undefined;
}

/** Desk is the workspace: what I hold at the left, what I do in the middle, what helps at the right. */
export function Desk({ self, selected }: DeskProps) {
  const me = useLive((l) => l.me);
  const interactions = useLive((l) => l.interactions);
  const { order } = usePreferences();
  const list = useMemo(() => rows(interactions, me.id, order), [interactions, me.id, order]);
  const parked = useMemo(() => parkedRows(interactions, me.id), [interactions, me.id]);
  const all = useMemo(() => [...list, ...parked], [list, parked]);
  const shown = useKept(
    all.find((i) => i.id === selected),
    selected,
  );
  const elsewhere = useElsewhere(shown?.id ?? "");
  const acts = useActs();
  const field = useRef<HTMLTextAreaElement>(null);
  useDeskKeys(all, selected);
  useHousekeeping();
  useEffect(fetchLater, []);
  const open = shown !== undefined && !elsewhere;
  const narrow = (useMediaQuery("(max-width: 63.99rem)") ?? false) && open;
  const [search] = useSearchParams();
  return (
    <div className={css.desk} data-open={open || undefined} data-panel={search.has("panel") || undefined}>
      <Rail
        self={self}
        list={list}
        parked={parked}
        selected={selected}
        acts={acts}
        narrow={narrow}
        room={!open || !all.includes(shown)}
      />
      {narrow && <OfferDock />}
      {shown && elsewhere ? (
        <Away interaction={shown} />
      ) : shown ? (
        <Opened key={shown.id} interaction={shown} gone={!all.includes(shown)} acts={acts} field={field} />
      ) : (
        <Elsewhere self={self} missing={selected !== undefined} />
      )}
    </div>
  );
}

/** useKept keeps showing an interaction after it has left the list, until another is opened: what is typed beside it stays (E29). */
function useKept(now: Interaction | undefined, selected: string | undefined): Interaction | undefined {
  const last = useRef<Interaction | undefined>(undefined);
  if (now) last.current = now;
  if (last.current?.id !== selected) last.current = undefined;
  return now ?? last.current;
}

function Elsewhere({ self, missing }: { self: Agent; missing: boolean }) {
  const { t } = useTranslation();
  const queues = useLive((l) => l.me.queues);
  const gauges = useFloor((w) => w.gauges);
  const now = useNow(floor.now);
  const mine = useMemo(
    () => new Set(queues.filter((q) => q.assigned && q.enabled).map((q) => q.id)),
    [queues],
  );
  return (
    <main className={css.main} data-region="main" tabIndex={-1}>
      {missing ? (
        <EmptyState icon="bubble" title={t("agent.conversation.unavailable")}>
          <Link href="/agent">{t("agent.conversation.back")}</Link>
        </EmptyState>
      ) : self.displayed === "on_break" ? (
        <BreakView self={self} now={now} />
      ) : (
        <Idle self={self} gauges={gauges} mine={mine} now={now} />
      )}
    </main>
  );
}

interface RailProps {
  self: Agent;
  list: Interaction[];
  parked: Interaction[];
  selected: string | undefined;
  acts: Acts;
  /** Beside a conversation there is room for icons only, and the offer lies over it. */
  narrow: boolean;
  /** No conversation is open whose record a preview would lie over. */
  room: boolean;
}

function Rail({ self, list, parked, selected, acts, narrow, room }: RailProps) {
  const { t } = useTranslation();
  const me = useLive((l) => l.me);
  const messages = useLive((l) => l.messages);
  const typing = useFloor((w) => w.typing);
  const gauges = useFloor((w) => w.gauges);
  const now = useNow(floor.now);
  const drafts = useDrafts().data?.items.length ?? 0;
  return (
    <nav
      className={css.rail}
      aria-label={t("agent.panel")}
      data-region="panel"
      data-narrow={narrow || undefined}
      tabIndex={-1}
    >
      {!narrow && <ControlPanel me={me} self={self} />}
      {!narrow && <Offer room={room} />}
      <InteractionList
        rows={list}
        parked={parked}
        messages={messages}
        typing={typing}
        selected={selected}
        now={now}
        capacity={self.capacity}
        ringing={self.offered > 0}
        place={gauges?.my_place ?? 0}
      />
      <div className={css.low} data-muted={self.displayed === "on_break" || undefined}>
        <MyQueues
          queues={me.queues}
          gauges={gauges?.queues ?? []}
          mayToggle={me.may.toggle_queues}
          onConfirm={acts.queues}
        />
        <Colleagues console={me.labels_preset === "console"} />
        {drafts > 0 && (
          <Link href="/agent/cases?draft=mine" className={css.drafts}>
            {t("agent.drafts", { count: drafts })}
            <Icon name="right" size={16} />
          </Link>
        )}
      </div>
    </nav>
  );
}
