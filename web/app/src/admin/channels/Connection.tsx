import { Autocomplete } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dateTime, number } from "../../i18n/format";
import { Facts } from "../../parts/Facts";
import { Loaded } from "../../parts/Loaded";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import styles from "../Admin.module.css";
import type { EntryPoint } from "../types";
import own from "./Channels.module.css";
import { Checklist } from "./Checklist";
import { CopyField } from "./CopyField";
import { drawnOf } from "./drawn";
import type { Answer, Care, Provider } from "./types";
import { useAct, useCare, usePause } from "./useNetworks";
import { useWords } from "./words";

interface ConnectionProps {
  point: EntryPoint;
  provider: Provider;
}

/** Connection is how an entry point is tied to its network: address, trial, checklist, figures. Source: ux 15, R-48. */
export function Connection({ point, provider }: ConnectionProps) {
  const { t } = useTranslation();
  const query = useCare(point.id);
  if (!point.id) return <EmptyState icon="link" title={t("admin.network.saveFirst")} />;
  return (
    <Loaded query={query}>
      {(care) => (
        <div className={own.steps}>
          <Paused care={care} />
          <Ties point={point} provider={provider} care={care} />
          <Card title={t("admin.network.checklist")} about={t("admin.network.checklistAbout")}>
            <Checklist provider={provider} pulse={care} />
          </Card>
          <Figures care={care} />
        </div>
      )}
    </Loaded>
  );
}

/** Paused says why nothing is sent, and pauses and resumes. */
function Paused({ care }: { care: Care }) {
  const { t } = useTranslation();
  const words = useWords();
  const { pause, busy } = usePause(care.id);
  const paused = care.paused !== "";
  const over = care.error_code === ""; // it was checked since, or its account was changed
  const why =
    care.paused === "admin"
      ? t("admin.network.pausedByAdmin")
      : over
        ? t("admin.network.pausedOver")
        : words.fault(care.paused);
  return (
    <Card
      title={t(`admin.network.${paused ? "isPaused" : care.error_code ? "isIll" : "isOn"}`)}
      about={paused ? t("admin.network.pausedAbout") : t("admin.network.onAbout")}
      actions={
        <Button
          look={paused ? "main" : "plain"}
          busy={busy}
          icon={<Icon name={paused ? "play" : "stop"} size={16} />}
          onClick={() => pause(!paused)}
        >
          {paused ? t("admin.network.resume") : t("admin.network.pause")}
        </Button>
      }
    >
      {paused && care.paused !== care.error_code && <p className={styles.note}>{why}</p>}
      {care.error_code && (
        <p className={own.said} role="status">
          {words.fault(care.error_code, care.error_detail)} <span>· {dateTime(care.error_at)}</span>
        </p>
      )}
    </Card>
  );
}

/** Ties are the address to give to the network, and what can be asked of it. */
function Ties({ point, provider, care }: ConnectionProps & { care: Care }) {
  const { t } = useTranslation();
  const { act, busy, said, fault } = useAct(point.id);
  const words = useWords();
  const drawn = drawnOf(provider.provider, point.id, point.rev);
  const [to, setTo] = useState("");
  const open = provider.provider === "open";
  const test = () => to.trim() && !busy && act("test", { to: to.trim() });
  return (
    <Card
      title={t("admin.network.connect")}
      about={t(
        provider.webhook
          ? "admin.network.connectAbout"
          : open
            ? "admin.network.apiAbout"
            : "admin.network.noWebhook",
      )}
    >
      {provider.webhook && (
        <CopyField
          label={t("admin.network.webhook")}
          about={t(provider.register ? "admin.network.webhookTell" : "admin.network.webhookAbout", {
            name: provider.name,
          })}
          value={care.webhook}
        />
      )}
      {open && (
        <CopyField
          label={t("admin.network.api")}
          about={t("admin.network.apiHint")}
          value={`${location.origin}/api/channel/${point.id}`}
        />
      )}
      {provider.fields
        .filter((field) => field.ours && point.secrets_set.includes(field.name) && drawn[field.name])
        .map((field) => (
          <CopyField
            key={field.name}
            label={t("admin.network.copyOf", { name: words.field(field.name) })}
            about={t("admin.network.copyAbout")}
            value={drawn[field.name] ?? ""}
          />
        ))}
      <div className={styles.row}>
        {provider.register && (
          <Button busy={busy === "webhook"} disabled={busy !== null} onClick={() => act("webhook")}>
            {t("admin.network.register")}
          </Button>
        )}
        {provider.check && (
          <Button busy={busy === "check"} disabled={busy !== null} onClick={() => act("check")}>
            {t("admin.network.checkNow")}
          </Button>
        )}
      </div>
      <div className={own.copy}>
        <Autocomplete
          label={t("admin.network.testTo")}
          description={t("admin.network.testAbout")}
          error={fault("to")}
          value={to}
          onChange={setTo}
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()} // it chooses; the form around it would save
          data={[...new Set(care.writers.map((w) => w.address))]}
          spellCheck={false}
          autoComplete="off"
        />
        <Button
          busy={busy === "test"}
          disabled={busy !== null}
          why={to.trim() === "" ? t("why.fillIn", { field: t("admin.network.testTo") }) : ""}
          onClick={test}
        >
          {t("admin.network.sendTest")}
        </Button>
      </div>
      <div role="status">
        {said && <Said act={said.act} answer={said.answer} webhook={provider.webhook} />}
      </div>
    </Card>
  );
}

interface SaidProps {
  act: "check" | "webhook" | "test";
  answer: Answer;
  /** The network calls an address of ours. */
  webhook: boolean;
}

/** Said is what the network answered; that it knows us and calls somebody else is said as well. */
function Said({ act, answer, webhook }: SaidProps) {
  const { t } = useTranslation();
  const words = useWords();
  const text = answer.ok
    ? t(`admin.network.went.${act}`, { account: answer.account })
    : words.fault(answer.code, answer.detail);
  const elsewhere = act === "check" && answer.ok && webhook && !answer.subscribed;
  return (
    <p className={own.said} data-ok={answer.ok && !elsewhere ? "" : undefined}>
      {text.trim()}
      {elsewhere && <br />}
      {elsewhere && `${t("admin.network.went.elsewhere")} ${words.said(answer.detail)}`}
    </p>
  );
}

function Figures({ care }: { care: Care }) {
  const { t } = useTranslation();
  return (
    <Card title={t("admin.network.figures")}>
      <Facts
        rows={[
          [
            t("admin.network.received"),
            t("admin.network.countLast", {
              n: number(care.received),
              last: dateTime(care.received_at) || t("admin.network.never"),
            }),
          ],
          [
            t("admin.network.sent"),
            t("admin.network.countLast", {
              n: number(care.sent),
              last: dateTime(care.sent_at) || t("admin.network.never"),
            }),
          ],
          [t("admin.network.lastReceipt"), dateTime(care.receipt_at) || t("admin.network.never")],
          [t("admin.network.failed"), number(care.failed)],
          [t("admin.network.odd"), number(care.odd)],
        ]}
      />
    </Card>
  );
}
