import type { Choice } from "@parley/protocol/visitor";
import { useDesk } from "./desk";
import css from "./Log.module.css";

/** Choices are the answers of a menu, as buttons; writing one is as good (SCR-02). */
export function Choices({ options }: { options: Choice[] }) {
  const { chat, t } = useDesk();
  return (
    <fieldset class={css.choices} aria-label={t("chat.choices")}>
      {options.map((option) => (
        <button key={option.id} type="button" onClick={() => chat.say(option.title)}>
          {option.title}
        </button>
      ))}
    </fieldset>
  );
}
