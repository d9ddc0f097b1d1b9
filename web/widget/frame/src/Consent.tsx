import { useEffect } from "preact/hooks";
import { useDesk } from "./desk";
import type { InputProps } from "./Form";

const address = /(https?:\/\/[^\s<>"]*[\w/#=&-])/;

/** Consent shows what must be agreed to before a chat. Never checked beforehand; other words ask again. */
export function Consent({ field: { name }, value, fault, change }: InputProps) {
  const { chat, state, t } = useDesk();
  const { version, text } = state.entry!.consent!;
  // Sizes with their unit: a bare number is dropped.
  const stale = state.trouble?.code === "consent_required";
  useEffect(() => {
    if (stale) chat.look_up().catch(() => {}); // the words may have changed since they were shown
  }, [stale]);
  useEffect(() => {
    if (!state.trouble) change(""); // agreed to for an earlier chat
  }, []);
  useEffect(() => {
    if (value && value !== version) change("");
  }, [value, version]);
  return (
    <div>
      <div style={{ display: "flex", gap: "10px" }}>
        <input
          id="f-consent"
          name={name}
          type="checkbox"
          required
          checked={value === version}
          aria-invalid={fault ? "true" : undefined}
          aria-describedby={fault ? "f-consent-fault" : undefined}
          style={{
            inlineSize: "22px",
            blockSize: "22px",
            margin: 0,
            flex: "none",
            accentColor: "var(--accent)",
          }}
          onChange={(event) => change(event.currentTarget.checked ? version : "")}
        />
        <label
          for="f-consent"
          dir="auto"
          style={{ fontWeight: 400, whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}
        >
          {text.split(address).map((part, n) =>
            n % 2 ? (
              <a
                key={part}
                href={part}
                target="_blank"
                rel="noopener noreferrer"
                style={{ color: "inherit" }}
              >
                {part}
              </a>
            ) : (
              part
            ),
          )}
        </label>
      </div>
      {fault && (
        <p
          id="f-consent-fault"
          style={{ marginBlockStart: "4px", fontSize: "0.875rem", color: "var(--danger)" }}
        >
          {t("field.consent")}
        </p>
      )}
    </div>
  );
}
