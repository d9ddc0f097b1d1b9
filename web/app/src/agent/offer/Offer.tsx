import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { floor, useLive, useMe } from "../../live/floor";
import { useActions } from "../../parts/actions";
import { CodeDialog } from "../../parts/CodeDialog";
import { useNow } from "../../parts/useNow";
import { PreviewDrawer } from "../later";
import { OfferCard } from "./OfferCard";
import { OfferNotice } from "./OfferNotice";
import { useOffer } from "./useOffer";
import { useRing } from "./useRing";

interface OfferProps {
  /** There is a place for the preview beside what one does: only then it comes by itself. */
  room?: boolean;
}

/** Offer is the card, its keys, its ring and what is said after it. */
export function Offer({ room }: OfferProps) {
  const { t } = useTranslation();
  const me = useMe();
  const self = useLive((l) => l.agents[l.me.id]);
  const now = useNow(floor.now);
  const o = useOffer();
  const ring = useRing(o.offer);
  const [previewed, setPreviewed] = useState("");
  const [closed, setClosed] = useState("");
  const id = o.offer?.offer?.id ?? "";
  const previewing = id !== "" && closed !== id && (previewed === id || (me.pop.on_offer && room));
  useActions([
    id !== "" && { id: "accept", label: t("help.keys.accept"), run: o.byKey(o.accept) },
    id !== "" && { id: "reject", label: t("help.keys.reject"), run: o.byKey(o.reject) },
  ]);
  return (
    <>
      {o.offer && (
        <OfferCard
          key={id}
          interaction={o.offer}
          now={now}
          what={o.what}
          quiet={ring.quiet}
          console={me.labels_preset === "console"}
          onAccept={o.accept}
          onReject={o.reject}
          onMute={ring.mute}
          onPreview={() => {
            setPreviewed(id);
            setClosed("");
          }}
        />
      )}
      {!o.offer && <OfferNotice self={self} />}
      {o.offer && previewing && (
        <Suspense>
          <PreviewDrawer
            interaction={o.offer}
            asked={previewed === id}
            console={me.labels_preset === "console"}
            onAccept={o.accept}
            onClose={() => setClosed(id)}
          />
        </Suspense>
      )}
      <CodeDialog
        title={t("agent.offer.reject")}
        codes={o.codes}
        onChoose={o.rejectFor}
        onClose={o.stopCoding}
      />
    </>
  );
}
