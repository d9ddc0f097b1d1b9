import type { ContactCard, Content, Place } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon";
import { fieldName, fieldValue, placeHref } from "./content";
import css from "./content.module.css";

/** Kinds whose fields have a title of their own. */
const titled = ["form", "order", "referral", "story", "mention"] as const;

/** Cards are the things of a message that are no file: a place, people, a form, an order, an advertisement. */
export function Cards({ content: c }: { content: Content }) {
  const { t } = useTranslation();
  const kind = titled.find((k) => k === c.kind);
  const fields = (c.fields ?? []).filter((f) => f.value !== "");
  return (
    <>
      {c.location && <PlaceCard place={c.location} />}
      {c.contacts?.map((one, n) => (
        <PersonCard key={n} person={one} />
      ))}
      {(kind || fields.length > 0) && (
        <div className={css.card}>
          {kind && (
            <p className={css.cardTitle}>
              <Icon name={kind === "order" ? "folder" : "note"} size={15} />
              {t(`talk.kind.${kind}`)}
            </p>
          )}
          <dl className={css.fields}>
            {fields.map((f, n) => (
              <div key={n}>
                <dt>{fieldName(t, f.name)}</dt>
                <dd dir="auto">{fieldValue(t, f)}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </>
  );
}

function PlaceCard({ place }: { place: Place }) {
  const { t } = useTranslation();
  const at = `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`;
  return (
    <div className={css.card}>
      <p className={css.cardTitle}>
        <Icon name="globe" size={15} />
        {place.name || t("talk.kind.location")}
      </p>
      {place.address && <p dir="auto">{place.address}</p>}
      <a href={placeHref(place)} rel="noreferrer" title={t("talk.openPlace")}>
        {at}
      </a>
    </div>
  );
}

function PersonCard({ person }: { person: ContactCard }) {
  return (
    <div className={css.card}>
      <p className={css.cardTitle} dir="auto">
        <Icon name="user" size={15} />
        {person.name}
      </p>
      {[...(person.phones ?? []), ...(person.emails ?? [])].map((line) => (
        <p key={line} dir="auto">
          {line}
        </p>
      ))}
    </div>
  );
}
