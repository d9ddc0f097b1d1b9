import { Offer } from "./Offer";
import css from "./OfferDock.module.css";

/** OfferDock keeps the offer in sight on every other page. */
export function OfferDock() {
  return (
    <div className={css.dock} data-dock="">
      <Offer />
    </div>
  );
}
