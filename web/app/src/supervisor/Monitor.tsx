import type { Interaction, Message, Note } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Redirect } from "wouter";
import { api } from "../api/client";
import { keys } from "../api/query";
import { clock, dateTime } from "../i18n/format";
import { floor, useFloor, useLive } from "../live/floor";
import { addMessage } from "../live/reduce";
import { Facts } from "../parts/Facts";
import { Loaded } from "../parts/Loaded";
import { Playback } from "../parts/Playback";
import { useNow } from "../parts/useNow";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Page } from "../ui/Page";
import { mayClose, stageOf } from "./board";
import { CloseDialog } from "./CloseDialog";
import styles from "./Monitor.module.css";
import { useActs } from "./useActs";

type Told = { interaction: Interaction; messages: Message[] | null; notes: Note[] | null };

/** Monitor watches one conversation as it goes on; nobody in it notices. One that is over is played back. */
export function Monitor({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: keys.interactions(id, "watch"),
    queryFn: async () => {
      const told = await api.get<Told>(`/api/interactions/${id}`);
      if (!stageOf(told.interaction)) return told;
      await api.put(`/api/interactions/${id}/watch`);
      return api.get<Told>(`/api/interactions/${id}`); // what was said while we began to listen
    },
    staleTime: 0,
    gcTime: 0,
  });
  const here = useLive((l) => id in l.interactions);
  const up = useFloor((w) => w.link.state === "up");
  const { refetch } = query;
  useEffect(() => {
    if (!here) void refetch();
  }, [here, refetch]);
  // A server that started again knows no watch: whoever is back asks for theirs anew.
  useEffect(() => {
    if (up) void refetch({ cancelRefetch: false });
  }, [up, refetch]);
  useEffect(() => () => void api.delete(`/api/interactions/${id}/watch`).catch(() => undefined), [id]);
  return (
    <Loaded query={query} back={{ href: "/supervisor", label: t("supervisor.title") }}>
      {(told) =>
        stageOf(told.interaction) ? (
          <Watched told={told} />
        ) : (
          <Redirect to={`/agent/interactions/${id}`} replace />
        )
      }
    </Loaded>
  );
}

function Watched({ told }: { told: Told }) {
  const { t } = useTranslation();
  const now = useNow(floor.now);
  const acts = useActs();
  const [closing, setClosing] = useState<Interaction | null>(null);
  const interaction = useLive((l) => l.interactions[told.interaction.id]) ?? told.interaction;
  const heard = useLive((l) => l.messages[interaction.conversation_id]) ?? [];
  const noted = useLive((l) => l.notes[interaction.id]) ?? [];
  const messages = heard.reduce(addMessage, told.messages ?? []);
  const notes = [...new Map([...(told.notes ?? []), ...noted].map((n) => [n.id, n])).values()];
  const name = interaction.customer.name;
  return (
    <Page
      title={name}
      back={{ href: "/supervisor", label: t("supervisor.title") }}
      about={t("supervisor.watch.about")}
      actions={
        <>
          <Button onClick={() => acts.go(`/supervisor/offers?interaction=${interaction.id}`)}>
            {t("supervisor.offers.title")}
          </Button>
          <Button
            look="danger"
            why={mayClose(interaction) ? "" : t("supervisor.interaction.closeNot")}
            onClick={() => setClosing(interaction)}
          >
            {t("supervisor.interaction.close")}
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <Card title={t("supervisor.watch.talk")}>
          <Playback messages={messages} notes={notes} customer={name} live />
        </Card>
        <Card title={t("supervisor.watch.facts")}>
          <Facts
            rows={[
              [t("supervisor.interaction.number"), t("supervisor.number", { n: interaction.number })],
              [t("supervisor.interaction.state"), t(`state.${interaction.state}`)],
              [t("supervisor.interaction.queue"), interaction.queue.name],
              [
                t("supervisor.interaction.agent"),
                interaction.agent?.display_name || t("supervisor.watch.nobody"),
              ],
              [t("supervisor.watch.entered"), dateTime(interaction.entry_at)],
              [
                t("supervisor.watch.waited"),
                clock((interaction.accepted_at || interaction.ended_at || now) - interaction.entry_at),
              ],
              [t("supervisor.watch.email"), interaction.visitor.email],
              [t("supervisor.watch.ip"), interaction.visitor.ip],
              [t("supervisor.watch.page"), interaction.visitor.page],
            ]}
          />
          {interaction.case && (
            <Link href={`/agent/cases/${interaction.case.id}`}>
              {t("supervisor.watch.case", { n: interaction.case.number })}
            </Link>
          )}
        </Card>
      </div>
      <CloseDialog
        interaction={closing}
        onClose={() => setClosing(null)}
        onConfirm={async (i) => {
          const went = await acts.close(i);
          if (went) acts.go("/supervisor");
          return went;
        }}
      />
    </Page>
  );
}
